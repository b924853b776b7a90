/**
 * Rows of the index of words that are no works: one after every FENCE_WORKS works, with one token of
 * its own in every column. `rowid <= ?` alone doesn't bound a walk: FTS5 looks for the next row that
 * has all words, however far away, and sees only then that it is too far. With the token of the fence
 * at its end as an alternative to each word, the walk comes up for air there. Only there: a token
 * that all fences had would make every list, however long, stop at each of them.
 */
import { BEGINNING_MARK } from "./beginnings.ts";
import { ROWID_GAP } from "./schema.ts";

export const FENCE_WORKS = 16_384;

const SPAN = FENCE_WORKS * ROWID_GAP;
const OFFSET = ROWID_GAP / 2;

/** In an expression: the fence at the end of a walk, whichever that is. */
const ANY_FENCE = `OR "${BEGINNING_MARK}"`;

/** The rowid of the fence behind so many works; undefined if there is none. */
export function fenceBehind(workCount: number): number | undefined {
  if (workCount % FENCE_WORKS !== 0) return undefined;
  return workCount * ROWID_GAP + OFFSET;
}

/** The last rowid of a window that should end at a rowid: the next fence. */
export function nextFence(rowid: number): number {
  return Math.max(1, Math.ceil((rowid - OFFSET) / SPAN)) * SPAN + OFFSET;
}

/** The token that only the fence of a rowid has: no word begins so. */
export function fenceToken(rowid: number): string {
  return `${BEGINNING_MARK}${BEGINNING_MARK}${Math.floor(rowid / SPAN)}`;
}

/** FTS5: all parts, or a fence (see `fencedAt`); undefined if there are none. */
export function allOf(parts: readonly (string | undefined)[]): string | undefined {
  const defined = parts.filter((part) => part !== undefined);
  if (defined.length <= 1) return defined[0];
  return `(${defined.map(orFence).join(" AND ")})`;
}

/** FTS5: a part, or a fence. */
export function orFence(part: string): string {
  return `(${part} ${ANY_FENCE})`;
}

/** FTS5: an expression for a walk that ends at a fence, or at the end of the index. */
export function fencedAt(expression: string, fence: number | undefined): string {
  return expression.replaceAll(ANY_FENCE, fence === undefined ? "" : `OR "${fenceToken(fence)}"`);
}
