/** What a worker does with the frames that it is asked with, in whichever process it is. */
import { deserialize, serialize } from "node:v8";
import { BadPageTokenError, type CallOptions, type Catalog } from "#server/catalog/catalog.ts";
import { isOurFault, toConnectError } from "#server/rpc/errors.ts";
import { ByteCalls } from "./byte-calls.ts";
import { type Frame, FrameKind } from "./frames.ts";
import {
  type CallHead,
  type CatalogCallHead,
  type FailureHead,
  type OpenedHead,
  type OpenHead,
  toFailure,
} from "./messages.ts";

type CatalogFunction = (argument: unknown, call: CallOptions) => Promise<unknown>;

export type Reply = Partial<Frame> & Pick<Frame, "kind" | "id">;

export class WorkerService {
  readonly #calls: ByteCalls;

  /** @param openCatalog - Opens the catalogue file at a path. */
  constructor(openCatalog: (path: string) => Catalog) {
    this.#calls = new ByteCalls(openCatalog);
  }

  /** The frame to answer with; undefined if nobody waits for one. Never rejects. */
  async serve(frame: Frame): Promise<Reply | undefined> {
    try {
      return await this.#reply(frame);
    } catch (error) {
      return { kind: FrameKind.failure, id: frame.id, head: JSON.stringify(failureOf(error)) };
    }
  }

  async #reply({ kind, id, head, body }: Frame): Promise<Reply | undefined> {
    // What the server writes is what `messages.ts` says.
    const asked: unknown = JSON.parse(head);
    switch (kind) {
      case FrameKind.open: {
        const { generation, path } = asked as OpenHead;
        const { buildTime, ...info } = await this.#calls.open(generation, path);
        const opened: OpenedHead = { ...info, buildTimeMs: buildTime.getTime() };
        return { kind: FrameKind.opened, id, head: JSON.stringify(opened) };
      }
      case FrameKind.close:
        await this.#calls.close((asked as Pick<OpenHead, "generation">).generation);
        return undefined;
      case FrameKind.call:
        return this.#answer(id, asked as CallHead, body);
      case FrameKind.catalogCall:
        return this.#askCatalog(id, asked as CatalogCallHead, body);
      default:
        throw new Error(`Frames of kind ${kind} are not known here`);
    }
  }

  async #answer(id: number, head: CallHead, body: Uint8Array): Promise<Reply> {
    const answer = await this.#calls.answer(head, body);
    switch (answer.kind) {
      case "answer":
        return { kind: FrameKind.answer, id, head: JSON.stringify(answer.head), body: answer.body };
      case "failure":
        return { kind: FrameKind.failure, id, head: JSON.stringify(answer.head) };
    }
  }

  async #askCatalog(id: number, head: CatalogCallHead, body: Uint8Array): Promise<Reply> {
    const startMs = performance.now();
    const result = await this.#calls.use(head.generation, ({ catalog }) => {
      // Each takes one argument, which the other side has been given by the same interface.
      const method = catalog[head.method].bind(catalog) as CatalogFunction;
      const { remainingMs } = head;
      return method(deserialize(body), {
        deadlineMs: remainingMs === undefined ? undefined : startMs + remainingMs,
      });
    });
    const answered = JSON.stringify({ ms: performance.now() - startMs });
    return { kind: FrameKind.answer, id, head: answered, body: serialize(result) };
  }
}

/** The error as callers are told it; one of ours as it is, since the other side is this program. */
function failureOf(error: unknown): FailureHead {
  const translated = toConnectError(error);
  const badPageToken = error instanceof BadPageTokenError ? error.message : undefined;
  const head: FailureHead = { ...toFailure(translated), badPageToken, ms: 0 };
  return error instanceof Error && isOurFault(translated.code)
    ? { ...head, message: error.message, stack: error.stack }
    : head;
}
