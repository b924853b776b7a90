/** When the ladder may stop. */
import type { QueryWord } from "#server/catalog/ranking/query-words.ts";
import type { RankedWork } from "#server/catalog/ranking/ranked-work.ts";
import type { RankedCandidate } from "./readings.ts";

/** Fewer books than this don't prove that the words were meant as typed. */
const FEW = 3;
/** So many words that begin a title, one after the other, do. */
const CERTAIN_BEGINNING = 3;
/** Words that say more than this are rare enough to be doubted even where books have them. */
const SUSPICIOUS_BITS = 15;
/** In a large catalogue, words of so many books are not, however rare. */
const KNOWN_WORKS = 100;
/** A corrected book that scores less was found by accident. */
const POOR_BITS = -4;
/** Words that say less are in titles and names by the thousand. */
const SMALL_WORD_BITS = 6;
/** So many words rarely meet by chance. */
const MAX_SCATTERED_WORDS = 5;
/** A correction of more bits than this is worth another look, further down. */
const DOUBTFUL_TYPO_BITS = -9;

export type LadderState = {
  words: readonly QueryWord[];
  unfinished: boolean;
  /** Works that have every word as typed. */
  strictCount: number;
  /** Rungs climbed so far that search other words than typed. */
  corrections: number;
};

/** True if the best candidate leaves nothing to ask further down the ladder. */
export function isAnswered(ranked: readonly RankedCandidate[], asked: LadderState): boolean {
  const { words, unfinished, strictCount, corrections } = asked;
  const best = ranked[0]?.ranked;
  if (best === undefined || best.criteria.words < 0) return false;
  const elsewhere = best.words.filter((word) => word.field === "other").length;
  if (elsewhere > best.words.length / 3) return false;
  // "a mater of order" asks for no order: a whole title a letter away has all of its words.
  const leavesOut = best.criteria.asking < 0 && best.criteria.exactness <= 0;
  if (leavesOut && corrections === 0 && words.length <= MAX_SCATTERED_WORDS) return false;
  if (corrections > 3) return true;
  // Whole titles a letter away have been looked for by then.
  const isScattered = best.criteria.typos === 0 && areScattered(best, asked);
  if (isScattered && corrections === 0) return false;
  if (corrections > 0 && !isScattered) {
    // A correction that makes no whole title is as good for other books ("harry poter").
    const isGood = corrections > 1 && (best.criteria.exactness > 0 || best.score > POOR_BITS);
    const isCertain = best.exactTitle || best.exactAuthor || isGood;
    return isCertain && best.criteria.typos > DOUBTFUL_TYPO_BITS;
  }
  if (best.criteria.typos < 0) return false;
  // A last word that is only a beginning may be a slip, unless it is still being typed.
  if (best.criteria.begun < 0 && !unfinished) return false;
  // Few books that merely have the words: a title that differs in a letter says far more.
  const isTitle = best.words.every((word) => word.field === "title");
  const isBegun = best.criteria.exactness > 0 && words.length >= CERTAIN_BEGINNING;
  const isExpected = unfinished && (isBegun || isCommon(ranked));
  if (isTitle && !best.exactTitle && strictCount < FEW && !isExpected) return false;
  // So do other values of a field: "christi" is a misspelt author, and the name of a monastery.
  const isOfFields = words.every(({ field }) => field !== undefined);
  if (isOfFields && !best.exactTitle && !best.exactAuthor && strictCount < FEW) return false;
  // One or two words, one of them hardly ever seen, may be a slip of far better known ones.
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

/** True if the words merely stand somewhere in a title, or are a name with small words ("cary on"). */
function areScattered(best: RankedWork, { words, unfinished }: LadderState): boolean {
  if (unfinished || best.criteria.exactness > 0) return false;
  if (words.length < 2 || words.length > MAX_SCATTERED_WORDS) return false;
  const significant = best.words.filter(
    (_, index) => (words[index]?.information ?? 0) >= SMALL_WORD_BITS,
  );
  const inTitle = significant.filter(({ field }) => field === "title").length;
  return inTitle === significant.length || inTitle === 0;
}

/** True if not only a few books have every word as it stands, the last one begun. */
function isCommon(ranked: readonly RankedCandidate[]): boolean {
  let count = 0;
  for (const { ranked: one } of ranked) {
    if (one.criteria.words === 0 && one.criteria.typos === 0) count += 1;
  }
  return count >= FEW;
}

/** True if the best candidate's whole title or author's name was typed, so that nothing may follow. */
export function isWhole(result: readonly RankedCandidate[]): boolean {
  const best = result[0]?.ranked;
  return (
    best !== undefined &&
    (best.exactTitle || best.exactAuthor) &&
    best.criteria.typos === 0 &&
    best.criteria.begun === 0
  );
}

/** True if the best candidate has every word of the query, those about the asking as well. */
export function hasEverything([best]: readonly RankedCandidate[]): boolean {
  return (
    best !== undefined && best.ranked.criteria.words === 0 && best.ranked.criteria.asking === 0
  );
}
