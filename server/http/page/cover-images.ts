/** PNG images of drawn covers, for previews of links: drawn by a thread, and remembered. */
import { Worker } from "node:worker_threads";
import type { CoverBook } from "#covers/cover.ts";
import { retryLater } from "#server/rpc/errors.ts";

/** Some 20 kB each. */
const REMEMBERED_MAX = 300;
/** Who waits behind so many gives up before it is drawn. */
const WAITING_MAX = 32;

type PendingDrawing = { resolve: (png: Uint8Array) => void; reject: (error: unknown) => void };

export type CoverImages = {
  /** @throws {ConnectError} RESOURCE_EXHAUSTED if too many are being drawn. */
  draw(book: CoverBook): Promise<Uint8Array>;
};

/** Draws covers in a thread that starts with the first of them. */
export function createCoverImages(): CoverImages {
  const remembered = new Map<string, Uint8Array>();
  const waiting = new Map<number, PendingDrawing>();
  let worker: Worker | undefined;
  let count = 0;

  function fail(error: unknown): void {
    worker = undefined;
    for (const { reject } of waiting.values()) {
      reject(error);
    }
    waiting.clear();
  }

  function start(): Worker {
    const thread = new Worker(new URL("./cover-worker.ts", import.meta.url));
    // The server may stop while it draws.
    thread.unref();
    thread.on("error", fail);
    thread.on("message", (message: { id: number; png?: Uint8Array; problem?: string }) => {
      const { id, png, problem } = message;
      const caller = waiting.get(id);
      waiting.delete(id);
      if (png === undefined) {
        caller?.reject(new Error(`Cover not drawn: ${problem}`));
      } else {
        caller?.resolve(png);
      }
    });
    return thread;
  }

  return {
    async draw(book) {
      const key = JSON.stringify(book);
      const known = remembered.get(key);
      if (known !== undefined) {
        return known;
      }
      if (waiting.size >= WAITING_MAX) {
        throw retryLater("OVERLOADED", "Too many covers are being drawn", 1000);
      }
      worker ??= start();
      count += 1;
      const id = count;
      const drawn = new Promise<Uint8Array>((resolve, reject) => {
        waiting.set(id, { resolve, reject });
      });
      worker.postMessage({ id, book });
      const png = await drawn;
      remembered.set(key, png);
      const [oldest] = remembered.keys();
      if (oldest !== undefined && remembered.size > REMEMBERED_MAX) {
        remembered.delete(oldest);
      }
      return png;
    },
  };
}
