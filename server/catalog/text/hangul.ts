/** Hangul in Latin letters: Revised Romanisation of Korean (2000), letter by letter. */

const initials = "g kk n d tt r m b pp s ss - j jj ch k t p h".split(" ");
const vowels = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split(" ");
const finals = "- k k k n n n t l k m l l l p l m p p t t ng t t k t p t".split(" ");

const firstSyllable = 0xac00;
const lastSyllable = 0xd7a3;

/** @returns undefined if the word is not all Hangul syllables. */
export function romanisedHangul(word: string): string | undefined {
  let text = "";
  for (const character of word) {
    const codePoint = character.codePointAt(0) ?? 0;
    if (codePoint < firstSyllable || codePoint > lastSyllable) {
      return undefined;
    }
    // A syllable's number is (initial * 21 + vowel) * 28 + final (The Unicode Standard, 3.12).
    const number = codePoint - firstSyllable;
    text += initials[Math.floor(number / 588)] ?? "";
    text += vowels[Math.floor(number / 28) % 21] ?? "";
    text += finals[number % 28] ?? "";
  }
  return text.replaceAll("-", "");
}
