/** Which worker has which call, and since when. */
import type { SearchWorker } from "./search-worker.ts";

/** A search is done in a tenth of this; a worker that takes longer is perhaps frozen. */
const LATE_MS = 1000;

export type CallUnderWay<E> = { entry: E; worker: SearchWorker; sinceMs: number };

export class CallsUnderWay<E> {
  readonly #calls = new Set<CallUnderWay<E>>();

  /** Notes that a worker has a call; the function that it returns notes that it has it no more. */
  begin(entry: E, worker: SearchWorker): () => void {
    const call = { entry, worker, sinceMs: performance.now() };
    this.#calls.add(call);
    return () => void this.#calls.delete(call);
  }

  /** Calls that take longer than a search does. */
  late(): CallUnderWay<E>[] {
    const beforeMs = performance.now() - LATE_MS;
    return [...this.#calls].filter(({ sinceMs }) => sinceMs < beforeMs);
  }
}
