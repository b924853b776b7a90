/** Whether a book has enough of a query of which words were given up. */
import type { RankedWork } from "#server/catalog/ranking/ranked-work.ts";

/** A slip in a word of five letters or more. */
const PLAIN_SLIP_BITS = 5;
/** Fewer letters are left over where a word was taken apart. */
const MIN_TYPED_LETTERS = 3;

/** A short word corrected says nothing where all others were given up: "zen motorcycle" is no Zeno. */
export function hasEvidence({ criteria, words }: RankedWork): boolean {
  if (criteria.words === 0) {
    return true;
  }
  const placed = words.filter(({ field }) => field !== "none");
  return (
    placed.length !== 1 ||
    placed.some(({ match }) => match?.way !== "spelling" || match.bits <= PLAIN_SLIP_BITS)
  );
}

/** True if one of the words stands in the book as it was typed. */
export function hasWordAsTyped({ words }: RankedWork): boolean {
  return words.some(
    ({ field, match }) =>
      field !== "none" &&
      match?.way === "words" &&
      match.bits === 0 &&
      (match.word.length >= MIN_TYPED_LETTERS || !/^[a-z0-9]/.test(match.word)),
  );
}
