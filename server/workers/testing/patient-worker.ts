import { type Frame, FrameKind } from "../frames.ts";
import type { OpenedHead } from "../messages.ts";
import { type SearchWorker, WorkerLostError } from "../search-worker.ts";

const opened: OpenedHead = {
  revision: "r1",
  workCount: 1,
  editionCount: 1,
  authorCount: 1,
  source: "",
  buildTimeMs: 0,
};

type SearchCall = {
  body: string;
  isAnswered: boolean;
  answer: (ms?: number) => void;
  lose: () => void;
};

/** A worker whose calls are answered when the test says so. */
export class PatientWorker implements SearchWorker {
  readonly generations = new Map<number, string>();
  readonly asked: SearchCall[] = [];
  readonly warmed: number[] = [];
  expectedMs = 0;
  callCount = 0;
  isOver = false;
  readonly #onEnd: (reason: string) => void;

  constructor(onEnd: (reason: string) => void) {
    this.#onEnd = onEnd;
  }

  async open({ generation }: { generation: number }) {
    this.generations.set(generation, opened.revision);
    return opened;
  }

  warm(generation: number) {
    this.warmed.push(generation);
  }

  closeGeneration(generation: number) {
    this.generations.delete(generation);
  }

  ask(_kind: number, _head: string, body: Uint8Array): Promise<Frame> {
    this.callCount += 1;
    const { promise, resolve, reject } = Promise.withResolvers<Frame>();
    const asked: SearchCall = {
      body: Buffer.from(body).toString(),
      isAnswered: false,
      answer: (ms = 1) => {
        asked.isAnswered = true;
        this.callCount -= 1;
        resolve({ kind: FrameKind.answer, id: 0, head: JSON.stringify({ ms }), body });
      },
      lose: () => {
        this.callCount -= 1;
        reject(new WorkerLostError("lost"));
      },
    };
    this.asked.push(asked);
    return promise;
  }

  kill() {
    this.isOver = true;
    this.#onEnd("killed");
  }
}
