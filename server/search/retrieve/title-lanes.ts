/**
 * Lanes that look for titles by their keys and by how they begin: they find a book however many
 * others, more read ones, have the same words.
 */
import type { IndexedBook } from "#server/catalog/ranking/indexed-book.ts";
import type { QueryWord } from "#server/catalog/ranking/query-words.ts";
import { romanTitle } from "#server/catalog/text/roman-key.ts";
import { titleKeys } from "#server/catalog/text/title-keys.ts";
import { titleLetters } from "#server/catalog/text/title-letters.ts";
import { allOf } from "#server/sqlite/fences.ts";
import { soundingTitleToken, titleToken } from "#server/sqlite/key-tokens.ts";
import type { Lane } from "#server/sqlite/read/lanes.ts";
import { inColumn, joinParts, quote } from "../understand/plan.ts";
import type { Searched, WordReader } from "../understand/word-reader.ts";
import { densityOf } from "./word-parts.ts";

/** Runs a lane narrowed by the filter; returns how many works it matched. */
export type RunLane = (
  name: string,
  expression: string | undefined,
  limit: number,
  rest: Pick<Lane, "indexedWords" | "titleKeyRange" | "density" | "isPromising" | "mostEffort">,
) => number;

const MAX_AUTHOR_WORDS = 3;
const MAX_WORDS_FOR_SPLITS = 24;
const MAX_WORDS_FOR_NEIGHBOURS = 8;
/** In a longer query a word is there twice for other reasons. */
const MAX_WORDS_FOR_NAMESAKES = 3;
const MIN_NEIGHBOUR_LENGTH = 3;
const EXACT_LIMIT = 40;
/** "of the" is nobody's name. */
const LEAST_NAME_INFORMATION = 6;
/** Few works have the same title, so that a walk for one passes hardly any entries. */
const KEY_DENSITY = 0.001;
const SPLIT_LIMIT = 30;
const NAMED_LIMIT = 30;
const BEGUN_LIMIT = 60;
/** The most read of those that begin as typed. */
const BEGUN_RANKED = 30;
const MANY_BEGUN = 2_000;

export class TitleLanes {
  #words: readonly QueryWord[];
  #reader: WordReader;
  #workCount: number;
  #run: RunLane;

  constructor(words: readonly QueryWord[], reader: WordReader, workCount: number, run: RunLane) {
    this.#words = words;
    this.#reader = reader;
    this.#workCount = workCount;
    this.#run = run;
  }

  /** The whole query is a title, however it is spaced and punctuated. */
  exactTitle(text: string): void {
    const keys = titleKeys(text.replace(/[^\p{L}\p{N}\p{M}'’&+#.-]+/gu, " ").trim());
    const tokens = keys.map(titleToken);
    const romans = romanTitle(text);
    if (romans.length > 0) tokens.push(soundingTitleToken(romans));
    this.#run("exact_title", joinParts(tokens.map(quote), "OR"), EXACT_LIMIT, {
      indexedWords: 0,
      density: KEY_DENSITY,
      titleKeyRange: { start: 0, end: this.#words.length },
    });
  }

  /**
   * Titles that begin as typed, however few read them; false if none is known to. One word begins too
   * many: there popularity decides.
   */
  begun(): boolean {
    const last = this.#words.at(-1);
    if (last === undefined || this.#words.length < 2) return false;
    const letters = titleLetters(this.#words.map(({ token }) => token).join(" "));
    const begun = this.#reader.titleBegun(letters);
    if (begun === undefined) return false;
    const promising = new Set<number>();
    const isPromising = (book: IndexedBook) => {
      if (promising.size < BEGUN_RANKED && book.hasTitleBegun(letters)) promising.add(book.id);
      return promising.has(book.id);
    };
    const run = (parts: readonly Searched[]) =>
      this.#run("title_begun", allOf(parts.map(({ expression }) => expression)), BEGUN_LIMIT, {
        indexedWords: 0,
        density: densityOf(parts, this.#workCount),
        isPromising,
      });
    // The index has beginnings of some lengths; where many books have one, the last word tells more.
    const isCommon = begun.workCount > MANY_BEGUN;
    const found = isCommon ? BEGUN_LIMIT : run([begun]);
    if (found === BEGUN_LIMIT && promising.size < BEGUN_RANKED) {
      run([begun, this.#reader.begun(last)]);
    }
    return promising.size > 0;
  }

  /** A word typed twice is one of the title and one of a name: "cicero cicero". */
  namedAfterAuthor(): void {
    const tokens = this.#words.map(({ token }) => token);
    const twice = this.#words.find(({ token }, index) => tokens.indexOf(token) < index);
    if (twice === undefined || twice.information < LEAST_NAME_INFORMATION) return;
    if (tokens.length > MAX_WORDS_FOR_NAMESAKES) return;
    const word = quote(twice.token);
    const both = allOf([inColumn("title", word), inColumn("author", word)]);
    this.#run("named_after_author", both, NAMED_LIMIT, {
      indexedWords: 0,
      density: densityOf([twice, twice], this.#workCount),
    });
  }

  /** The first or last words are an author, the others a title. */
  titleAndAuthor(): void {
    const words = this.#words;
    const count = words.length;
    if (count < 2 || count > MAX_WORDS_FOR_SPLITS) return;
    for (let length = 1; length <= Math.min(MAX_AUTHOR_WORDS, count - 1); length++) {
      this.#split(words, 0, count - length);
      this.#split(words, length, count);
    }
  }

  #split(words: readonly QueryWord[], start: number, end: number): void {
    let last = end;
    let first = start;
    if (end < words.length && words[end - 1]?.token === "by" && end - start > 1) last -= 1;
    if (start > 0 && words[start]?.token === "by" && end - start > 1) first += 1;
    const title = words.slice(first, last);
    const keys = titleKeys(title.map((word) => word.token).join(" "));
    const key = joinParts(
      keys.map((one) => quote(titleToken(one))),
      "OR",
    );
    if (key === undefined) return;
    const titleKeyRange = { start: first, end: last };
    const lane = { indexedWords: 0, density: KEY_DENSITY, titleKeyRange };
    // The ranking function compares the author by ear; only a title of many works needs help.
    if (this.#run("title_and_author", key, SPLIT_LIMIT, lane) < SPLIT_LIMIT) return;
    const authors = [...words.slice(0, start), ...words.slice(end)].filter(
      (word) => word.information >= LEAST_NAME_INFORMATION,
    );
    if (authors.length === 0) return;
    const names = authors.map((word) => this.#reader.loose(word));
    this.#run(
      "title_and_author",
      allOf([key, ...names.map(({ expression }) => `author : ${expression}`)]),
      SPLIT_LIMIT,
      {
        ...lane,
        // Of each work with the title a page of every name's list is read.
        density: Math.max(KEY_DENSITY, densityOf(names, this.#workCount)),
      },
    );
  }

  /** Whole titles that differ from the query in one word that may have been meant otherwise. */
  neighbourTitles(): void {
    const words = this.#words;
    if (words.length > MAX_WORDS_FOR_NEIGHBOURS) return;
    const tokens = new Set<string>();
    for (const [index, word] of words.entries()) {
      if (word.token.length < MIN_NEIGHBOUR_LENGTH) continue;
      for (const { word: other } of this.#reader.alternatives(word)) {
        const title = words.map((one, at) => (at === index ? other : one.token)).join(" ");
        for (const key of titleKeys(title)) tokens.add(titleToken(key));
      }
    }
    this.#run("neighbour_title", joinParts([...tokens].map(quote), "OR"), EXACT_LIMIT, {
      indexedWords: 0,
      density: KEY_DENSITY,
    });
  }
}
