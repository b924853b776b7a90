/** One value for all the ways in which a number is written. */
import { foldWords } from "./fold.ts";
import { cardinalValues, ordinalValues } from "./number-lexicon.ts";
import { smallNumerals } from "./roman-numerals.ts";

/** "3rd", "1er", "2e", "5ème", "4de", "8ste". */
const figures = /^([0-9]{1,15})(?:st|nd|rd|th|er|ere|re|e|eme|ieme|de|ste)?$/;
/** "1º", "1.ª": folded, the sign is a letter like any other. */
const ordinalSign = /^\s*([0-9]{1,15})\.?[ºª°]\s*$/u;

/**
 * The whole number that a token means: figures ("3", "007", "2."), ordinals ("3rd", "1º"), Roman
 * numerals up to 39, number words and ordinals of eight languages ("three", "troisième", "dritter",
 * "третья"), also of two words ("twenty-one", "dix-sept"). Folded or as typed.
 *
 * Some of those words are more often something else ("once", "I", "ein"): whether a number is meant is
 * for the caller to say, from what stands beside it (`doubtfulNumbers`).
 * @returns undefined if it is no number.
 */
export function numberValue(token: string): number | undefined {
  const signed = ordinalSign.exec(token);
  if (signed !== null) {
    return Number(signed[1]);
  }
  const [word = "", second, third, ...more] = foldWords(token.slice(0, 100));
  if (second === undefined) {
    return wordValue(word);
  }
  if (more.length > 0) {
    return undefined;
  }
  // "twenty-one"; "vingt et un", "treinta y uno", "двадцать один".
  const isJoined = third !== undefined && /^(?:et|y|e|and)$/.test(second);
  if (third !== undefined && !isJoined) {
    return undefined;
  }
  return sumOf(word, third ?? second);
}

function wordValue(word: string): number | undefined {
  const digits = figures.exec(word)?.[1];
  if (digits !== undefined) {
    return Number(digits);
  }
  return cardinalValues.get(word) ?? ordinalValues.get(word) ?? smallNumerals.get(word);
}

function sumOf(tens: string, unit: string): number | undefined {
  const ten = cardinalValues.get(tens) ?? ordinalValues.get(tens) ?? 0;
  const one = cardinalValues.get(unit) ?? ordinalValues.get(unit) ?? 0;
  return ten >= 10 && ten % 10 === 0 && one > 0 && one < 10 ? ten + one : undefined;
}
