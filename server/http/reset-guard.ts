import type { Connection } from "./connection.ts";

/** So many calls may be reset in the turn in which they came, at once and for each second. */
const BURST = 100;
const PER_SECOND = 20;

type Bucket = { tokens: number; filledMs: number };

/**
 * Cuts off who opens and resets streams without end ("rapid reset").
 *
 * Node's own guard counts every reset, and a proxy with many readers who type, each letter calling
 * the last search off, is full of honest ones. A call that is called off after its turn has come
 * counts for nothing; one that was reset in the same breath as it was sent was never meant.
 */
export class ResetGuard {
  readonly #onProblem: (problem: string) => void;
  readonly #buckets = new WeakMap<Connection, Bucket>();
  #turn = 0;
  #isTurning = false;

  constructor(onProblem: (problem: string) => void) {
    this.#onProblem = onProblem;
  }

  /** Marks the turn of the event loop in which a stream has come. */
  arrival(): number {
    if (!this.#isTurning) {
      this.#isTurning = true;
      setImmediate(() => {
        this.#isTurning = false;
        this.#turn += 1;
      });
    }
    return this.#turn;
  }

  /** Hears of a stream that was reset and when it had come. */
  onReset(connection: Connection, arrival: number): void {
    if (arrival !== this.#turn) {
      return;
    }
    const nowMs = performance.now();
    const bucket = this.#buckets.get(connection) ?? { tokens: BURST, filledMs: nowMs };
    this.#buckets.set(connection, bucket);
    bucket.tokens += ((nowMs - bucket.filledMs) / 1000) * PER_SECOND - 1;
    bucket.tokens = Math.min(BURST, bucket.tokens);
    bucket.filledMs = nowMs;
    if (bucket.tokens < 0 && !connection.socket.destroyed) {
      this.#onProblem("Streams opened and reset without end: connection cut");
      connection.destroy();
    }
  }
}
