/**
 * What words begin with, as tokens of their own beside the words: a word that is being typed is then
 * one list in the index, walked lazily like any other. FTS5's `prefix` option does the same for every
 * column; ours leaves out topics, publishers and keys, which are most of the tokens and which nobody
 * types letter by letter: less than half the work of loading, and a smaller index.
 */

import { distinct, memoise } from "#server/catalog/text/text-hash.ts";

/** No word has it (it is a noncharacter), and it sorts behind every word and before every key. */
export const BEGINNING_MARK = "\uffff";

/** Beginnings of more letters are asked for by the words that have them, which are few. */
export const MAX_BEGINNING = 4;

/** The token of all works with a word that begins so; 1 to MAX_BEGINNING characters. */
export function beginningToken(letters: string): string {
  return BEGINNING_MARK + letters;
}

/** After so many letters the beginning of a title is a token. */
const TITLE_LENGTHS = [2, 4, 6, 8, 11, 15, 20];

/** The tokens of how titles are begun, by their `titleLetters`, as the text of a column. */
export function titleBeginnings(titles: readonly string[]): string {
  const longest = TITLE_LENGTHS.at(-1);
  let text = "";
  for (const letters of distinct(titles.map((title) => title.slice(0, longest)))) {
    for (const length of TITLE_LENGTHS) {
      if (length <= letters.length) {
        text += ` ${begunToken(letters, length)}`;
      }
    }
  }
  return text;
}

/** The token of all titles begun so, or of the longest beginning that has one; undefined if none has. */
export function titleBeginningToken(letters: string): string | undefined {
  const length = TITLE_LENGTHS.findLast((one) => one <= letters.length);
  return length === undefined ? undefined : begunToken(letters, length);
}

function begunToken(letters: string, length: number): string {
  return BEGINNING_MARK + letters.slice(0, length) + BEGINNING_MARK;
}

/** Words follow Zipf's law: this many save nearly all the work, in a few megabytes. */
const REMEMBERED = 32_768;

/** A word and the tokens of what it begins with. */
const withOwnBeginnings = memoise((word) => {
  let text = word;
  let letters = BEGINNING_MARK;
  let length = 0;
  for (const letter of word) {
    letters += letter;
    text += ` ${letters}`;
    length += 1;
    if (length === MAX_BEGINNING) {
      break;
    }
  }
  return text;
}, REMEMBERED);

/** Words with what they begin with, as the text of a column. */
export function withBeginnings(words: readonly string[]): string {
  let text = "";
  for (const word of words) {
    text += `${withOwnBeginnings(word)} `;
  }
  return text;
}
