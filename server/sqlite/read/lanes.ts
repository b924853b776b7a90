/**
 * Candidates from the index, each lane a bounded walk down the works in order of popularity.
 * A walk goes window by window and looks at what is left of the effort in between, so that words
 * which are all common and never meet cost milliseconds instead of the whole index.
 */
import type { Candidate, WordRange } from "#server/catalog/ranking/candidate.ts";
import type { IndexedBook } from "#server/catalog/ranking/indexed-book.ts";
import {
  CANDIDATE_EFFORT,
  type Effort,
  ENTRY_EFFORT,
  ROW_EFFORT,
  STATEMENT_EFFORT,
} from "#server/search/effort.ts";
import type { SearchContext } from "#server/search/found.ts";
import type { ReadDatabase } from "../database.ts";
import { fencedAt, nextFence } from "../fences.ts";
import { ROWID_GAP } from "../schema.ts";
import { idsOfAllWorks, isOfAllWorks } from "./all-works.ts";
import type { Books } from "./books.ts";

/** Entries of lists in the first window, about a millisecond of walking; each next one has twice as many. */
const FIRST_WINDOW_ENTRIES = 50_000;
/** Where it is not known how long the lists are. */
const USUAL_DENSITY = 0.2;
const MAX_WINDOW_GROWTH = 4;

/** What one walk may use of what is left, so that words which never meet leave some for others. */
const LANE_SHARE = 0.4;

/** A candidate and the lanes that found it. */
export type LaneCandidate = Candidate & { lanes: Set<string> };

export type Lane = {
  name: string;
  /** FTS5 expression. */
  expression: string;
  limit: number;
  /** Entries of the expression's lists for each work that a walk passes; see densityOf(). */
  density?: number;
  /** Bit n: every match has word n of the query. */
  indexedWords: number;
  titleKeyRange?: WordRange;
  /** Which of the books are worth ranking; all if undefined. */
  isPromising?: ((book: IndexedBook) => boolean) | undefined;
  /** What the walk may use, if that is less than any walk may: the most read works are looked at first. */
  mostEffort?: number | undefined;
};

export class Lanes {
  readonly candidates = new Map<number, LaneCandidate>();
  #database: ReadDatabase;
  #books: Books;
  readonly workCount: number;
  #effort: Effort;
  /** Expressions that were walked to the end, and how many works match. */
  #walked = new Map<string, number>();
  /** What lanes found, by expression. */
  #found = new Map<string, readonly number[]>();
  #sawMostReadOnly = false;

  constructor(
    { database, books, workCount }: Pick<SearchContext, "database" | "books" | "workCount">,
    effort: Effort,
  ) {
    this.#database = database;
    this.#books = books;
    this.workCount = workCount;
    this.#effort = effort;
  }

  /**
   * Runs a lane; returns how many works it matched, at most its limit, and the limit where `mostEffort`
   * ended the walk.
   */
  run(lane: Lane): number {
    const walked = this.#walked.get(lane.expression);
    // All that match are candidates already.
    if (walked !== undefined) return Math.min(walked, lane.limit);
    const found: number[] = [];
    const knownCount = this.candidates.size;
    const ended = this.#walk(
      (from, to, limit, fence) => {
        const ids = this.#match(lane.expression, { from, to, limit, fence });
        for (const id of ids) this.#add(id, lane);
        found.push(...ids);
        return ids.length;
      },
      {
        limit: lane.limit,
        density: lane.density ?? USUAL_DENSITY,
        mostEffort: lane.mostEffort,
      },
    );
    const fresh = this.candidates.size - knownCount;
    this.#effort.spend(fresh * CANDIDATE_EFFORT + (found.length - fresh) * ROW_EFFORT);
    this.#found.set(lane.expression, found);
    if (ended && lane.isPromising === undefined) this.#walked.set(lane.expression, found.length);
    return ended || lane.mostEffort === undefined ? found.length : lane.limit;
  }

  /** The first works that match, most popular first: those that a lane found. */
  foundBy(expression: string): readonly number[] {
    return this.#found.get(expression) ?? [];
  }

  /** Adds works by id, for lanes outside the index of words. */
  addWorks(ids: readonly number[], lane: Omit<Lane, "expression" | "limit">): void {
    for (const id of ids) this.#add(id, lane);
    this.#effort.spend(ids.length * CANDIDATE_EFFORT);
  }

  /**
   * Ids of matches after `afterId`, most popular first; of all works for an empty expression.
   * `density` as in Lane.
   */
  ids(expression: string, limit: number, afterId = 0, density = USUAL_DENSITY): number[] {
    const ids: number[] = [];
    const all = isOfAllWorks(expression);
    this.#walk(
      (from, to, room, fence) => {
        const found = all
          ? idsOfAllWorks(this.#database, expression, { from, to, limit: room })
          : this.#match(expression, { from, to, limit: room, fence });
        ids.push(...found);
        return found.length;
      },
      { limit, afterId, density: all ? 1 : density },
    );
    return ids;
  }

  /** Counts what a search did beside lanes. */
  spend(effort: number): void {
    this.#effort.spend(effort);
  }

  /** True when a search has done all it may; to be asked when there is more to do. */
  isLate(): boolean {
    return this.#effort.isSpent();
  }

  /** True if something was left undone: candidates may be missing. */
  get expired(): boolean {
    return this.#effort.exceeded;
  }

  /** True if a walk ended at its `mostEffort`: what else matches is far apart. */
  get sawMostReadOnly(): boolean {
    return this.#sawMostReadOnly;
  }

  /** Queries window after window; returns true if it came to the end before a limit. */
  #walk(
    query: (from: number, to: number, limit: number, fence: number | undefined) => number,
    { limit, density, afterId = 0, mostEffort = Number.POSITIVE_INFINITY }: WalkOptions,
  ): boolean {
    const end = (this.workCount + 1) * ROWID_GAP;
    let from = afterId;
    const entries = Math.min(FIRST_WINDOW_ENTRIES, mostEffort / ENTRY_EFFORT);
    const firstWindow = Math.ceil(entries / density);
    let size = firstWindow * ROWID_GAP;
    const longest = size * MAX_WINDOW_GROWTH;
    let room = limit;
    const share = this.#effort.left * LANE_SHARE;
    let allowed = Math.min(share, mostEffort);
    while (from < end && room > 0) {
      if (from > afterId && allowed <= 0) {
        if (share <= mostEffort) this.#effort.exceeded = true;
        else this.#sawMostReadOnly = true;
        return false;
      }
      const fence = nextFence(from + size);
      // Before the fence: from there on FTS5 would look for the next row again.
      const to = Math.min(fence - 1, end);
      room -= query(from, to, room, to === end ? undefined : fence);
      const effort = STATEMENT_EFFORT + ((to - from) / ROWID_GAP) * density * ENTRY_EFFORT;
      this.#effort.spend(effort);
      allowed -= effort;
      from = to;
      size = Math.min(size * 2, longest);
    }
    return room > 0;
  }

  /** Ids of works between two rowids that match, most popular first. */
  #match(expression: string, { from, to, limit, fence }: Window): number[] {
    return this.#database.numbers(
      "SELECT rowid FROM words WHERE words MATCH ? AND rowid > ? AND rowid <= ? LIMIT ?",
      fencedAt(expression, fence),
      from,
      to,
      limit,
    );
  }

  #add(id: number, lane: Omit<Lane, "expression" | "limit">): void {
    const candidate = this.candidates.get(id) ?? this.#candidate(id);
    if (candidate === undefined || lane.isPromising?.(candidate.book) === false) return;
    candidate.indexedWords |= lane.indexedWords;
    candidate.titleKeyRange = widest(candidate.titleKeyRange, lane.titleKeyRange);
    candidate.lanes.add(lane.name);
    this.candidates.set(id, candidate);
  }

  #candidate(id: number): LaneCandidate | undefined {
    const book = this.#books.read(id);
    if (book === undefined) return undefined;
    return { book, indexedWords: 0, titleKeyRange: undefined, lanes: new Set() };
  }
}

type WalkOptions = {
  limit: number;
  density: number;
  afterId?: number;
  mostEffort?: number | undefined;
};

/** What a walk looks at between two looks at the effort that is left. */
type Window = { from: number; to: number; limit: number; fence: number | undefined };

function widest(one: WordRange | undefined, other: WordRange | undefined): WordRange | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one.end - one.start >= other.end - other.start ? one : other;
}
