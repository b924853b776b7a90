/**
 * Which words of the query a book's words answer, and at what cost in bits: the raw material of the
 * ranking function (rank.ts). Words of one title variant, of the names and of the series are
 * compared each on their own; the best place for each word of the query wins.
 */

import { numberValue } from "#server/catalog/text/number-value.ts";
import {
  compareWords,
  isRomanised,
  reachOf,
  typoLimit,
  unexpectedBits,
  type WordMatch,
} from "./compare-words.ts";
import { type AuthorNames, MAX_INITIALS } from "./indexed-book.ts";
import type { QueryWord, RankingQuery } from "./query-words.ts";
import { type Letters, leastBits, lettersOf } from "./typo-cost.ts";
import { COMPOUND_BITS, INITIAL_BITS, OTHER_NUMBER_BITS, STRAY_LETTER_BITS } from "./weights.ts";

/** Compares words of a query with words of books; remembers pairs, since books share words. */
export class WordMatcher {
  #query: RankingQuery;
  /** For each word of the query, the words it was compared with; null where they are unlike. */
  #known: Map<string, WordMatch | null>[];
  /** For each word the most bits that a slip in it may cost. */
  #limits: number[];
  /** For each word the most letters that a word it is compared with may have more or less. */
  #reach: number[];
  /** For each word its letters; undefined if unlike letters can be the same word, transliterated. */
  #letters: (Letters | undefined)[];
  #unexpectedBits: number;
  /** The letters of words that were compared; each list of words meets every word of the query. */
  #lettersOfWords = new Map<readonly string[], readonly Letters[]>();
  /** True if a word of the query stands in it twice ("there there"). */
  readonly hasRepeats: boolean;

  constructor(query: RankingQuery) {
    this.#query = query;
    this.#unexpectedBits = unexpectedBits(query);
    this.#known = query.words.map(() => new Map());
    this.#limits = query.words.map(typoLimit);
    this.#reach = query.words.map((word, index) => reachOf(word, this.#limits[index] ?? 0));
    this.#letters = query.words.map((word) =>
      isRomanised(word) ? undefined : lettersOf(word.token),
    );
    this.hasRepeats = new Set(query.words.map((word) => word.token)).size < query.words.length;
  }

  /**
   * The best match of a word among a book's words; undefined if there is none. Where a word stands
   * more than once, the place after `before` is preferred, so that phrases stay together.
   */
  best(
    word: QueryWord,
    index: number,
    among: readonly string[],
    before = -1,
  ): WordMatch | undefined {
    const exact = exactPosition(word.token, among, before);
    if (exact >= 0) {
      return { way: "words", bits: 0, word: word.token, position: exact, length: 1 };
    }
    const number = numberMatch(word, among);
    if (number !== undefined) {
      return number;
    }
    let best = compoundMatch(word.token, among) ?? this.#compoundBegun(word, among);
    // As typed, only the last word can match anything but itself.
    if (!word.last && !this.#query.isFuzzy) {
      return best;
    }
    const reach = this.#query.isFuzzy ? (this.#reach[index] ?? 0) : -1;
    if (reach < 0 && !word.last) {
      return best;
    }
    const letters = this.#letters[index];
    const others = letters === undefined || reach < 0 ? [] : this.#lettersIn(among);
    for (let position = 0; position < among.length; position++) {
      const other = among[position] ?? "";
      if (!(word.last && other.startsWith(word.token))) {
        if (Math.abs(other.length - word.token.length) > reach) {
          continue;
        }
        const theirs = others[position];
        if (letters !== undefined && theirs !== undefined) {
          const bits = leastBits(word.token, letters, other, theirs);
          if (bits > (this.#limits[index] ?? 0)) {
            continue;
          }
        }
      }
      const match = this.#compare(word, index, other);
      if (match === undefined) {
        continue;
      }
      const bits =
        match.way === "prefix" && position !== before + 1 ? match.bits + 1.5 : match.bits;
      if (best === undefined || bits < best.bits) {
        best = { ...match, bits, position };
      }
    }
    return best;
  }

  /** As `best`, in a person's names: initials stand for names, and names for initials. */
  bestInName(word: QueryWord, index: number, author: AuthorNames): WordMatch | undefined {
    const best = this.best(word, index, author.words);
    if (best?.bits === 0 || word.token.length > MAX_INITIALS || best?.way === "prefix") {
      return best;
    }
    const initial = author.forms.find((form) => beginsWith(word.token, form.split(" ")));
    if (initial === undefined) {
      return best;
    }
    return { way: "initials", bits: INITIAL_BITS, word: word.token, position: 0, length: 1 };
  }

  /** A last word that begins two neighbours written together: "durb" of "d urbervilles". */
  #compoundBegun({ token, last }: QueryWord, among: readonly string[]): WordMatch | undefined {
    if (!last || token.length < 4) {
      return undefined;
    }
    for (let position = 0; position + 1 < among.length; position++) {
      const word = among[position] ?? "";
      if (!token.startsWith(word) || word === "") {
        continue;
      }
      if (!`${word}${among[position + 1]}`.startsWith(token)) {
        continue;
      }
      // One letter more is an ending ("anns") more often than the next word's first.
      const stray = token.length - word.length < 2 ? STRAY_LETTER_BITS : 0;
      const bits = COMPOUND_BITS + stray + this.#unexpectedBits;
      return { way: "prefix", bits, word, position, length: 2 };
    }
    return undefined;
  }

  #lettersIn(words: readonly string[]): readonly Letters[] {
    const known = this.#lettersOfWords.get(words);
    if (known !== undefined) {
      return known;
    }
    const letters = words.map(lettersOf);
    this.#lettersOfWords.set(words, letters);
    return letters;
  }

  #compare(word: QueryWord, index: number, other: string): WordMatch | undefined {
    // To compare words as typed takes less time than to look them up.
    if (!this.#query.isFuzzy) {
      return compareWords(word, other, this.#query, 0);
    }
    const known = this.#known[index]?.get(other);
    if (known !== undefined) {
      return known ?? undefined;
    }
    const compared = compareWords(word, other, this.#query, this.#limits[index] ?? 0);
    this.#known[index]?.set(other, compared ?? null);
    return compared;
  }
}

/** A number written otherwise: "3" of "part iii". */
function numberMatch(
  { number, token }: QueryWord,
  among: readonly string[],
): WordMatch | undefined {
  // Zeros in front are part of a name: "007" is no "Seven".
  if (number === undefined || token.startsWith("0")) {
    return undefined;
  }
  const position = among.findIndex((word) => numberValue(word) === number);
  const word = among[position];
  if (word === undefined || word === token) {
    return undefined;
  }
  return { way: "words", bits: OTHER_NUMBER_BITS, word, position, length: 1 };
}

/** True if words of a name, one after the other, begin with the letters of `initials`. */
function beginsWith(initials: string, name: readonly string[]): boolean {
  for (let start = 0; start + initials.length < name.length; start++) {
    let length = 0;
    while (name[start + length]?.charAt(0) === initials.charAt(length)) {
      length += 1;
      if (length === initials.length) {
        return true;
      }
    }
  }
  return false;
}

/** Where a word stands, best right after `before`, else behind it, else anywhere; -1 if nowhere. */
function exactPosition(token: string, among: readonly string[], before: number): number {
  if (among[before + 1] === token) {
    return before + 1;
  }
  const behind = among.indexOf(token, before + 1);
  return behind >= 0 || before < 0 ? behind : among.indexOf(token);
}

/** A word that is two neighbours of the book written together. */
function compoundMatch(token: string, among: readonly string[]): WordMatch | undefined {
  if (token.length < 4) {
    return undefined;
  }
  for (let position = 0; position + 1 < among.length; position++) {
    const one = among[position] ?? "";
    const other = among[position + 1] ?? "";
    if (one.length + other.length === token.length && token === one + other) {
      return { way: "words", bits: COMPOUND_BITS, word: one, position, length: 2 };
    }
  }
  return undefined;
}
