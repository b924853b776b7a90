/** Which words of a query say most, and what follows where they never stand together. */
import type { QueryWord } from "#server/catalog/ranking/query-words.ts";
import { joinParts, quote } from "./plan.ts";

/** Of fewer words all are asked for at once. */
const MIN_WORDS = 5;
const CORE_WORDS = 3;

/** The most telling words with their places, the one that says most first. */
export function tellingWords(
  words: readonly QueryWord[],
  count: number,
): { word: QueryWord; index: number }[] {
  return words
    .map((word, index) => ({ word, index }))
    .sort((one, other) => other.word.information - one.word.information)
    .slice(0, count);
}

/**
 * An FTS5 expression of a few words of many: where it matches nothing, all of them don't, and it
 * takes a part of the time to find out. Undefined if there are too few words to gain by it.
 */
export function coreExpression(words: readonly QueryWord[]): string | undefined {
  const known = words.filter((word) => word.workCount > 0);
  if (known.length < MIN_WORDS) return undefined;
  const core = tellingWords(known, CORE_WORDS).sort((one, other) => one.index - other.index);
  return joinParts(
    core.map(({ word }) => quote(word.token)),
    "AND",
  );
}

/** Bits of all words together. */
export function informationOf(words: readonly QueryWord[]): number {
  return words.reduce((sum, word) => sum + word.information, 0);
}
