/**
 * Rows of the index of words that are no works: one after every FENCE_WORKS works, with one token in
 * every column. `rowid <= ?` alone doesn't bound a walk: FTS5 looks for the next row that has all
 * words, however far away, and sees only then that it is too far. With the token as an alternative to
 * each word, every fence has all words, and the walk comes up for air there.
 */
import { BEGINNING_MARK } from "./beginnings.ts";
import { ROWID_GAP } from "./schema.ts";

export const FENCE_WORKS = 16_384;

/** What nothing begins with. */
export const FENCE_TOKEN = BEGINNING_MARK;

/** The rowid of the fence behind so many works; undefined if there is none. */
export function fenceBehind(workCount: number): number | undefined {
  if (workCount % FENCE_WORKS !== 0) return undefined;
  return workCount * ROWID_GAP + ROWID_GAP / 2;
}

/** The last rowid of a window that should end at a rowid: the next fence. */
export function nextFence(rowid: number): number {
  const span = FENCE_WORKS * ROWID_GAP;
  return Math.max(1, Math.ceil((rowid - ROWID_GAP / 2) / span)) * span + ROWID_GAP / 2;
}

/** SQL: true for works, false for fences. */
export const isWork: string = `rowid % ${ROWID_GAP} = 0`;

/** FTS5: all parts, or a fence; undefined if there are none. */
export function allOf(parts: readonly (string | undefined)[]): string | undefined {
  const defined = parts.filter((part) => part !== undefined);
  if (defined.length <= 1) return defined[0];
  return `(${defined.map((part) => `(${part} OR "${FENCE_TOKEN}")`).join(" AND ")})`;
}
