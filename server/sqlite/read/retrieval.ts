/** Candidates from the index, each lane one bounded walk or two. */

import type { IndexedBook } from "#server/catalog/ranking/indexed-book.ts";
import { BegunTitles } from "#server/search/begun-titles.ts";
import { CANDIDATE_EFFORT, type Effort } from "#server/search/effort.ts";
import { allOf, type Expression, narrowed, type WorkFilter } from "#server/search/expression.ts";
import type { Lane, LaneResult, Retrieval } from "#server/search/index-port.ts";
import type { Books } from "./books.ts";
import { coreOf, densityOfWalk } from "./density.ts";
import { toFts5 } from "./fts5.ts";
import type { ListLengths } from "./list-lengths.ts";
import { ROW_EFFORT } from "./prices.ts";
import type { Walker } from "./walker.ts";

/** What a walk to the most read works may use. */
const MOST_READ_EFFORT = 200;

type Sources = {
  walker: Walker;
  books: Books;
  workCount: number;
  lengths: ListLengths | undefined;
};

export class SqliteRetrieval implements Retrieval {
  #sources: Sources;
  #filter: WorkFilter;
  #effort: Effort;
  /** Works that were returned: they are read and paid for. */
  #known = new Set<number>();
  /** Expressions that were walked to the end, and how many works match. */
  #walked = new Map<string, number>();
  /** What walks found, by expression. */
  #found = new Map<string, readonly number[]>();
  /** Works whose titles begin so, by the letters. */
  readonly #begun = new BegunTitles();
  #beforeId: number | undefined;

  constructor(sources: Sources, filter: WorkFilter, effort: Effort) {
    this.#sources = sources;
    this.#filter = filter;
    this.#effort = effort;
  }

  /** @param beforeIds for each lane: only works before this one are wanted. */
  async run(
    lanes: readonly Lane[],
    stopsWhenSpent = false,
    beforeIds: readonly (number | undefined)[] = [],
  ): Promise<LaneResult[]> {
    this.#effort.check();
    const results: LaneResult[] = [];
    for (const [place, lane] of lanes.entries()) {
      this.#beforeId = beforeIds[place];
      if (stopsWhenSpent && this.#effort.isSpent()) {
        break;
      }
      results.push(this.#runLane(lane));
    }
    return results;
  }

  #runLane(lane: Lane): LaneResult {
    const { parts, limit, coreLimit } = lane;
    const result: LaneResult = { walks: [], found: 0, isFull: false, isSparse: false, ids: [] };
    const core =
      coreLimit === undefined ? undefined : coreOf(parts, this.#sources.workCount, limit);
    if (coreLimit !== undefined && core !== undefined) {
      const some = core.flatMap((index) => parts[index] ?? []);
      const expression = allOf(some.map((part) => part.expression));
      this.#walk(lane, { expression, limit: coreLimit, parts: core }, result);
      if (result.found < coreLimit) {
        return result;
      }
    }
    const every = [...parts.keys()];
    this.#walk(
      lane,
      {
        expression: lane.expression ?? allOf(parts.map(({ expression }) => expression)),
        limit,
        parts: every,
      },
      result,
    );
    result.isFull = result.found >= limit;
    return result;
  }

  #walk(
    lane: Lane,
    wanted: { expression: Expression | undefined; limit: number; parts: readonly number[] },
    result: LaneResult,
  ): void {
    const { limit, parts } = wanted;
    result.found = 0;
    result.ids = [];
    const expression =
      wanted.expression === undefined ? undefined : narrowed(wanted.expression, this.#filter);
    if (expression === undefined) {
      return;
    }
    const key = toFts5(expression);
    const walked = this.#walked.get(key);
    if (walked !== undefined) {
      // All that match were returned already.
      result.found = Math.min(walked, limit);
      result.ids = this.#found.get(key) ?? [];
      return;
    }
    const { walker, workCount, lengths } = this.#sources;
    const counted = parts.flatMap((index) => lane.parts[index] ?? []);
    const mostEffort = lane.mostReadOnly ? MOST_READ_EFFORT : undefined;
    const beforeId = this.#beforeId;
    const density = densityOfWalk(expression, counted, workCount, lengths);
    const options = { limit, density, mostEffort, beforeId };
    const { ids, end } = walker.walk(expression, options, this.#effort);
    result.walks.push({ books: this.#read(ids, lane), parts });
    result.ids = ids;
    if (end === "mostEffort") {
      result.isSparse = true;
    }
    this.#found.set(key, ids);
    const ended = end === "index";
    if (ended && beforeId === undefined && lane.titleBegun === undefined) {
      this.#walked.set(key, ids.length);
    }
    result.found = ended || mostEffort === undefined ? ids.length : limit;
  }

  #read(ids: readonly number[], lane: Lane): IndexedBook[] {
    const books: IndexedBook[] = [];
    let fresh = 0;
    for (const id of ids) {
      const book = this.#sources.books.read(id);
      if (book === undefined || !this.#begun.admit(book, lane)) {
        continue;
      }
      books.push(book);
      if (this.#known.has(id)) {
        continue;
      }
      this.#known.add(id);
      fresh += 1;
    }
    this.#effort.spend(fresh * CANDIDATE_EFFORT + (ids.length - fresh) * ROW_EFFORT);
    return books;
  }
}
