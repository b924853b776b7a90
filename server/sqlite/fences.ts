/**
 * Rows of the index of words that are no works: one after every FENCE_WORKS works, with one token of
 * its own in every column. `rowid <= ?` alone doesn't bound a walk: FTS5 looks for the next row that
 * has all words, however far away, and sees only then that it is too far. With the token of the fence
 * at its end as an alternative to each word, the walk comes up for air there. Only there: a token
 * that all fences had would make every list, however long, stop at each of them.
 */
import { BEGINNING_MARK } from "#server/index-entries/beginnings.ts";
import { ROWID_GAP } from "#server/index-entries/row-numbers.ts";

export const FENCE_WORKS = 16_384;

const SPAN = FENCE_WORKS * ROWID_GAP;
const OFFSET = ROWID_GAP / 2;

/** The rowid of the fence behind so many works; undefined if there is none. */
export function fenceBehind(workCount: number): number | undefined {
  if (workCount % FENCE_WORKS !== 0) {
    return undefined;
  }
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
