/** Words in parts: those that may be two, and pairs of characters that belong to two. */
import type { QueryWord } from "#server/catalog/ranking/query-words.ts";

/** In letters; longer words are not split in two. */
const MAX_SPLIT_LENGTH = 40;
const unspacedPair = /^[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2}$/u;
/** That it belongs to no word of the book. */
export const STRADDLING_PROBABILITY = 0.9;

/** A pair of characters that no book has, of two words written together: the middle of 村上春樹. */
export function straddles(word: QueryWord, before?: QueryWord, behind?: QueryWord): boolean {
  if (word.workCount > 0 || !unspacedPair.test(word.token)) {
    return false;
  }
  const isOverlapped = (one: QueryWord | undefined) =>
    one !== undefined &&
    one.workCount > 0 &&
    one.span.start < word.span.end &&
    word.span.start < one.span.end;
  return isOverlapped(before) && isOverlapped(behind);
}

/** Every way to cut a word in two. */
export function cuts(token: string): string[][] {
  if (token.length > MAX_SPLIT_LENGTH) {
    return [];
  }
  return Array.from({ length: Math.max(0, token.length - 1) }, (_, index) => [
    token.slice(0, index + 1),
    token.slice(index + 1),
  ]);
}
