/** Which volume a row means, where it says so: books of one title often differ in nothing else. */
import { numberValue } from "#server/catalog/text/number-value.ts";

const volumeWords = new Set(
  "vol volume no nr num number numero part pt parte partie book bk band bd teil tome tom tomo livre libro issue heft strip".split(
    " ",
  ),
);
/** Behind the title; further on a number is one of pages or of a series. */
const MAX_DISTANCE = 12;

/** "…, Vol. 2 (of 5)" → 2: the first number with such a word before it, or undefined. */
export function volumeOf(words: readonly string[], from = 0): number | undefined {
  const end = Math.min(words.length - 1, from + MAX_DISTANCE);
  for (let place = from; place < end; place++) {
    const number = volumeWords.has(words[place] ?? "")
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
  return volumeOf(title) === undefined ? "missing" : "other";
}
