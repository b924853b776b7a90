/**
 * How much one search may do. Counted in work, not in time: a busy machine makes answers late, not
 * poorer, and the same search of the same catalogue always finds the same books, so that pages of
 * results fit together. A unit is about a microsecond of one processor of 2026.
 */

import { type CallOptions, DeadlineExceededError } from "#server/catalog/catalog.ts";

/** Preparing and starting a statement. */
export const STATEMENT_EFFORT = 30;
/** Reading a candidate and ranking it. */
export const CANDIDATE_EFFORT = 25;
/** Reading a candidate that is known already. */
export const ROW_EFFORT = 5;
/** Comparing one word of the query with all words of a candidate by ear and letter. */
export const FORGIVEN_WORD_EFFORT = 8;
/** Passing an entry of a list of the full-text index. */
export const ENTRY_EFFORT = 0.03;
/** Reading and adding up an entry of the index of descriptions. */
export const DESCRIPTION_EFFORT = 0.4;

/** A disk so slow, or a machine so busy, that a poorer answer is better than none. */
const LONGEST_WAIT_MS = 2_000;

export class Effort {
  #left: number;
  #latest = performance.now() + LONGEST_WAIT_MS;
  #call: CallOptions;
  /** True once something was left undone. */
  exceeded = false;

  constructor(limit: number, call: CallOptions = {}) {
    this.#left = limit;
    this.#call = call;
  }

  /** An effort of its own for the same call. */
  another(limit: number): Effort {
    return new Effort(limit, this.#call);
  }

  /** @throws {DeadlineExceededError} and the reason of the signal, if nobody waits any longer. */
  check(): void {
    const { signal, deadlineMs } = this.#call;
    signal?.throwIfAborted();
    if (deadlineMs !== undefined && performance.now() > deadlineMs) {
      throw new DeadlineExceededError();
    }
  }

  get left(): number {
    return performance.now() > this.#latest ? 0 : Math.max(0, this.#left);
  }

  spend(effort: number): void {
    this.#left -= effort;
  }

  /** Allows so much more than is left. */
  extend(effort: number): void {
    this.#left = Math.max(0, this.#left) + effort;
  }

  /** True when all is spent, remembered in `exceeded`: to be asked when there is more to do. */
  isSpent(): boolean {
    if (this.left > 0) return false;
    this.exceeded = true;
    return true;
  }
}
