/** Which words of a query narrow a search most. */
import type { QueryWord } from "#server/catalog/ranking/query-words.ts";
import { isContentWord } from "./word-properties.ts";

/** The rarest content words with their places, the rarest first. */
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
