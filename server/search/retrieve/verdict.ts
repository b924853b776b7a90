/** When the ladder may stop. */
import type { QueryWord } from "#server/catalog/ranking/query-words.ts";
import type { RankedWork } from "#server/catalog/ranking/ranked-work.ts";
import { isContentWord } from "../understand/word-properties.ts";
import type { RankedCandidate } from "./readings.ts";

/** If fewer books have every word as typed, the words may still be misspelt. */
const FEW = 3;
/** So many words that begin a title, in its order, are not misspelt, however few books have them. */
const CERTAIN_BEGINNING = 3;
/** Words of more information are so rare that they may be misspelt even where a book has them. */
const SUSPICIOUS_BITS = 15;
/** A word of so many books is not misspelt; in a large catalogue it may still be a rare word. */
const KNOWN_WORKS = 100;
/** A book that was found by a correction and scores less was found by accident. */
const POOR_BITS = -4;
/** Words of less information stand in thousands of titles and names. */
const SMALL_WORD_BITS = 6;
/** More words than this rarely stand in one book by chance. */
const MAX_SCATTERED_WORDS = 5;
/** A correction that costs more bits than this: a rung further down may find a better one. */
const DOUBTFUL_TYPO_BITS = -9;

export type LadderState = {
  words: readonly QueryWord[];
  unfinished: boolean;
  /** Works that have every word as typed. */
  strictCount: number;
  /** Rungs climbed so far that search other words than typed. */
  corrections: number;
};

/** True if the best candidate fits so well that no rung further down can find a better one. */
export function isAnswered(ranked: readonly RankedCandidate[], asked: LadderState): boolean {
  const { words, unfinished, strictCount, corrections } = asked;
  const best = ranked[0]?.ranked;
  if (best === undefined || best.criteria.words < 0) {
    return false;
  }
  if (leavesContent(best, words)) {
    return false;
  }
  const elsewhere = best.words.filter((word) => word.field === "other").length;
  if (elsewhere > best.words.length / 3) {
    return false;
  }
  // "a mater of order" is not a request for books in order: one letter away is "A Matter of Order".
  const leavesOut = best.criteria.asking < 0 && best.criteria.exactness <= 0;
  if (leavesOut && corrections === 0 && words.length <= MAX_SCATTERED_WORDS) {
    return false;
  }
  if (corrections > 3) {
    return true;
  }
  // The rung `neighbourTitles` has then searched whole titles that differ in one word.
  const isScattered = best.criteria.typos === 0 && areScattered(best, asked);
  if (isScattered && corrections === 0) {
    return false;
  }
  if (corrections > 0 && !isScattered) {
    // If the corrected query is no whole title, other books fit as well ("harry poter").
    const isGood = corrections > 1 && (best.criteria.exactness > 0 || best.score > POOR_BITS);
    const isCertain = best.exactTitle || best.exactAuthor || isGood;
    return isCertain && best.criteria.typos > DOUBTFUL_TYPO_BITS;
  }
  if (best.criteria.typos < 0) {
    return false;
  }
  // A last word that was matched as a prefix may be a slip, unless it is still being typed.
  if (best.criteria.begun < 0 && !unfinished) {
    return false;
  }
  // Few books have the words, and none as its whole title: a title one letter away fits far better.
  const isTitle = best.words.every((word) => word.field === "title");
  const isBegun = best.criteria.exactness > 0 && words.length >= CERTAIN_BEGINNING;
  const isExpected = unfinished && (isBegun || isCommon(ranked));
  if (isTitle && !best.exactTitle && strictCount < FEW && !isExpected) {
    return false;
  }
  // The same holds for the value of a field: "author:christi" is Agatha Christie, misspelt.
  const isOfFields = words.every(({ field }) => field !== undefined);
  if (isOfFields && !best.exactTitle && !best.exactAuthor && strictCount < FEW) {
    return false;
  }
  // In a query of one or two words, a very rare word may be a slip of a far more common one.
  return (
    words.length > 2 ||
    words.every(
      (word, index) =>
        word.information < SUSPICIOUS_BITS ||
        word.workCount >= KNOWN_WORKS ||
        (unfinished && best.words[index]?.match?.way === "prefix"),
    )
  );
}

/** "lesson", "guide": a word that asks now and then may be a slip of one that the book has. */
function leavesContent(best: RankedWork, words: readonly QueryWord[]): boolean {
  return best.words.some(({ field }, index) => {
    const word = words[index];
    const isLeft = field === "asking" && word !== undefined && word.part === undefined;
    return isLeft && isContentWord(word);
  });
}

/** True if the words are in no sequence of a title, or are a name and small words ("cary on"). */
function areScattered(best: RankedWork, { words, unfinished }: LadderState): boolean {
  if (unfinished || best.criteria.exactness > 0) {
    return false;
  }
  if (words.length < 2 || words.length > MAX_SCATTERED_WORDS) {
    return false;
  }
  const significant = best.words.filter(
    (_, index) => (words[index]?.information ?? 0) >= SMALL_WORD_BITS,
  );
  const inTitle = significant.filter(({ field }) => field === "title").length;
  return inTitle === significant.length || inTitle === 0;
}

/** True if more than a few books have every word as typed, the last one perhaps as a prefix. */
function isCommon(ranked: readonly RankedCandidate[]): boolean {
  let count = 0;
  for (const { ranked: one } of ranked) {
    if (one.criteria.words === 0 && one.criteria.typos === 0) {
      count += 1;
    }
  }
  return count >= FEW;
}

/** True if the query is the best candidate's whole title or author's name: nothing is missing. */
export function isWhole(result: readonly RankedCandidate[]): boolean {
  const best = result[0]?.ranked;
  return (
    best !== undefined &&
    !leavesContent(best, result[0]?.reading.words ?? []) &&
    (best.exactTitle || best.exactAuthor) &&
    best.criteria.typos === 0 &&
    best.criteria.begun === 0
  );
}

/** True if the best candidate has every word of the query, request words ("pdf") included. */
export function hasEverything([best]: readonly RankedCandidate[]): boolean {
  return (
    best !== undefined && best.ranked.criteria.words === 0 && best.ranked.criteria.asking === 0
  );
}
