/** Candidates from the cluster: the lanes of one step are one request, or two where a core is full. */

import type { IndexedBook } from "#server/catalog/ranking/indexed-book.ts";
import { BegunTitles } from "#server/search/begun-titles.ts";
import { CANDIDATE_EFFORT, type Effort } from "#server/search/effort.ts";
import {
  allOf,
  type Expression,
  expressionKey,
  narrowed,
  type WorkFilter,
} from "#server/search/expression.ts";
import type { Lane, LaneResult, Retrieval } from "#server/search/index-port.ts";
import { coreOf, densityOfWalk } from "#server/sqlite/read/density.ts";
import { ROW_EFFORT } from "#server/sqlite/read/prices.ts";
import type { Rankings } from "./rankings.ts";
import type { Hit, Search, Searcher } from "./searcher.ts";
import type { TermsFile } from "./terms-file.ts";
import { WalkReach } from "./walk-reach.ts";

/** What a walk to the most read works may use; as in SQLite. */
const MOST_READ_EFFORT = 200;

export type RetrievalSources = {
  searcher: Searcher;
  rankings: Rankings;
  terms: TermsFile;
  workCount: number;
  lastId: number;
};

type WantedWalk = {
  lane: Lane;
  result: LaneResult;
  expression: Expression;
  key: string;
  limit: number;
  parts: readonly number[];
  reach: WalkReach;
};

export class OpenSearchRetrieval implements Retrieval {
  readonly #sources: RetrievalSources;
  readonly #filter: WorkFilter;
  readonly #effort: Effort;
  /** Works that were returned: they are paid for. */
  readonly #returned = new Set<number>();
  /** Expressions whose works were all returned, and those works. */
  readonly #walked = new Map<string, readonly number[]>();
  /** Works whose titles begin so, by the letters. */
  readonly #begun = new BegunTitles();

  constructor(sources: RetrievalSources, filter: WorkFilter, effort: Effort) {
    this.#sources = sources;
    this.#filter = filter;
    this.#effort = effort;
  }

  async run(lanes: readonly Lane[], stopsWhenSpent = false): Promise<LaneResult[]> {
    this.#effort.check();
    if (stopsWhenSpent && this.#effort.isSpent()) {
      return [];
    }
    const states = lanes.map((lane) => {
      const result: LaneResult = { walks: [], found: 0, isFull: false, isSparse: false, ids: [] };
      return { lane, result, core: this.#core(lane, result) };
    });
    await this.#walkAll(states.map(({ lane, result, core }) => core ?? this.#whole(lane, result)));
    const isWhole = states.map(
      ({ lane, result, core }) => core === undefined || result.found >= (lane.coreLimit ?? 0),
    );
    const again = states.filter(({ core }, place) => core !== undefined && isWhole[place]);
    await this.#walkAll(again.map(({ lane, result }) => this.#whole(lane, result)));
    return states.map(({ lane, result }, place) => ({
      ...result,
      isFull: isWhole[place] === true && result.found >= lane.limit,
    }));
  }

  /** The walk for as few parts of a lane as are enough; undefined if that takes all. */
  #core(lane: Lane, result: LaneResult): WantedWalk | undefined {
    const { parts, limit, coreLimit } = lane;
    const core =
      coreLimit === undefined ? undefined : coreOf(parts, this.#sources.workCount, limit);
    if (coreLimit === undefined || core === undefined) {
      return undefined;
    }
    const some = core.flatMap((index) => parts[index]?.expression ?? []);
    return this.#wanted({ lane, result, expression: allOf(some), limit: coreLimit, parts: core });
  }

  #whole(lane: Lane, result: LaneResult): WantedWalk | undefined {
    const expression = lane.expression ?? allOf(lane.parts.map((part) => part.expression));
    return this.#wanted({
      lane,
      result,
      expression,
      limit: lane.limit,
      parts: [...lane.parts.keys()],
    });
  }

  #wanted(
    walk: Omit<WantedWalk, "expression" | "key" | "reach"> & { expression: Expression | undefined },
  ): WantedWalk | undefined {
    const { lane, parts } = walk;
    const expression =
      walk.expression === undefined ? undefined : narrowed(walk.expression, this.#filter);
    if (expression === undefined) {
      return undefined;
    }
    const { workCount, lastId, terms } = this.#sources;
    const counted = parts.flatMap((index) => lane.parts[index] ?? []);
    const reach = new WalkReach(
      {
        density: densityOfWalk(expression, counted, workCount, terms.lengths),
        expression,
        afterId: 0,
        lastId,
        mostEffort: lane.mostReadOnly === true ? MOST_READ_EFFORT : undefined,
      },
      this.#effort,
    );
    return { ...walk, expression, key: expressionKey(expression), reach };
  }

  async #walkAll(wanted: readonly (WantedWalk | undefined)[]): Promise<void> {
    if (isOver(this.#effort)) {
      return;
    }
    const walks = wanted.filter((walk) => walk !== undefined);
    const searches = new Map<string, Search>();
    for (const walk of walks) {
      if (!this.#walked.has(walk.key)) {
        searches.set(nameOf(walk), {
          query: this.#sources.terms.queryOf(walk.expression),
          limit: walk.limit,
          upTo: walk.reach.lastPosition,
          withRanking: true,
        });
      }
    }
    const found = await this.#sources.searcher.run([...searches.values()], this.#effort);
    const hits = new Map([...searches.keys()].map((name, place) => [name, found[place] ?? []]));
    for (const walk of walks) {
      this.#take(walk, hits.get(nameOf(walk)) ?? []);
    }
  }

  #take({ lane, result, key, limit, parts, reach }: WantedWalk, hits: readonly Hit[]): void {
    const walked = this.#walked.get(key);
    if (walked !== undefined) {
      // All that match were returned already.
      result.found = Math.min(walked.length, limit);
      result.ids = walked;
      return;
    }
    const ids = hits.map(({ id }) => id);
    const end = reach.end(ids, limit, this.#effort);
    result.walks.push({ books: this.#books(hits, lane), parts });
    result.ids = ids;
    result.isSparse ||= end === "mostEffort";
    if (end === "index" && lane.titleBegun === undefined) {
      this.#walked.set(key, ids);
    }
    result.found = end === "index" || lane.mostReadOnly !== true ? ids.length : limit;
  }

  #books(hits: readonly Hit[], lane: Lane): IndexedBook[] {
    const books: IndexedBook[] = [];
    let fresh = 0;
    for (const hit of hits) {
      const book = this.#sources.rankings.bookOf(hit);
      if (book === undefined || !this.#begun.admit(book, lane)) {
        continue;
      }
      books.push(book);
      if (!this.#returned.has(book.id)) {
        this.#returned.add(book.id);
        fresh += 1;
      }
    }
    this.#effort.spend(fresh * CANDIDATE_EFFORT + (hits.length - fresh) * ROW_EFFORT);
    return books;
  }
}

/** Walks of one name have the same works. */
function nameOf({ key, limit, reach }: WantedWalk): string {
  return `${limit} ${reach.lastPosition} ${key}`;
}

/** True when nobody would wait for another walk: what is found by now is answered, and says so. */
export function isOver(effort: Effort): boolean {
  return effort.leftMs <= 0 && effort.isSpent();
}
