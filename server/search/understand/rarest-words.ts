/** Which words of a query say most. */
import type { QueryWord } from "#server/catalog/ranking/query-words.ts";
import { isContentWord } from "./word-properties.ts";

/** The most telling words with their places, the one that says most first. */
export function rarestWords(
  words: readonly QueryWord[],
  count: number,
): { word: QueryWord; index: number }[] {
  return words
    .map((word, index) => ({ word, index }))
    .filter(({ word }) => isContentWord(word))
    .sort((one, other) => other.word.information - one.word.information)
    .slice(0, count);
}
