/**
 * Bounded walks down the works in order of popularity. A walk goes window by window and looks at what
 * is left of the effort in between, so that words which are all common and never meet cost
 * milliseconds instead of the whole index.
 */
import type { Effort } from "#server/search/effort.ts";
import type { Expression } from "#server/search/expression.ts";
import type { ReadDatabase } from "../database.ts";
import { nextFence } from "../fences.ts";
import { ROWID_GAP } from "../schema.ts";
import { idsOfAllWorks, ofAllWorks } from "./all-works.ts";
import { toFts5, tokenCount } from "./fts5.ts";
import { ENTRY_EFFORT, STATEMENT_EFFORT, TOKEN_EFFORT } from "./prices.ts";

/** Entries of lists in the first window, about a millisecond of walking; each next one has twice as many. */
const FIRST_WINDOW_ENTRIES = 50_000;
/** Where it is not known how long the lists are. */
export const USUAL_DENSITY = 0.2;
const MAX_WINDOW_GROWTH = 4;

/** What one walk may use of what is left, so that words which never meet leave some for others. */
const LANE_SHARE = 0.4;

export type WalkOptions = {
  limit: number;
  /** Entries of the expression's lists for each work that a walk passes; see density.ts. */
  density: number;
  afterId?: number;
  /** What the walk may use, if that is less than any walk may. */
  mostEffort?: number | undefined;
};

export type WalkResult = {
  ids: number[];
  /** Why it ended: the index, the limit, its own bound, or the budget's. */
  end: "index" | "limit" | "mostEffort" | "budget";
};

export class Walker {
  #database: ReadDatabase;
  #workCount: number;

  constructor(database: ReadDatabase, workCount: number) {
    this.#database = database;
    this.#workCount = workCount;
  }

  /** Walks window after window. */
  walk(expression: Expression, options: WalkOptions, effort: Effort): WalkResult {
    const { limit, afterId = 0, mostEffort = Number.POSITIVE_INFINITY } = options;
    const all = ofAllWorks(expression);
    const density = all === undefined ? options.density : 1;
    const end = (this.#workCount + 1) * ROWID_GAP;
    const entries = Math.min(FIRST_WINDOW_ENTRIES, mostEffort / ENTRY_EFFORT);
    const firstWindow = Math.ceil(entries / density);
    const ids: number[] = [];
    let from = afterId;
    let size = firstWindow * ROWID_GAP;
    const longest = size * MAX_WINDOW_GROWTH;
    const start = STATEMENT_EFFORT + (tokenCount(expression) - 1) * TOKEN_EFFORT;
    const share = effort.left * LANE_SHARE;
    let allowed = Math.min(share, mostEffort);
    while (from < end && ids.length < limit) {
      if (from > afterId && allowed <= 0) {
        if (share > mostEffort) return { ids, end: "mostEffort" };
        effort.exceeded = true;
        return { ids, end: "budget" };
      }
      const fence = nextFence(from + size);
      // Before the fence: from there on FTS5 would look for the next row again.
      const to = Math.min(fence - 1, end);
      const fenceAt = to === end ? undefined : fence;
      const window = { from, to, limit: limit - ids.length };
      const found =
        all === undefined
          ? this.#match(toFts5(expression, fenceAt), window)
          : idsOfAllWorks(this.#database, all.unwanted, window, fenceAt);
      for (const id of found) ids.push(id);
      const spent = start + ((to - from) / ROWID_GAP) * density * ENTRY_EFFORT;
      effort.spend(spent);
      allowed -= spent;
      from = to;
      size = Math.min(size * 2, longest);
    }
    return { ids, end: ids.length < limit ? "index" : "limit" };
  }

  /** Ids of works between two rowids that match, most popular first. */
  #match(fts5: string, { from, to, limit }: { from: number; to: number; limit: number }): number[] {
    return this.#database.numbers(
      "SELECT rowid FROM words WHERE words MATCH ? AND rowid > ? AND rowid <= ? LIMIT ?",
      fts5,
      from,
      to,
      limit,
    );
  }
}
