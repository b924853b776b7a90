/**
 * Bounded walks down the works in order of popularity. A walk goes window by window and looks at what
 * is left of the effort in between, so that words which are all common and never meet cost
 * milliseconds instead of the whole index.
 */

import { ROWID_GAP } from "#server/index-entries/row-numbers.ts";
import type { Effort } from "#server/search/effort.ts";
import type { Expression } from "#server/search/expression.ts";
import { ofAllWorks } from "#server/search/expression.ts";
import type { ReadDatabase } from "../database.ts";
import { nextFence } from "../fences.ts";
import { idsOfAllWorks } from "./all-works.ts";
import { toFts5 } from "./fts5.ts";
import type { ListLengths } from "./list-lengths.ts";
import { ENTRY_EFFORT, LOOK_UP_EFFORT } from "./prices.ts";
import {
  effortOfWindow,
  LANE_SHARE,
  MAX_WINDOW_GROWTH,
  worksOfFirstWindow,
} from "./walk-windows.ts";

/** Where it is not known how long the lists are. */
export const USUAL_DENSITY = 0.2;

export type WalkOptions = {
  limit: number;
  /** Entries of the expression's lists for each work that a walk passes; see density.ts. */
  density: number;
  afterId?: number;
  /** Only works before this one. */
  beforeId?: number | undefined;
  /** What the walk may use, if that is less than any walk may. */
  mostEffort?: number | undefined;
};

/** Which works a walk passes. */
export type Passage = {
  workCount: number;
  /** No work has a greater id. */
  lastId: number;
  /** False where there are no fences: a walk then has one window. */
  isFenced: boolean;
  /** Works that a walk passes over. */
  hidden?: ReadonlySet<number> | undefined;
};

export type WalkResult = {
  ids: number[];
  /** All matches up to this id were found. */
  reachedId: number;
  /** Why it ended: the index, the limit, its own bound, or the budget's. */
  end: "index" | "limit" | "mostEffort" | "budget";
};

type Window = { from: number; to: number; limit: number };

export class Walker {
  #database: ReadDatabase;
  #passage: Passage;
  #lengths: ListLengths | undefined;

  /** @param lengths of the file's lists, if they are known. */
  constructor(database: ReadDatabase, passage: Passage, lengths?: ListLengths) {
    this.#database = database;
    this.#passage = passage;
    this.#lengths = lengths;
  }

  /** Walks window after window. */
  walk(expression: Expression, options: WalkOptions, effort: Effort): WalkResult {
    const { limit, density, afterId = 0, mostEffort = Number.POSITIVE_INFINITY } = options;
    const all = ofAllWorks(expression);
    const { lastId, isFenced, workCount } = this.#passage;
    const end = Math.min(lastId, (options.beforeId ?? Number.POSITIVE_INFINITY) - 1);
    if (this.#lengths?.mayMatch(expression) === false) {
      effort.spend(LOOK_UP_EFFORT);
      return { ids: [], reachedId: end, end: "index" };
    }
    const worksPerId = isFenced ? 1 / ROWID_GAP : workCount / Math.max(1, lastId);
    const share = effort.left * LANE_SHARE;
    let allowed = Math.min(share, mostEffort);
    const firstWindow = worksOfFirstWindow(allowed, density);
    const ids: number[] = [];
    let from = afterId;
    let size = isFenced ? firstWindow * ROWID_GAP : end + ROWID_GAP;
    const longest = size * MAX_WINDOW_GROWTH;
    const start = effortOfWindow(expression);
    while (from < end && ids.length < limit) {
      if (from > afterId && allowed <= 0) {
        if (share > mostEffort) {
          return { ids, reachedId: from, end: "mostEffort" };
        }
        effort.exceeded = true;
        return { ids, reachedId: from, end: "budget" };
      }
      const fence = isFenced ? nextFence(from + size) : Number.POSITIVE_INFINITY;
      // Before the fence: from there on FTS5 would look for the next row again.
      const to = Math.min(fence - 1, end);
      const fenceAt = to === end ? undefined : fence;
      const search = (window: Window) =>
        all === undefined
          ? this.#match(toFts5(expression, fenceAt, this.#lengths), window)
          : idsOfAllWorks(this.#database, all.unwanted, window, fenceAt);
      const window = { from, to, limit: limit - ids.length };
      for (const id of this.#visible(search, window)) {
        ids.push(id);
      }
      const spent = start + (to - from) * worksPerId * density * ENTRY_EFFORT;
      effort.spend(spent);
      allowed -= spent;
      from = to;
      size = Math.min(size * 2, longest);
    }
    const isWhole = ids.length < limit;
    return {
      ids,
      reachedId: isWhole ? end : (ids.at(-1) ?? end),
      end: isWhole ? "index" : "limit",
    };
  }

  /** What a search finds in a window without the hidden works: it goes on behind those. */
  #visible(search: (window: Window) => number[], window: Window): number[] {
    const { hidden, workCount } = this.#passage;
    if (hidden === undefined || hidden.size === 0) {
      return search(window);
    }
    const ids: number[] = [];
    let { from } = window;
    // As many more as are probably hidden; twice as many where they are together.
    const share = Math.min(0.5, hidden.size / Math.max(1, workCount));
    for (let more = 1 / (1 - share); ; more *= 2) {
      const limit = Math.ceil((window.limit - ids.length) * more) + 1;
      const found = search({ from, to: window.to, limit });
      for (const id of found) {
        if (!hidden.has(id) && ids.length < window.limit) {
          ids.push(id);
        }
      }
      if (ids.length === window.limit || found.length < limit) {
        return ids;
      }
      from = found.at(-1) ?? window.to;
    }
  }

  /** Ids of works between two rowids that match, most popular first. */
  #match(fts5: string, { from, to, limit }: Window): number[] {
    return this.#database.numbers(
      "SELECT rowid FROM words WHERE words MATCH ? AND rowid > ? AND rowid <= ? LIMIT ?",
      fts5,
      from,
      to,
      limit,
    );
  }
}
