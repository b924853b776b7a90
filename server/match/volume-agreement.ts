/** Which volume a row means, where it says so: books of one title often differ in nothing else. */
import { numberValue } from "#server/catalog/text/number-value.ts";
import { volumeWords } from "#server/catalog/text/volume-words.ts";

const markers = new Set([
  ...volumeWords,
  ..."no nr num number numero bk livre libro issue heft strip".split(" "),
]);
/** Behind the title; further on a number is one of pages or of a series. */
const MAX_DISTANCE = 12;

/** "…, Vol. 2 (of 5)" → 2: the first number with such a word before it, or undefined. */
export function volumeNumber(words: readonly string[], from = 0): number | undefined {
  const end = Math.min(words.length - 1, from + MAX_DISTANCE);
  for (let place = from; place < end; place++) {
    const number = markers.has(words[place] ?? "")
      ? numberValue(words[place + 1] ?? "")
      : undefined;
    if (number !== undefined) {
      return number;
    }
  }
  return undefined;
}

/**
 * Whether a title has the volume that a row asks for.
 * @returns undefined if the row asks for none; "missing" if the title says of none which it is.
 */
export function volumeAgreement(
  wanted: number | undefined,
  title: readonly string[],
): "same" | "other" | "missing" | undefined {
  if (wanted === undefined) {
    return undefined;
  }
  if (title.some((word) => numberValue(word) === wanted)) {
    return "same";
  }
  return volumeNumber(title) === undefined ? "missing" : "other";
}
