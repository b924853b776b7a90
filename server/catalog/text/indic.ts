/**
 * Latin readings of the nine scripts of India that Unicode lays out alike (Devanagari, Bengali,
 * Gurmukhi, Gujarati, Oriya, Tamil, Telugu, Kannada, Malayalam): one table of 128 places serves all.
 * The readings are ISO 15919 without diacritics, with "sh" for both ś and ṣ and "ch" for c, as names
 * are usually spelt in English (Hunterian). A consonant carries an "a" unless a vowel sign or a
 * virama follows; the one at the end of a word is silent, as in Hindi.
 */

export type IndicSign = {
  kind: "consonant" | "vowelSign" | "virama" | "letter" | "ignored";
  text: string;
};

/** Places 0x05 to 0x14: independent vowels. */
const vowels = "a a i i u u ri l e e e ai o o o au".split(" ");
/** Places 0x15 to 0x39: consonants. */
const consonants =
  "k kh g gh n ch chh j jh n t th d dh n t th d dh n n p ph b bh m y r r l l l v sh sh s h".split(
    " ",
  );
/** Places 0x3e to 0x4c: vowel signs. */
const vowelSigns = "a i i u u ri ri e e e ai o o o au".split(" ");

const first = 0x0900;
const last = 0x0d7f;

/** The reading of a letter or sign; undefined if it is of another script, a digit or punctuation. */
export function indicSign(codePoint: number): IndicSign | undefined {
  if (codePoint < first || codePoint > last) {
    return undefined;
  }
  const place = codePoint & 0x7f;
  if (place <= 0x02) {
    return { kind: "letter", text: "n" };
  }
  if (place === 0x03) {
    return { kind: "letter", text: "h" };
  }
  if (place >= 0x05 && place <= 0x14) {
    return { kind: "letter", text: vowels[place - 0x05] ?? "" };
  }
  if (place >= 0x15 && place <= 0x39) {
    return { kind: "consonant", text: consonants[place - 0x15] ?? "" };
  }
  if (place >= 0x3e && place <= 0x4c) {
    return { kind: "vowelSign", text: vowelSigns[place - 0x3e] ?? "" };
  }
  if (place === 0x4d) {
    return { kind: "virama", text: "" };
  }
  if (place === 0x3c || place === 0x3d || (place >= 0x51 && place <= 0x57)) {
    return { kind: "ignored", text: "" };
  }
  return undefined;
}
