/** One word of a title was typed as quite another one: "the lates werewolf", "blackberry window". */

import type { WordMatch } from "./compare-words.ts";
import { isTyped, smallWords, typedPlaces } from "./coverage.ts";
import type { Title } from "./indexed-book.ts";
import type { QueryWord, RankingQuery } from "./query-words.ts";
import type { RankedWord } from "./ranked-work.ts";
import { typoBits } from "./typo-cost.ts";
import { MISSING_BITS, MISSING_INFORMATION_WEIGHT } from "./weights.ts";

/** What it costs that a book lacks a word of the query. */
export function bitsOfMissing(information: number): number {
  return MISSING_BITS + MISSING_INFORMATION_WEIGHT * information;
}

/** What it costs that a book lacks a word which may speak of the asking. */
export function bitsOfLeavingOut({ asking, information }: QueryWord): number {
  return -Math.log2(asking + (1 - asking) * 2 ** -bitsOfMissing(information));
}

/** A word of the query, and the place of the title's word that it was typed for. */
export type ReplacedWord = { index: number; place: number };

/** The one word that was found nowhere, if all of a title but one word in its place was typed. */
export function findReplaced(title: Title, words: readonly RankedWord[]): ReplacedWord | undefined {
  const index = words.findIndex(({ field }) => field === "none");
  if (index < 0 || words.some(({ field }, other) => field === "none" && other > index)) {
    return undefined;
  }
  const typed = typedPlaces(words);
  const before = words[index - 1];
  const after = words[index + 1];
  const place =
    before?.field === "title" && before.match !== undefined
      ? before.match.position + before.match.length
      : after?.field === "title" && after.match !== undefined
        ? after.match.position - 1
        : -1;
  const word = title.words[place];
  if (word === undefined || typed[place] || smallWords.has(word)) {
    return undefined;
  }
  typed[place] = true;
  const last = typed.length - 1;
  const end = title.ends.find((one) => one > last) ?? title.words.length;
  return isTyped(title, typed, end) ? { index, place } : undefined;
}

/** How the word stands for the title's, if that is more probable than that it was made up. */
export function repairReplaced(
  query: RankingQuery,
  title: Title,
  { index, place }: ReplacedWord,
): WordMatch | undefined {
  const word = query.words[index];
  const meant = title.words[place];
  if (word === undefined || meant === undefined) {
    return undefined;
  }
  const bits = typoBits(word.token, meant, bitsOfMissing(word.information) - 1, false);
  if (bits === Number.POSITIVE_INFINITY) {
    return undefined;
  }
  return { way: "spelling", bits, word: meant, position: place, length: 1 };
}
