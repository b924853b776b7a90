/** How one word of a query matches one word of a book, and what that costs in bits. */
import { romanKey } from "#server/catalog/text/roman-key.ts";
import type { QueryWord, RankingQuery } from "./query-words.ts";
import { LEAST_LETTER_BITS, typoBits } from "./typo-cost.ts";
import {
  FINISHED_PREFIX_BITS,
  KNOWN_WORD_BITS,
  KNOWN_WORD_WORKS,
  MAX_ROMAN_REACH,
  MAX_SHORT_TYPO_BITS,
  MAX_TYPO_BITS,
  PREFIX_BITS,
  PREFIX_LETTER_BITS,
  SMALL_WORD_BITS,
  TRANSLITERATION_BITS,
  UNEXPECTED_PREFIX_BITS,
} from "./weights.ts";

export type MatchWay = "words" | "prefix" | "spelling" | "transliteration" | "initials";

/** How one word of the query matches one word of a book. */
export type WordMatch = {
  way: MatchWay;
  bits: number;
  /** The book's word. */
  word: string;
  /** Where it stands among the words that were compared; -1 if that is not known. */
  position: number;
  /** How many of the book's words it is: "darthur" is two of "le morte d arthur". */
  length: number;
};

export function compareWords(
  word: QueryWord,
  other: string,
  query: RankingQuery,
  limit: number,
): WordMatch | undefined {
  const typed = word.token;
  let best: WordMatch | undefined;
  if (word.last && other.length > typed.length && other.startsWith(typed)) {
    const bits =
      PREFIX_BITS +
      Math.min(PREFIX_LETTER_BITS * (other.length - typed.length), 1) +
      unexpectedBits(query);
    best = { way: "prefix", bits, word: other, position: 0, length: 1 };
  }
  if (!query.isFuzzy) {
    return best;
  }
  if (isRomanised(word) && word.roman === romanKey(other)) {
    best = cheaper(best, {
      way: "transliteration",
      bits: TRANSLITERATION_BITS,
      word: other,
      position: 0,
      length: 1,
    });
  }
  if (limit === 0 || other.length < 2) {
    return best;
  }
  const bits = typoBits(typed, other, limit, false);
  if (bits === Number.POSITIVE_INFINITY) {
    return best;
  }
  const known = word.workCount >= KNOWN_WORD_WORKS ? KNOWN_WORD_BITS : 0;
  return cheaper(best, {
    way: "spelling",
    bits: bits + known,
    word: other,
    position: 0,
    length: 1,
  });
}

/** The most bits that a slip in a word may cost; 0 for words and numbers in which none is. */
export function typoLimit({ token, workCount, information, number, quoted }: QueryWord): number {
  if (quoted || token.length < 3 || number !== undefined || /[0-9]/.test(token)) {
    return 0;
  }
  // A short word that books have is nearly always meant as it stands.
  if (token.length <= 3 && workCount > 0) {
    return information < SMALL_WORD_BITS ? 0 : MAX_SHORT_TYPO_BITS;
  }
  return Math.min(MAX_TYPO_BITS, 3.2 * token.length - 2);
}

/** See WordMatcher.#reach; -1 if a word matches nothing but itself. */
export function reachOf(word: QueryWord, limit: number): number {
  // Romanised, words of very different lengths are one: "dzhugashvili", "jugasvili".
  if (isRomanised(word)) {
    return MAX_ROMAN_REACH;
  }
  return limit === 0 ? -1 : Math.floor(limit / LEAST_LETTER_BITS);
}

/** True if a word is another one in other transliterations. */
export function isRomanised({ roman, token, quoted }: QueryWord): boolean {
  return !quoted && roman !== token && roman.length > 2;
}

function cheaper(one: WordMatch | undefined, other: WordMatch): WordMatch {
  return one !== undefined && one.bits <= other.bits ? one : other;
}

/**
 * False if the last word is one that books have and nobody said that it is unfinished: then a whole
 * word is meant.
 */
export function mayBePrefix(query: RankingQuery): boolean {
  const last = query.words.at(-1);
  return query.unfinished || last === undefined || last.workCount === 0 || last.field !== undefined;
}

export function unexpectedBits(query: RankingQuery): number {
  if (query.unfinished) {
    return 0;
  }
  return mayBePrefix(query) ? UNEXPECTED_PREFIX_BITS : FINISHED_PREFIX_BITS;
}
