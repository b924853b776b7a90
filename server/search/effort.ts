/**
 * How much one request may do. Counted in work, not in time: a busy machine makes answers late, not
 * poorer, and the same search of the same catalogue always finds the same books, so that pages of
 * results fit together. A unit is about a microsecond of one processor of 2026. Engines pay for what
 * their statements do (server/sqlite/read/prices.ts).
 *
 * A request has one budget. Each stage has a share of its own in it, and all of them together less than
 * the sum: what earlier stages have spent is missing to later ones, but for a part of its share that each
 * has in any case, so that none ever finds the purse empty.
 */

import { type CallOptions, DeadlineExceededError } from "#server/catalog/catalog.ts";

/** Reading a candidate and ranking it. */
export const CANDIDATE_EFFORT = 25;
/** Comparing one word of the query with all words of a candidate by ear and letter. */
export const FUZZY_WORD_EFFORT = 8;

/** Candidates of a query of more words are as many as can still be paid for, and so many in any case. */
const SHORT_QUERY_WORDS = 8;
const LEAST_CANDIDATES = 10;

/** Of `most` candidates those that can still be read and compared with every word of a query. */
export function payableCandidates(effort: Effort, wordCount: number, most: number): number {
  if (wordCount <= SHORT_QUERY_WORDS) {
    return most;
  }
  const payable = Math.floor(effort.left / (CANDIDATE_EFFORT + wordCount * FUZZY_WORD_EFFORT));
  return Math.min(most, Math.max(LEAST_CANDIDATES, payable));
}

/** What the stages may do, as multiples of the effort of the ladder. */
const shares = {
  /** Counts of words, and what misspelt ones may mean. */
  words: 1.25,
  /** Values of fields, identifiers, authors' keys. */
  values: 1,
  /** The ladder of titles, names and series. */
  titles: 1.4,
  /** The ladder without conditions that nothing meets. */
  relaxed: 1,
  /** The ladder once more, without what a query says of an author's book, a language or years. */
  reread: 1,
  /** The ladder for what may be an author's name, misspelt. */
  names: 0.7,
  topics: 0.5,
  descriptions: 1.5,
  /** Books like one. */
  similar: 1,
  /** What the filter leaves of what was found. */
  filter: 1.5,
  /** Walks for other orders than relevance. */
  order: 2.5,
  /** The page's works, and how many there are. */
  page: 1,
  facets: 4,
  /** Authors, series and subjects to suggest. */
  suggestions: 1,
};

export type Stage = keyof typeof shares;

/** What all stages may do together, as a multiple of the effort of the ladder. */
const SHARE_OF_ALL = 4.5;
/** Of its own share a stage has so much in any case. */
const LEAST_PART = 0.1;

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

/** What all stages of a request have done, and may do together. */
class Purse {
  spent = 0;
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get left(): number {
    return this.#limit - this.spent;
  }
}

/** All that one request may do. */
export class Budget {
  #unit: number;
  #clock: Clock;
  #purse: Purse;
  #stages = new Map<Stage, Effort>();

  /** @param effort what the ladder may do; the other stages have multiples of it. */
  constructor(effort: number, call: CallOptions = {}) {
    this.#unit = effort;
    this.#clock = new Clock(call);
    this.#purse = new Purse(effort * SHARE_OF_ALL);
  }

  /** The share of a stage: the same one whenever it is asked for. */
  stage(name: Stage): Effort {
    const known =
      this.#stages.get(name) ?? new Effort(this.#unit * shares[name], this.#clock, this.#purse);
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
  #purse: Purse;
  #beside: Effort | undefined;
  spent = 0;
  /** True once something was left undone. */
  exceeded = false;

  constructor(limit: number, clock: Clock, purse: Purse) {
    this.#limit = limit;
    this.#clock = clock;
    this.#purse = purse;
  }

  /** As much again, for a second index beside the first, of which the first is to have no less. */
  beside(): Effort {
    this.#beside ??= new Effort(this.#limit, this.#clock, new Purse(this.#limit));
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
    const inPurse = Math.max(this.#purse.left, this.#limit * LEAST_PART - this.spent);
    const left = Math.min(this.#limit - this.spent, inPurse);
    return this.#clock.isLate() ? 0 : Math.max(0, left);
  }

  spend(effort: number): void {
    this.spent += effort;
    this.#purse.spent += effort;
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
