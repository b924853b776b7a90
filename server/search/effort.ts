/**
 * How much one request may do. Counted in work, not in time: a busy machine makes answers late, not
 * poorer, and the same search of the same catalogue always finds the same books, so that pages of
 * results fit together. A unit is about a microsecond of one processor of 2026. Engines pay for what
 * their statements do (server/sqlite/read/prices.ts).
 *
 * A request has one budget. Each stage has a share of its own in it, so that a late stage never finds
 * the purse empty; what a stage leaves is not spent.
 */

import { type CallOptions, DeadlineExceededError } from "#server/catalog/catalog.ts";

/** Reading a candidate and ranking it. */
export const CANDIDATE_EFFORT = 25;
/** Comparing one word of the query with all words of a candidate by ear and letter. */
export const FUZZY_WORD_EFFORT = 8;

/** What the stages may do, as multiples of the effort of the ladder. */
const shares = {
  /** Counts of words, and what misspelt ones may mean. */
  words: 1.5,
  /** Values of fields, identifiers, authors' keys. */
  values: 1,
  /** The ladder of titles, names and series. */
  titles: 1.4,
  /** The ladder without conditions that nothing meets. */
  relaxed: 1,
  /** The ladder once more, without what a query says of an author's book, a language or years. */
  reread: 1,
  topics: 0.5,
  descriptions: 1.5,
  /** Books like one. */
  similar: 1,
  /** What the filter leaves of what was found. */
  filter: 1.5,
  /** Walks for other orders than relevance. */
  order: 1,
  /** The page's works, and how many there are. */
  page: 1,
  facets: 4,
  /** Authors, series and subjects to suggest. */
  suggestions: 1,
};

export type Stage = keyof typeof shares;

/** A disk so slow, or a machine so busy, that a poorer answer is better than none. */
const LONGEST_WAIT_MS = 2_000;

/** Who waits for a request, and until when it goes on. */
class Clock {
  readonly #latest = performance.now() + LONGEST_WAIT_MS;
  readonly #call: CallOptions;

  constructor(call: CallOptions) {
    this.#call = call;
  }

  /** True once a stage was told to end. */
  hasEnded = false;
  /** True once a part of the catalogue did not answer. */
  isPartial = false;

  /** Until when somebody waits, for engines that ask others. */
  get call(): CallOptions {
    return this.#call;
  }

  /** Until a stage is told to end. */
  get leftMs(): number {
    return Math.max(0, this.#latest - performance.now());
  }

  isLate(): boolean {
    if (performance.now() <= this.#latest) {
      return false;
    }
    this.hasEnded = true;
    return true;
  }

  check(): void {
    const { signal, deadlineMs } = this.#call;
    signal?.throwIfAborted();
    if (deadlineMs !== undefined && performance.now() > deadlineMs) {
      throw new DeadlineExceededError();
    }
  }
}

/** All that one request may do. */
export class Budget {
  #unit: number;
  #clock: Clock;
  #stages = new Map<Stage, Effort>();

  /** @param effort what the ladder may do; the other stages have multiples of it. */
  constructor(effort: number, call: CallOptions = {}) {
    this.#unit = effort;
    this.#clock = new Clock(call);
  }

  /** The share of a stage: the same one whenever it is asked for. */
  stage(name: Stage): Effort {
    const known = this.#stages.get(name) ?? new Effort(this.#unit * shares[name], this.#clock);
    this.#stages.set(name, known);
    return known;
  }

  /** True if a part of the catalogue did not answer, so that works may be missing. */
  get isPartial(): boolean {
    return this.#clock.isPartial;
  }

  /** What each stage did. */
  get spent(): ReadonlyMap<Stage, number> {
    return new Map([...this.#stages].map(([stage, { spent }]) => [stage, spent]));
  }
}

/** What one stage of a request may do. */
export class Effort {
  #limit: number;
  #clock: Clock;
  #beside: Effort | undefined;
  spent = 0;
  /** True once something was left undone. */
  exceeded = false;

  constructor(limit: number, clock: Clock) {
    this.#limit = limit;
    this.#clock = clock;
  }

  /** As much again, for a second index beside the first, of which the first is to have no less. */
  beside(): Effort {
    this.#beside ??= new Effort(this.#limit, this.#clock);
    return this.#beside;
  }

  /** @throws {DeadlineExceededError} and the reason of the signal, if nobody waits any longer. */
  check(): void {
    this.#clock.check();
  }

  /** Until when somebody waits, for engines that ask others. */
  get call(): CallOptions {
    return this.#clock.call;
  }

  /** Time until walks are to end. */
  get leftMs(): number {
    return this.#clock.leftMs;
  }

  /** Notes that a part of the catalogue did not answer: the whole request says so. */
  missPart(): void {
    this.#clock.isPartial = true;
    this.exceeded = true;
  }

  /** Why something was left undone; undefined if nothing was. */
  get ended(): "work" | "time" | undefined {
    if (!this.exceeded) {
      return undefined;
    }
    return this.#clock.hasEnded ? "time" : "work";
  }

  get left(): number {
    return this.#clock.isLate() ? 0 : Math.max(0, this.#limit - this.spent);
  }

  spend(effort: number): void {
    this.spent += effort;
  }

  /** True when all is spent, remembered in `exceeded`: to be asked when there is more to do. */
  isSpent(): boolean {
    if (this.left > 0) {
      return false;
    }
    this.exceeded = true;
    return true;
  }
}
