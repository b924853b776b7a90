import type { Catalog } from "#server/catalog/catalog.ts";
import { type Frame, FrameKind } from "./frames.ts";
import { fromFailure, type OpenedHead, type OpenHead } from "./messages.ts";
import type { SearchWorker } from "./search-worker.ts";
import { WorkerService } from "./worker-service.ts";

const nothing = new Uint8Array(0);

/** A worker in this process, for tiny machines: searches hold the network up while they run. */
export class LocalWorker implements SearchWorker {
  readonly #service: WorkerService;
  readonly generations: Map<number, string> = new Map();
  readonly isOver = false;
  expectedMs = 0;
  callCount = 0;

  constructor(openCatalog: (path: string) => Catalog) {
    this.#service = new WorkerService(openCatalog);
  }

  async open(head: OpenHead): Promise<OpenedHead> {
    const { head: opened } = await this.ask(FrameKind.open, JSON.stringify(head), nothing);
    // What the service writes is what `messages.ts` says.
    const info = JSON.parse(opened) as OpenedHead;
    this.generations.set(head.generation, info.revision);
    return info;
  }

  warm(): void {
    // Searches here would hold the network up.
  }

  closeGeneration(generation: number): void {
    this.generations.delete(generation);
    void this.ask(FrameKind.close, JSON.stringify({ generation }), nothing);
  }

  async ask(kind: number, head: string, body: Uint8Array): Promise<Frame> {
    this.callCount += 1;
    try {
      const reply = await this.#service.serve({ kind, id: 0, head, body });
      if (reply?.kind === FrameKind.failure) {
        throw fromFailure(JSON.parse(reply.head ?? ""));
      }
      return { head: "", body: nothing, ...reply, kind: reply?.kind ?? kind, id: 0 };
    } finally {
      this.callCount -= 1;
    }
  }

  kill(): void {
    // It ends with the server.
  }
}
