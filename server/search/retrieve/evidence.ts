/** Whether a book has enough of a query of which words were given up. */
import { askingWord } from "#server/catalog/query/asking-words.ts";
import type { WordMatch } from "#server/catalog/ranking/compare-words.ts";
import type { RankedWork } from "#server/catalog/ranking/ranked-work.ts";

/** A slip in a word of five letters or more. */
const PLAIN_SLIP_BITS = 5;
/** Fewer letters are left over where a word was taken apart. */
const MIN_TYPED_LETTERS = 3;

/**
 * A short word corrected says nothing where all others were given up ("zen motorcycle" is no Zeno), and
 * neither does "the".
 */
export function hasEvidence({ criteria, words }: RankedWork): boolean {
  if (criteria.words === 0) {
    return true;
  }
  const placed = words.filter(({ field }) => field !== "none");
  if (
    placed.length > 0 &&
    placed.every(({ match }) => match !== undefined && isSmall(match.word))
  ) {
    return false;
  }
  return (
    placed.length !== 1 ||
    placed.some(({ match }) => match?.way !== "spelling" || match.bits <= PLAIN_SLIP_BITS)
  );
}

/** "the", "with": of a query whose other words no book has they say nothing; "les" of "les mis" does. */
function isSmall(word: string): boolean {
  return /^(?:a|an|the)$/.test(word) || askingWord(word)?.role === "joint";
}

/** True if one of the words, and no small one, stands in the book as it was typed. */
export function hasWordAsTyped({ words }: RankedWork): boolean {
  return words.some(
    ({ field, match }) =>
      field !== "none" &&
      isAsTyped(match) &&
      !isSmall(match.word) &&
      (match.word.length >= MIN_TYPED_LETTERS || !/^[a-z0-9]/.test(match.word)),
  );
}

/** True if a small word stands in the book as it was typed. */
export function hasSmallWordAsTyped({ words }: RankedWork): boolean {
  return words.some(({ match }) => isAsTyped(match) && isSmall(match.word));
}

function isAsTyped(match: WordMatch | undefined): match is WordMatch {
  return match?.way === "words" && match.bits === 0;
}
