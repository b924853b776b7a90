/** How far lists of folded words agree, slips of the finger allowed. */
import { articleWords } from "#server/catalog/text/articles.ts";
import { editDistance } from "#server/catalog/text/edit-distance.ts";

/** One slip in a word of three letters or more, two in one of eight. */
const ONE_SLIP_LENGTH = 3;
const TWO_SLIPS_LENGTH = 8;

/** What a word with a slip counts for: "Dune" may be another word for "Dane", "Hobit" is not. */
const SLIP_SHARE = 0.88;
const SHORT_SLIP_SHARE = 0.65;
const SHORT_WORD_LENGTH = 4;

/** 1 for the same word, less for one with slips, 0 for another. */
export function wordAgreement(one: string, other: string): number {
  if (one === other) {
    return 1;
  }
  const length = Math.min(one.length, other.length);
  const limit = length >= TWO_SLIPS_LENGTH ? 2 : length >= ONE_SLIP_LENGTH ? 1 : 0;
  // Another figure is another volume or year, not a slip.
  if (limit === 0 || /\d/.test(one) || editDistance(one, other, limit) > limit) {
    return 0;
  }
  return length <= SHORT_WORD_LENGTH ? SHORT_SLIP_SHARE : SLIP_SHARE;
}

const articles = new Set(articleWords);

/** What a word tells: long ones more than "of" and "the", numbers of volumes much. */
export function wordWeight(word: string): number {
  if (/^\d+$/.test(word)) {
    return 2;
  }
  // Lists leave them out and put them last.
  if (articles.has(word)) {
    return 0.2;
  }
  return word.length <= 2 ? 0.5 : word.length === 3 ? 0.75 : Math.min(word.length, 8) / 4;
}

export function totalWeight(words: readonly string[]): number {
  return words.reduce((sum, word) => sum + wordWeight(word), 0);
}

/** How much of two lists is common to both, 0 to 1; their order does not matter. */
export function listAgreement(one: readonly string[], other: readonly string[]): number {
  const total = totalWeight(one) + totalWeight(other);
  if (total === 0) {
    return 0;
  }
  const left = [...other];
  let common = 0;
  for (const word of one) {
    let best = -1;
    let bestAgreement = 0;
    for (const [place, candidate] of left.entries()) {
      const agreement = wordAgreement(word, candidate);
      if (agreement > bestAgreement) {
        best = place;
        bestAgreement = agreement;
        if (agreement === 1) {
          break;
        }
      }
    }
    if (best >= 0) {
      common += bestAgreement * (wordWeight(word) + wordWeight(left[best] ?? ""));
      left.splice(best, 1);
    }
  }
  return common / total;
}
