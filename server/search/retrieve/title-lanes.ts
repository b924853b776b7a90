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
import { searchSeriesRuns, searchTitleRuns } from "./title-runs.ts";
import { densityOf } from "./word-parts.ts";

/** Runs a lane narrowed by the filter; returns how many works it matched. */
export type RunLane = (
  name: string,
  expression: string | undefined,
  limit: number,
  rest: Pick<Lane, "indexedWords" | "titleKeyRange" | "density" | "isPromising" | "mostEffort">,
) => number;

const MAX_WORDS_FOR_NEIGHBOURS = 8;
/** In a longer query a word is there twice for other reasons. */
const MAX_WORDS_FOR_NAMESAKES = 3;
const MIN_NEIGHBOUR_LENGTH = 3;
const EXACT_LIMIT = 40;
/** "of the" is nobody's name. */
const LEAST_NAME_INFORMATION = 6;
/** Few works have the same title, so that a walk for one passes hardly any entries. */
const KEY_DENSITY = 0.001;
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
    // What follows a dash or a full stop is more often a title behind a name than a subtitle.
    const whole = text.replace(/\s[-–—]+\s|(?<=\p{L}{2})\.(?=\s)/gu, " ");
    const keys = titleKeys(whole.replace(/[^\p{L}\p{N}\p{M}'’&+#.-]+/gu, " ").trim());
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

  /** Any words side by side are a whole title, the others an author, a number or words about the asking. */
  titleRuns(): void {
    searchTitleRuns(this.#words, this.#reader, this.#run);
  }

  /** Words side by side are the name of a series. */
  seriesRuns(): void {
    searchSeriesRuns(this.#words, this.#run);
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
