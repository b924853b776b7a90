/** What words of a query mean for the names of a book's authors. */
import { romanKey } from "#server/catalog/text/roman-key.ts";
import type { AuthorNames, IndexedBook } from "./indexed-book.ts";
import type { RankedWord } from "./ranked-work.ts";
import {
  EXACT_AUTHOR_BITS,
  FAMILY_NAME_ALONE_BITS,
  NAME_PART_BITS,
  OTHER_AUTHOR_BITS,
  OTHER_FAMILY_NAME_BITS,
  SEVERAL_NAMES_BITS,
  SHORT_TITLE_WORDS,
  UNREAD_NAME_BITS,
  UNREAD_POPULARITY,
  UNREAD_TITLE_BITS,
} from "./weights.ts";

export type NameReading = {
  /** At most 0: people remember the family name of the first author. */
  bits: number;
  /** The words are one author's whole name. */
  whole: boolean;
  /** The words that were found in names are all of one, of two words or more; others may be beside them. */
  full: boolean;
  /** The only word is the family name of a longer name. */
  familyAlone: boolean;
  /** The author is named first. */
  isFirst: boolean;
  /** A family name is among the words … */
  familyName: boolean;
  /** … but only begun. */
  begun: boolean;
};

/** Reads the words that were found in names. */
export function readNames(words: readonly RankedWord[], book: IndexedBook): NameReading {
  const found = words.filter((word) => word.field === "author");
  if (found.length === 0) {
    return {
      bits: 0,
      whole: false,
      full: false,
      familyAlone: false,
      isFirst: false,
      familyName: false,
      begun: false,
    };
  }
  const parts = new Set(found.map(({ match }) => match?.word ?? ""));
  let best: NameReading | undefined;
  for (const [place, author] of book.authors.entries()) {
    const held = author.words.filter((word) => parts.has(word)).length;
    if (held === 0) {
      continue;
    }
    const [form = ""] = author.forms;
    const family = form.slice(form.lastIndexOf(" ") + 1);
    const typedFamily = parts.has(family) ? family : otherSpelling(parts, author, family);
    const familyName = typedFamily !== undefined;
    const begun = found.some(({ match }) => match?.way === "prefix" && match.word === typedFamily);
    // Of one word all that bear it as family name are meant alike, whatever else their records say.
    const isAll = found.length === words.length;
    const isFull = author.forms.some((one) => isOfWords(one, parts, found.length));
    const isName = isAll && isFull;
    const familyAlone = isAll && !isName && words.length === 1 && familyName && isPerson(form);
    const whole = isName || familyAlone;
    let bits = place === 0 ? 0 : OTHER_AUTHOR_BITS;
    if (!familyName && !whole) {
      bits += NAME_PART_BITS;
    }
    const spread = held < parts.size || parts.size < found.length;
    if (spread && found.length === words.length && !whole) {
      bits += SEVERAL_NAMES_BITS;
    }
    if (best === undefined || Number(whole) > Number(best.whole) || bits > best.bits) {
      const full = isFull && found.length > 1;
      best = { bits, whole, full, familyAlone, isFirst: place === 0, familyName, begun };
    }
  }
  // Initials stand for a name that no word of it was typed of.
  return (
    best ?? {
      bits: NAME_PART_BITS,
      whole: false,
      full: false,
      familyAlone: false,
      isFirst: false,
      familyName: false,
      begun: false,
    }
  );
}

/** Bits for a query that is an author's whole name; if nobody reads the book fewer, of one word hardly any. */
export function wholeNameBits(
  { familyAlone, isFirst }: NameReading,
  book: IndexedBook,
  wordCount: number,
): number {
  let unread = 0;
  if (book.popularity < UNREAD_POPULARITY && wordCount <= SHORT_TITLE_WORDS) {
    unread = wordCount === 1 ? UNREAD_TITLE_BITS : UNREAD_NAME_BITS;
  }
  if (!familyAlone) {
    return unread + EXACT_AUTHOR_BITS;
  }
  return unread + (isFirst ? FAMILY_NAME_ALONE_BITS : OTHER_FAMILY_NAME_BITS);
}

/** Other spellings of a name begin with so many of its letters, or sound like it. */
const SPELLING_LETTERS = 3;

/** The family name as the record spells it elsewhere: "Dostoevsky" of somebody called Dostoyevsky first. */
function otherSpelling(
  parts: ReadonlySet<string>,
  { forms }: AuthorNames,
  family: string,
): string | undefined {
  for (const part of parts) {
    const isLike =
      part.slice(0, SPELLING_LETTERS) === family.slice(0, SPELLING_LETTERS) ||
      romanKey(part) === romanKey(family);
    if (isLike && !forms[0]?.startsWith(part) && forms.some((form) => form.endsWith(` ${part}`))) {
      return part;
    }
  }
  return undefined;
}

/**
 * A word of an author's name as the name is written first: "stephen" for "stiven", which the record has in
 * another transliteration. The word itself where it has no such counterpart.
 */
export function wordOfFirstForm(word: string, { authors }: IndexedBook): string {
  const author = authors.find(({ words }) => words.includes(word));
  const forms = author?.forms.map((form) => form.split(" ")) ?? [];
  const first = forms[0] ?? [];
  if (first.includes(word)) {
    return word;
  }
  const form = forms.find((one) => one.includes(word)) ?? [];
  const isLast = form.indexOf(word) === form.length - 1;
  const counterpart = (isLast ? first.at(-1) : first[form.indexOf(word)]) ?? word;
  return counterpart[0] === word[0] ? counterpart : word;
}

/** True if one of a book's authors has all words in the name, the last of them as family name. */
export function isBy({ authors }: IndexedBook, tokens: readonly string[]): boolean {
  const family = tokens.at(-1) ?? "";
  return authors.some(
    ({ words, forms }) =>
      tokens.every((token) => words.includes(token)) &&
      forms.some((form) => form === family || form.endsWith(` ${family}`)),
  );
}

/** "Monastery of Corpus Christi" has no family name. */
function isPerson(form: string): boolean {
  return !/ (?:of|and|for|the) /.test(form);
}

function isOfWords(form: string, parts: ReadonlySet<string>, count: number): boolean {
  const words = form.split(" ");
  return words.length === count && words.every((word) => parts.has(word));
}
