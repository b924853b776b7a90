/**
 * A spelling key on which the transliterations of one name meet: Dostoevskij, Dostoyevsky,
 * Dostojewski, Достоевский → dostoevski; Tchaikovsky, Chaykovskiy, Чайковский → caikovski.
 *
 * After the equivalences between the schemes in use for Cyrillic (ALA-LC, BGN/PCGN, ISO 9, the
 * scholarly one, and the English, French, German, Polish and Swedish press), Arabic and Indian names.
 * It is coarser than a spelling and finer than a sound: rules that would merge common English words
 * apply only to longer ones.
 */
import { foldWords } from "./fold.ts";
import { romanisedHangul } from "./hangul.ts";
import { romanisedKana } from "./kana.ts";
import { memoise } from "./text-hash.ts";

/** A quick look for the letters without which no group of consonants is rewritten. */
const mayHaveGroups = /[hzjcq]|[tk]s/;

/**
 * Rewritings in order; each sees what those before have left. First groups of consonants by what they
 * stand for: sh, c (the sound in "church", and kh, ts).
 */
const groupRules: [RegExp, string][] = [
  [/shch|schtsch|stsch|shtsh|szcz|sjtj/g, "sh"],
  [/tsch|tch|tsj|tj(?=[aeiou])|cz/g, "C"],
  [/sch|sz(?=[aeiouy])|sj(?=[aeiou])/g, "sh"],
  [/ts(?!$)|tz/g, "C"],
  [/(?<!s)ch|kh/g, "C"],
  [/zh/g, "z"],
  [/ph/g, "f"],
  [/([gdbr])h/g, "$1"],
  [/ck|cq|q/g, "k"],
  [/c(?=[aourlnt]|$)/g, "k"],
  [/ks/g, "x"],
  [/dj/g, "j"],
];

const rules: [RegExp, string][] = [
  // Endings: Romanoff, Rachmaninow, Dostojewskij, Tolstoi.
  [/(?<=..)([oe])(?:ff?|w)$/g, "$1v"],
  [/sk(?:iy|ij|ii|yj|yi|y|i|iji|ogo)$/g, "ski"],
  [/w(?=sk)/g, "v"],
  [/^y(?=e.{4})/g, ""],
  [/^je(?=v|k|s.n)/g, "e"],
  // Vowels: y and j as i.
  [/(?<=.)[yj]|^[yj](?=[aeiou].{3})|^y/g, "i"],
];

/** Umlauts spelt out; after the glides of `longRules`, which may stand between the two vowels. */
const umlaut = /([aou])e(?=[^aeiou])/g;

/** Rules for words of six letters and more. */
const longRules: [RegExp, string][] = [
  [/w/g, "v"],
  [/ou(?=.{3})/g, "u"],
  [/(?<=.)i(?=[aeou].)/g, ""],
  [/(?<=.)ai(?=.)/g, "ei"],
];

/** Vowels that romanised Arabic wavers between, for keys that are still seven letters long. */
const longKeyRules: [RegExp, string][] = [
  [/ei|(?<=.)e/g, "a"],
  [/(?<=.)o/g, "u"],
];

/** Words follow Zipf's law: this many save nearly all the work, in a few megabytes. */
const remembered = 32_768;

/** The key of one token of `foldTokens`; tokens of other scripts and with digits as they are. */
export const romanKey: (token: string) => string = memoise(
  (token) => (/^[a-z]{3,40}$/.test(token) ? rewritten(token) : token),
  remembered,
);

function rewritten(token: string): string {
  let key = token;
  if (mayHaveGroups.test(key)) {
    for (const [pattern, text] of groupRules) {
      key = key.replace(pattern, text);
    }
  }
  for (const [pattern, text] of rules) {
    key = key.replace(pattern, text);
  }
  if (token.length >= 6) {
    for (const [pattern, text] of longRules) {
      key = key.replace(pattern, text);
    }
  }
  key = key
    .replace(umlaut, "$1")
    .toLowerCase()
    .replace(/(.)\1+/g, "$1");
  if (key.length >= 7) {
    for (const [pattern, text] of longKeyRules) {
      key = key.replace(pattern, text);
    }
  }
  return key.replace(/(.)\1+/g, "$1");
}

/** Letters whose sign changes the sound: š is "sh" to who knows it, and "s" on a plain keyboard. */
const hissing = new Map([
  ...[..."čć"].map((letter) => [letter, "ch"] as const),
  ...[..."šśşș"].map((letter) => [letter, "sh"] as const),
  ...[..."žźż"].map((letter) => [letter, "zh"] as const),
]);

export type Sounds = {
  /** The keys of the words that could be read. */
  keys: string[];
  /** Whether every word could be read. */
  isWhole: boolean;
};

const hissingLetter = /[čćšśşșžźż]/giu;

/**
 * The keys of the words of a text, read for their sound: letters with a caron as two, kana and
 * Hangul romanised; without words in other unspaced scripts.
 * @param words its `foldWords`, for who has them already.
 */
export function soundsOf(text: string, words?: readonly string[]): Sounds {
  const source = text.normalize("NFC");
  const spelled = source.replace(hissingLetter, (letter) => {
    return hissing.get(letter.toLowerCase()) ?? letter;
  });
  const spoken = words !== undefined && spelled === source ? words : foldWords(spelled);
  const keys: string[] = [];
  for (const word of spoken) {
    const roman = /^[a-z0-9]/.test(word) ? word : (romanisedKana(word) ?? romanisedHangul(word));
    if (roman !== undefined) {
      keys.push(romanKey(roman));
    }
  }
  return { keys, isWhole: keys.length === spoken.length };
}

/** The keys of a text; empty if not every word can be read, since the others are no whole title. */
export function romanTitle(text: string): string[] {
  const { keys, isWhole } = soundsOf(text);
  return isWhole ? keys : [];
}
