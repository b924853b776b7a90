/**
 * How far down a walk may look for its works. OpenSearch stops at the last hit that is wanted, but words
 * that are all common and never meet would be followed to the end of the index. So a walk has the same
 * bound as in SQLite (server/sqlite/read/walker.ts), a position, and pays the same for what it passes:
 * searches stop at the same places on both engines, whatever a machine is doing otherwise.
 */

import { ROWID_GAP } from "#server/index-entries/row-numbers.ts";
import type { Effort } from "#server/search/effort.ts";
import type { Expression } from "#server/search/expression.ts";
import { nextFence } from "#server/sqlite/fences.ts";
import { ENTRY_EFFORT } from "#server/sqlite/read/prices.ts";
import {
  effortOfWindow,
  LANE_SHARE,
  MAX_WINDOW_GROWTH,
  worksOfFirstWindow,
} from "#server/sqlite/read/walk-windows.ts";

export type WalkShape = {
  expression: Expression;
  /** Entries of lists for each work that is passed; see server/sqlite/read/density.ts. */
  density: number;
  afterId: number;
  /** No work has a greater id. */
  lastId: number;
  /** What the walk may use, if that is less than any walk may. */
  mostEffort?: number | undefined;
};

export class WalkReach {
  /** The last position of each window, and what the walk has cost when it is passed. */
  readonly #windows: { to: number; cost: number }[] = [];
  readonly #lastId: number;
  readonly #isShort: boolean;

  constructor(shape: WalkShape, effort: Effort) {
    const { expression, density, afterId, lastId, mostEffort } = shape;
    this.#lastId = lastId;
    const most = mostEffort ?? Number.POSITIVE_INFINITY;
    const share = effort.left * LANE_SHARE;
    this.#isShort = share > most;
    const allowed = Math.min(share, most);
    const start = effortOfWindow(expression);
    let size = worksOfFirstWindow(allowed, density) * ROWID_GAP;
    const longest = size * MAX_WINDOW_GROWTH;
    let cost = 0;
    for (let from = afterId; from < lastId && (from === afterId || cost < allowed); ) {
      const to = Math.min(nextFence(from + size) - 1, lastId);
      cost += start + ((to - from) / ROWID_GAP) * density * ENTRY_EFFORT;
      this.#windows.push({ to, cost });
      from = to;
      size = Math.min(size * 2, longest);
    }
  }

  /** The last position that is looked at; undefined if that is the last of all. */
  get lastPosition(): number | undefined {
    const to = this.#windows.at(-1)?.to ?? this.#lastId;
    return to >= this.#lastId ? undefined : to;
  }

  /** Why the walk ended, which found so many of the works that were wanted; pays for it. */
  end(
    ids: readonly number[],
    limit: number,
    effort: Effort,
  ): "index" | "limit" | "mostEffort" | "budget" {
    const isFull = ids.length >= limit;
    const reached = isFull ? (ids.at(-1) ?? 0) : Number.POSITIVE_INFINITY;
    const window = this.#windows.find(({ to }) => to >= reached) ?? this.#windows.at(-1);
    effort.spend(window?.cost ?? 0);
    if (isFull) {
      return "limit";
    }
    if (this.lastPosition === undefined) {
      return "index";
    }
    if (this.#isShort) {
      return "mostEffort";
    }
    effort.exceeded = true;
    return "budget";
  }
}
