/**
 * Tokens of the `key` column: exact things (a title, an author, a language …) in the same inverted
 * index as the words, so that a filter is one more term of the AND that FTS5 leapfrogs through.
 *
 * They can't collide with words, which are [a-z0-9] or CJK, because they are made of supplementary
 * code points, as short as possible: one code point for what has few values, two (40 bits) for what has millions:
 *
 *     U+F0000 + n            language, year, decade, century, demotion
 *     U+10000 + 2 bits kind, 18 bits  |  U+10000 + 20 bits      author, title, heading, name
 *
 * Two of a hundred million headings share 38 hash bits with a chance of 4 in 10,000: a filter may
 * then let a foreign book pass, which is why exact titles are compared again when ranked.
 */

import { hash53 } from "#server/catalog/text/hash53.ts";

const LANGUAGE_BASE = 0xf0000; // 26 ** 3 codes of three letters
const YEAR_BASE = 0xf5000; // years -5000 … 3000
const DECADE_BASE = 0xf7000; // decades -500 … 300
const CENTURY_BASE = 0xf7400; // centuries -50 … 30
const DEMOTED = 0xf7500;
const HAS_RATING = 0xf7501;

const MIN_YEAR = -5000;
const MAX_YEAR = 3000;

const AUTHOR_KIND = 0;
const TITLE_KIND = 1;
const SUBJECT_KIND = 2;
const NAME_KIND = 3;

/** 2 to the power of 38: how many values a two-code-point token tells apart within its kind. */
const HASH_RANGE = 2 ** 38;

/** The token of books in a language, by MARC code; undefined if the code isn't three letters. */
export function languageToken(code: string): string | undefined {
  if (!/^[a-z]{3}$/.test(code)) {
    return undefined;
  }
  const number =
    (code.charCodeAt(0) - 97) * 676 + (code.charCodeAt(1) - 97) * 26 + (code.charCodeAt(2) - 97);
  return String.fromCodePoint(LANGUAGE_BASE + number);
}

/** Tokens under which a book of a year is found: the year, its decade and its century. */
export function yearTokens(year: number): string[] {
  if (year === 0 || year < MIN_YEAR || year > MAX_YEAR) {
    return [];
  }
  return [yearToken(year), decadeToken(year), centuryToken(year)];
}

function decadeToken(year: number): string {
  return String.fromCodePoint(DECADE_BASE + 500 + Math.floor(year / 10));
}

/** The fewest tokens that cover a range of years, both ends included. */
export function yearRangeTokens(from: number | undefined, to: number | undefined): string[] {
  const first = Math.max(from ?? MIN_YEAR, MIN_YEAR);
  const last = Math.min(to ?? MAX_YEAR, MAX_YEAR);
  const tokens: string[] = [];
  for (let year = first; year <= last; ) {
    if (year % 100 === 0 && year + 99 <= last) {
      tokens.push(centuryToken(year));
      year += 100;
    } else if (year % 10 === 0 && year + 9 <= last) {
      tokens.push(decadeToken(year));
      year += 10;
    } else {
      if (year !== 0) {
        tokens.push(yearToken(year));
      }
      year += 1;
    }
  }
  return tokens;
}

/** Whether `yearTokens` of a year are among the `yearRangeTokens` of a range. */
export function isInYears(year: number, from: number | undefined, to: number | undefined): boolean {
  const first = Math.max(from ?? MIN_YEAR, MIN_YEAR);
  const last = Math.min(to ?? MAX_YEAR, MAX_YEAR);
  return year !== 0 && year >= first && year <= last;
}

/** The token of books that are reprints on demand, summaries or notebooks. */
export const demotedToken: string = String.fromCodePoint(DEMOTED);

/** The token of books that somebody rated. */
export const ratedToken: string = String.fromCodePoint(HAS_RATING);

/** The token of an author's books, by key ("OL26320A"); undefined if it is no such key. */
export function authorToken(key: string): string | undefined {
  const digits = /^OL([1-9][0-9]{0,10})A$/.exec(key)?.[1];
  return digits === undefined ? undefined : sparseToken(AUTHOR_KIND, Number(digits));
}

/** The token of an exact title, by one of its `titleKeys`. */
export function titleToken(titleKey: string): string {
  return sparseToken(TITLE_KIND, hash53(titleKey) % HASH_RANGE);
}

/** The token of a title as it sounds in any transliteration, by its `romanTitle` in one piece. */
export function soundingTitleToken(roman: string): string {
  return sparseToken(TITLE_KIND, hash53(`r ${roman}`) % HASH_RANGE);
}

/** The token of a subject, person, place or time, by its squashed heading. */
export function subjectToken(squashed: string): string {
  return sparseToken(SUBJECT_KIND, hash53(squashed) % HASH_RANGE);
}

/** The token of a series, by its squashed title. */
export function seriesToken(squashed: string): string {
  return sparseToken(NAME_KIND, hash53(`s ${squashed}`) % HASH_RANGE);
}

/** The token of a publisher, by its squashed name. */
export function publisherToken(squashed: string): string {
  return sparseToken(NAME_KIND, hash53(`p ${squashed}`) % HASH_RANGE);
}

/** The token of a much read title or series, by one of its `acronymsOf`. */
export function acronymToken(letters: string): string {
  return sparseToken(NAME_KIND, hash53(`a ${letters}`) % HASH_RANGE);
}

/** The token of a word that a title has in two parts ("letranger" of "l'étranger"). */
export function elidedToken(joined: string): string {
  return sparseToken(NAME_KIND, hash53(`e ${joined}`) % HASH_RANGE);
}

/** The token of a word as it sounds in any transliteration, by its `romanKey`. */
export function romanToken(romanKey: string): string {
  return sparseToken(NAME_KIND, hash53(`r ${romanKey}`) % HASH_RANGE);
}

function yearToken(year: number): string {
  return String.fromCodePoint(YEAR_BASE - MIN_YEAR + year);
}

function centuryToken(year: number): string {
  return String.fromCodePoint(CENTURY_BASE + 50 + Math.floor(year / 100));
}

function sparseToken(kind: number, value: number): string {
  const high = Math.floor(value / 2 ** 20) % 2 ** 18;
  const low = value % 2 ** 20;
  return String.fromCodePoint(0x10000 + kind * 2 ** 18 + high, 0x10000 + low);
}
