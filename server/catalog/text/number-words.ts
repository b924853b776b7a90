/**
 * Numbers in one form, so that "Nineteen Eighty-Four" and "1984", "Vol. II", "volume two" and
 * "book 2" meet in a title's key. The words are joined without spaces afterwards, which is why
 * "nineteen" "eighty-four" needs no rule of its own: 19 and 84 side by side are 1984.
 */

import { cardinalValues, doubtfulNumbers, ordinalValues } from "./number-lexicon.ts";
import { numberValue } from "./number-value.ts";
import { smallNumerals } from "./roman-numerals.ts";
import { WordSet } from "./text-hash.ts";

/** Words that are hardly ever anything but a number. */
function withoutDoubtful(values: ReadonlyMap<string, number>): Map<string, number> {
  return new Map([...values].filter(([word]) => !doubtfulNumbers.has(word)));
}

const small = withoutDoubtful(cardinalValues);
const ordinals = withoutDoubtful(ordinalValues);

const hundreds = new Set(["hundred", "cent", "hundert", "cien", "ciento", "cento"]);
const thousands = new Map([
  ...["thousand", "mille", "tausend", "mil", "mila"].map((word) => [word, 1000] as const),
  ...["million", "millions", "millones", "milioni"].map((word) => [word, 1_000_000] as const),
]);

/** Words that announce a number and say nothing else. */
const markers = new WordSet(
  (
    "volume volumes vol vols v book books bk part parts pt number no nr num issue episode tome tom t " +
    "band bd teil tomo volumen vol parte libro livre partie deel bind del numero"
  ).split(" "),
);

/** Words without figures that may be a number or part of one. */
export const numberWords: readonly string[] = [
  ...cardinalValues.keys(),
  ...hundreds,
  ...thousands.keys(),
  ...ordinalValues.keys(),
  ...smallNumerals.keys(),
];
const hints = new WordSet(numberWords);

function mayBeNumber(word: string): boolean {
  return word.charCodeAt(0) <= 0x39 || hints.has(word);
}

/** The words with numbers as digits and volume markers before a number left out. */
export function withDigits(words: readonly string[]): readonly string[] {
  if (!words.some(mayBeNumber)) {
    return words;
  }
  const result: string[] = [];
  let place = 0;
  while (place < words.length) {
    const word = words[place] ?? "";
    if (markers.has(word) && place > 0) {
      const skipped = words[place + 1] === "the" ? 2 : 1;
      const number = numberAt(words, place + skipped, true);
      if (number !== undefined) {
        result.push(String(Number.parseInt(number.text, 10)));
        place = number.next;
        continue;
      }
    }
    const number = numberAt(words, place, false);
    result.push(number?.text ?? word);
    place = number?.next ?? place + 1;
  }
  return result;
}

type SpelledNumber = { text: string; next: number };

function numberAt(
  words: readonly string[],
  place: number,
  afterMarker: boolean,
): SpelledNumber | undefined {
  const word = words[place];
  if (word === undefined || !mayBeNumber(word)) {
    return undefined;
  }
  if (/^[0-9]+$/.test(word)) {
    return { text: word.replace(/^0+(?=.)/, ""), next: place + 1 };
  }
  const roman = smallNumerals.get(word);
  if (roman !== undefined) {
    const isLast = place > 0 && place === words.length - 1 && word !== "i";
    const isBeforeMarker = place > 0 && markers.has(words[place + 1] ?? "") && word.length > 1;
    if (afterMarker || isLast || isBeforeMarker) {
      return { text: String(roman), next: place + 1 };
    }
  }
  const spelled = spelledOut(words, place);
  if (spelled !== undefined || !afterMarker) {
    return spelled;
  }
  // "tome premier", "book 3rd": behind a marker whatever may be a number is one.
  const value = numberValue(word);
  return value === undefined ? undefined : { text: String(value), next: place + 1 };
}

/** Reads "twenty", "twenty first", "two hundred and five", "twenty thousand" … from `place` on. */
function spelledOut(words: readonly string[], place: number): SpelledNumber | undefined {
  let total = 0;
  let next = place;
  let group = underHundred(words, next);
  for (;;) {
    let value = group?.value ?? 0;
    let end = group?.next ?? next;
    if (group?.ordinal === true) {
      return { text: ordinalText(total + value), next: end };
    }
    if (hundreds.has(words[end] ?? "") && value < 100) {
      value = Math.max(value, 1) * 100;
      end++;
      const rest = underHundred(words, words[end] === "and" ? end + 1 : end);
      if (rest !== undefined) {
        value += rest.value;
        end = rest.next;
        if (rest.ordinal) {
          return { text: ordinalText(total + value), next: end };
        }
      }
    }
    const scale = thousands.get(words[end] ?? "");
    if (scale === undefined) {
      if (end === next) {
        return next === place ? undefined : { text: String(total), next };
      }
      return { text: String(total + value), next: end };
    }
    total += Math.max(value, 1) * scale;
    next = end + 1;
    group = underHundred(words, words[next] === "and" ? next + 1 : next);
    if (group === undefined) {
      return { text: String(total), next };
    }
  }
}

function underHundred(
  words: readonly string[],
  place: number,
): { value: number; next: number; ordinal: boolean } | undefined {
  const word = words[place] ?? "";
  const ordinal = ordinals.get(word);
  if (ordinal !== undefined) {
    return { value: ordinal, next: place + 1, ordinal: true };
  }
  const value = small.get(word);
  if (value === undefined) {
    return undefined;
  }
  if (value >= 20 && value % 10 === 0) {
    const unit = words[place + 1] ?? "";
    const unitOrdinal = ordinals.get(unit) ?? 0;
    if (unitOrdinal > 0 && unitOrdinal < 10) {
      return { value: value + unitOrdinal, next: place + 2, ordinal: true };
    }
    const unitValue = small.get(unit) ?? 0;
    if (unitValue > 0 && unitValue < 10) {
      return { value: value + unitValue, next: place + 2, ordinal: false };
    }
  }
  return { value, next: place + 1, ordinal: false };
}

function ordinalText(value: number): string {
  const lastTwo = value % 100;
  const suffixes = lastTwo > 10 && lastTwo < 14 ? [] : ["th", "st", "nd", "rd"];
  return `${value}${suffixes[value % 10] ?? "th"}`;
}
