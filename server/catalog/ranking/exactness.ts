/** Bits for a query that is a whole title, the start of a title, or a place in a series. */

import { smallWords } from "./coverage.ts";
import type { IndexedBook } from "./indexed-book.ts";
import type { NameReading } from "./names.ts";
import type { QueryWord, RankingQuery } from "./query-words.ts";
import type { RankedWord } from "./ranked-work.ts";
import {
  ASKED_SERIES_BITS,
  BARE_NUMBER_BITS,
  BEGUN_BITS,
  CERTAINTY_OF_TYPOS,
  EXACT_SHORT_TITLE_BITS,
  EXACT_TITLE_AND_AUTHOR_BITS,
  EXACT_TITLE_BITS,
  EXACT_UNFINISHED_TITLE_BITS,
  FAMILY_NAME_BITS,
  LEAST_CERTAINTY,
  LEFT_OUT_BITS,
  MARKED_NUMBER_BITS,
  MAX_POSITION_BITS,
  MIN_NAME_INFORMATION,
  NAME_WORD_BITS,
  NAMED_SERIES_BITS,
  NUMBER_IN_BEGUN_SERIES_BITS,
  NUMBER_IN_PART_OF_SERIES_BITS,
  NUMBER_IN_SERIES_BITS,
  POSITION_BITS,
  SHORT_KEY_LETTERS,
  SHORT_TITLE_WORDS,
  SHORTENED_TITLE_BITS,
  TITLE_FIRST_WORD_BITS,
  TITLE_START_BITS,
  WHOLE_SERIES_BITS,
} from "./weights.ts";

/** The query without its request words ("pdf", "books by"), and where the other words were found. */
export type ContentQuery = { query: RankingQuery; words: readonly RankedWord[] };

/**
 * Bits for a whole title, perhaps with its author ("emma austen").
 * @param isPart the query has request words beside it ("emma pdf").
 */
export function wholeTitleBits(content: ContentQuery, names: NameReading, isPart: boolean): number {
  const bits = titleBits(content, names);
  // A title that contains the request words ranks higher: "The Book Thief" before "Thief".
  if (!isPart) {
    return bits;
  }
  return (
    (bits < EXACT_TITLE_AND_AUTHOR_BITS ? Math.min(bits, EXACT_TITLE_BITS) : bits) - LEFT_OUT_BITS
  );
}

function titleBits({ query, words }: ContentQuery, names: NameReading): number {
  const titleWords = words.filter((word) => word.field === "title");
  const typos = titleWords.reduce((sum, word) => sum + (word.match?.bits ?? 0), 0);
  const certainty = certaintyOf(typos);
  const authors = words.filter(
    (word, index) =>
      word.field === "author" && (query.words[index]?.information ?? 0) >= MIN_NAME_INFORMATION,
  );
  if (authors.length === 0) {
    // Small words that stand in an author's name ("de", "van") name no author and no title.
    if (titleWords.length < words.length) {
      return certainty * NAME_WORD_BITS;
    }
    // A short key may be that of another title without its spaces: "N by E" for "bye".
    const isDoubtful = titleWords.every(
      ({ match }) => match?.position === -1 && match.word.length <= SHORT_KEY_LETTERS,
    );
    if (words.length > SHORT_TITLE_WORDS || isDoubtful) {
      return certainty * EXACT_TITLE_BITS;
    }
    return certainty * (query.unfinished ? EXACT_UNFINISHED_TITLE_BITS : EXACT_SHORT_TITLE_BITS);
  }
  const asTyped = typos === 0 && authors.every((word) => (word.match?.bits ?? 0) <= 2);
  if (names.familyName && asTyped) {
    return EXACT_TITLE_AND_AUTHOR_BITS;
  }
  return certainty * (EXACT_TITLE_BITS + (names.familyName ? FAMILY_NAME_BITS : NAME_WORD_BITS));
}

/** Bits for the start of a title ("the great"); `typos` in bits. */
export function startBits(
  { query, words }: ContentQuery,
  { begun, typos }: { begun: boolean; typos: number },
): number {
  const count = words.filter((word) => word.field === "title").length;
  const certainty = certaintyOf(typos);
  if (count === words.length && (begun || query.unfinished)) {
    return certainty * BEGUN_BITS;
  }
  if (count === 1) {
    return count === words.length ? certainty * TITLE_FIRST_WORD_BITS : 0;
  }
  return certainty * TITLE_START_BITS;
}

/** Bits for a title whose last word was shortened, behind one that says something: "les mis". */
export function shortenedTitleBits({ query, words }: ContentQuery): number {
  const isTelling = words.some(
    ({ field, match }, index) =>
      field === "title" &&
      match?.way === "words" &&
      (query.words[index]?.information ?? 0) >= MIN_NAME_INFORMATION,
  );
  return isTelling ? SHORTENED_TITLE_BITS : 0;
}

/** How certain a whole name or title is, 0 to 1, if corrections in it cost `typos` bits. */
export function certaintyOf(typos: number): number {
  return Math.max(LEAST_CERTAINTY, 1 - typos / CERTAINTY_OF_TYPOS);
}

/** No series has more books; a larger number is a year. */
const MAX_POSITION = 1_000;

export type SeriesReading = {
  bits: number;
  /** The number in the series decides the order, not popularity. */
  inOrder: boolean;
};

/** Bits for the name of a series, with or without the book's number in it ("dune 2"). */
export function readSeries(content: ContentQuery, book: IndexedBook): SeriesReading {
  const { query, words } = content;
  let best: SeriesReading = { bits: 0, inOrder: false };
  for (const series of book.series) {
    const isWhole = series.words.every(
      (part) => smallWords.has(part) || words.some(({ match }) => match?.word === part),
    );
    const isNumbered =
      series.position !== "" &&
      query.words.some(
        (word) => isPosition(word, series.position) && !series.words.includes(word.token),
      );
    if (!isWhole) {
      const bits = isNumbered && isMarked(query) ? bitsOfPartOfName(content, series.words) : 0;
      best = bits > best.bits ? { bits, inOrder: false } : best;
      continue;
    }
    if (isNumbered) {
      return { bits: isMarked(query) ? NUMBER_IN_SERIES_BITS : BARE_NUMBER_BITS, inOrder: false };
    }
    const isAll = words.every(
      ({ field, match }) =>
        field === "series" || (match !== undefined && series.words.includes(match.word)),
    );
    if (!isAll) {
      continue;
    }
    const bits = query.asksSeries
      ? ASKED_SERIES_BITS - bitsOfPosition(series.position) + bitsOfItsName(content, series.words)
      : WHOLE_SERIES_BITS;
    if (bits > best.bits) {
      best = { bits, inOrder: query.asksSeries };
    }
  }
  return best;
}

/** "percy jackson 1", "wimpy kid 1": some words of a series' name, and the number of the book in it. */
function bitsOfPartOfName({ query, words }: ContentQuery, series: readonly string[]): number {
  const named = words.filter((_, index) => query.words[index]?.number === undefined);
  const isOfName = named.every(({ match }) => match !== undefined && series.includes(match.word));
  if (named.length === 0 || !isOfName) {
    return 0;
  }
  const first = series.find((word) => !smallWords.has(word));
  const isBegun = named.some(({ match }) => match?.word === first);
  return isBegun ? NUMBER_IN_BEGUN_SERIES_BITS : NUMBER_IN_PART_OF_SERIES_BITS;
}

/** "inheritance cycle" is the Inheritance Cycle rather than the Inheritance trilogy, or a book of that name. */
function bitsOfItsName({ query, words }: ContentQuery, series: readonly string[]): number {
  const isIts = words.some(
    ({ match }, index) =>
      query.words[index]?.role === "series" && match !== undefined && series.includes(match.word),
  );
  return isIts ? NAMED_SERIES_BITS : 0;
}

/** Bits for "tom sawyer part 2" where the title has "Part 2", with the word before the number. */
export function markedNumberBits(query: RankingQuery, words: readonly RankedWord[]): number {
  const hasNumber = words.some(({ field, match }, index) => {
    const isMarker = query.words[index]?.role === "number" && field === "title";
    const number = words[index + 1];
    return (
      isMarker &&
      number?.field === "title" &&
      query.words[index + 1]?.number !== undefined &&
      number.match?.position === (match?.position ?? -1) + 1
    );
  });
  return hasNumber ? MARKED_NUMBER_BITS : 0;
}

/** True if the number is marked as one ("book three") or is the last word ("twilight 2"). */
function isMarked({ words }: RankingQuery): boolean {
  return words.at(-1)?.number !== undefined || words.some(({ role }) => role === "number");
}

function bitsOfPosition(position: string): number {
  const number = Number(position);
  if (position === "" || Number.isNaN(number)) {
    return MAX_POSITION_BITS;
  }
  // Number 0 or 0.5, a prequel, was mostly written after the first book, and follows the others.
  const place = Number.isInteger(number) && number > 0 ? number : number + MAX_POSITION_BITS;
  return Math.min(POSITION_BITS * place, MAX_POSITION_BITS);
}

/** True if a word of the query is the number of a book in a series. */
export function isPosition({ token, number }: QueryWord, position: string): boolean {
  if (token === position) {
    return true;
  }
  return number !== undefined && number <= MAX_POSITION && Number(position) === number;
}

const setWords = new Set(
  "trilogy trilogie trilogia saga duology quartet tetralogy tetralogia quintet cycle zyklus".split(
    " ",
  ),
);

/** "the lord of the rings trilogy": all of it as one, rather than its books in order. */
export function asksForSet({ words }: RankingQuery): boolean {
  return (
    words.some(({ role, token }) => role === "series" && setWords.has(token)) &&
    words.every(({ role, part }) => role !== "order" && role !== "objects" && part === undefined)
  );
}
