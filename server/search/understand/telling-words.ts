/** Which words of a query say most. */
import type { QueryWord } from "#server/catalog/ranking/query-words.ts";

/** A word that more probably speaks of the asking is no reason to leave a book out. */
const LEAST_ASKING = 0.5;

/** True for a word that more probably speaks of the book than of the asking. */
export function isSaid({ asking }: QueryWord): boolean {
  return asking < LEAST_ASKING;
}

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
