/** Which words of a query say most. */
import type { QueryWord } from "#server/catalog/ranking/query-words.ts";
import { isSaid } from "./said-words.ts";

/** The most telling words with their places, the one that says most first. */
export function tellingWords(
  words: readonly QueryWord[],
  count: number,
): { word: QueryWord; index: number }[] {
  return words
    .map((word, index) => ({ word, index }))
    .filter(({ word }) => isSaid(word))
    .sort((one, other) => other.word.information - one.word.information)
    .slice(0, count);
}
