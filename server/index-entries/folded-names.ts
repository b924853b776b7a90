/** Names of authors as the index holds them: every form, every word, and how they sound. */
import type { CatalogueEntry } from "#server/catalog/entry.ts";
import { isAscii } from "#server/catalog/text/ascii.ts";
import { compoundTokens } from "#server/catalog/text/compound-tokens.ts";
import { foldTokens } from "#server/catalog/text/fold.ts";
import { nameForms } from "#server/catalog/text/name-forms.ts";
import { romanKey, soundsOf } from "#server/catalog/text/roman-key.ts";
import { distinct, memoise } from "#server/catalog/text/text-hash.ts";
import { romanToken } from "./key-tokens.ts";

export type FoldedName = {
  /** Words of each form, joined by blanks; each once. */
  forms: readonly string[];
  words: readonly string[];
  /** Joined forms of words that are also written as one. */
  compounds: readonly string[];
  /** Key tokens of the words as they sound across transliterations, and of the name's. */
  romans: readonly string[];
  /** Words of the name as it is, in the order of the alphabet. */
  sorted: string;
};

/** Names per work, far above what real ones have. */
const MAX_NAMES = 60;

/** How many names a worker remembers. */
const REMEMBERED = 32_768;

const foldName = memoise<FoldedName>((name) => {
  // A name in an unspaced script is one word as a name, and pairs of characters as a query.
  const tokens = foldTokens(name);
  const forms = [...nameForms(name), tokens];
  const words = distinct(forms.flat());
  const romans: string[] = [];
  for (const word of words) {
    const roman = romanKey(word);
    if (roman !== "" && roman !== word) {
      romans.push(romanToken(roman));
    }
  }
  // Words and tokens differ in scripts without spaces only.
  const sounds = soundsOf(name, isAscii(name) ? tokens : undefined);
  for (const roman of sounds.keys) {
    romans.push(romanToken(roman));
  }
  return {
    forms: distinct(forms.map((form) => form.join(" "))),
    words,
    compounds: compoundTokens(name),
    romans,
    sorted: tokens.toSorted().join(" "),
  };
}, REMEMBERED);

/** Names of a work's authors: by author, and all in one list. Each at most 60. */
export function namesOf({ work, authorAlternateNames }: CatalogueEntry): {
  credits: FoldedName[][];
  all: FoldedName[];
} {
  let room = MAX_NAMES;
  const credits = work.authors.map(({ name }, index) => {
    const alternates = authorAlternateNames[index] ?? [];
    const names = distinct([name, ...alternates]);
    if (names.length > room) {
      names.length = room;
    }
    room -= names.length;
    return names.map(foldName);
  });
  return { credits, all: credits.flat() };
}
