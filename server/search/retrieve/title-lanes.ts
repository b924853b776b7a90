/**
 * Lanes that search titles by key (the whole title) and by prefix. They find an unknown book even if
 * thousands of more popular books have the same words.
 */
import type { QueryWord } from "#server/catalog/ranking/query-words.ts";
import { romanTitle } from "#server/catalog/text/roman-key.ts";
import { titleKeys } from "#server/catalog/text/title-keys.ts";
import { titleLetters } from "#server/catalog/text/title-letters.ts";
import { anyOf, type Expression, inField, titleOf, wordOf } from "../expression.ts";
import type { SearchedWord, WordReader } from "../understand/word-reader.ts";
import type { Candidates, SearchLane } from "./candidates.ts";
import { titleLane } from "./title-lane.ts";
import { searchSeriesRuns, searchTitleRuns } from "./title-runs.ts";

const MAX_WORDS_FOR_NEIGHBOURS = 8;
/** In a longer query a repeated word is rarely a title and a name. */
const MAX_WORDS_FOR_NAMESAKES = 3;
const MIN_NEIGHBOUR_LENGTH = 3;
const EXACT_LIMIT = 40;
/** Words of less information ("of", "the") are no author's name. */
const LEAST_NAME_INFORMATION = 6;
const NAMED_LIMIT = 30;
const TITLE_PREFIX_LIMIT = 60;
/** Of the titles with the prefix, so many of the most popular are ranked. */
const TITLE_PREFIX_RANKED = 30;
const COMMON_PREFIX_WORKS = 2_000;

export class TitleLanes {
  #words: readonly QueryWord[];
  #reader: WordReader;
  #candidates: Candidates;

  constructor(words: readonly QueryWord[], reader: WordReader, candidates: Candidates) {
    this.#words = words;
    this.#reader = reader;
    this.#candidates = candidates;
  }

  /** The whole query is a title, or a name that is both title and author ("cicero cicero"). */
  async whole(text: string): Promise<void> {
    const lanes = [this.#exactTitle(text), this.#namedAfterAuthor()];
    await this.#candidates.run(lanes.filter((lane) => lane !== undefined));
  }

  /** The whole query is a title, however it is spaced and punctuated. */
  #exactTitle(text: string): SearchLane | undefined {
    // After a dash or full stop comes more often a title ("Austen - Emma") than a subtitle.
    const whole = text.replace(/\s[-–—]+\s|(?<=\p{L}{2})\.(?=\s)/gu, " ");
    const keys = titleKeys(whole.replace(/[^\p{L}\p{N}\p{M}'’&+#.-]+/gu, " ").trim());
    const titles: Expression[] = keys.map(titleOf);
    const romans = romanTitle(text);
    if (romans.length > 0) {
      titles.push({ kind: "titleSound", key: romans.join("") });
    }
    const titleKeyRange = { start: 0, end: this.#words.length };
    return titleLane("exact_title", anyOf(titles), EXACT_LIMIT, { titleKeyRange });
  }

  /** A word typed twice is searched in the title and in the author's name: "cicero cicero". */
  #namedAfterAuthor(): SearchLane | undefined {
    const tokens = this.#words.map(({ token }) => token);
    const twice = this.#words.find(({ token }, index) => tokens.indexOf(token) < index);
    if (twice === undefined || twice.information < LEAST_NAME_INFORMATION) {
      return undefined;
    }
    if (tokens.length > MAX_WORDS_FOR_NAMESAKES) {
      return undefined;
    }
    const { token, workCount } = twice;
    const inBoth = (["title", "author"] as const).map((field) => inField(field, wordOf(token)));
    const parts = inBoth.map((expression) => ({ expression, workCount }));
    return { name: "named_after_author", parts, limit: NAMED_LIMIT };
  }

  /**
   * Titles with the query as a prefix, however unpopular. A query of one word is left to the other
   * lanes, since too many titles begin with it.
   * @returns true if there are any.
   */
  async byPrefix(): Promise<boolean> {
    const last = this.#words.at(-1);
    if (last === undefined || this.#words.length < 2) {
      return false;
    }
    const letters = titleLetters(this.#words.map(({ token }) => token).join(" "));
    await this.#reader.loadTitlePrefix(letters);
    const begun = this.#reader.titlePrefix(letters);
    if (begun === undefined) {
      return false;
    }
    const promising = new Set<number>();
    const run = async (parts: readonly SearchedWord[]) => {
      const titleBegun = { letters, limit: TITLE_PREFIX_RANKED };
      const lane = { name: "title_begun", parts, limit: TITLE_PREFIX_LIMIT, titleBegun };
      const [result] = await this.#candidates.run([lane]);
      for (const { books } of result?.walks ?? []) {
        for (const { id } of books) {
          promising.add(id);
        }
      }
      return result?.found ?? 0;
    };
    // The index has prefixes of certain lengths only; the last word narrows a common one.
    const isCommon = begun.workCount > COMMON_PREFIX_WORKS;
    const found = isCommon ? TITLE_PREFIX_LIMIT : await run([begun]);
    if (found === TITLE_PREFIX_LIMIT && promising.size < TITLE_PREFIX_RANKED) {
      await this.#reader.loadPrefix(last);
      await run([begun, this.#reader.prefix(last)]);
    }
    return promising.size > 0;
  }

  /** Neighbouring words are a whole title; the others are an author, a number or request words. */
  async titleRuns(): Promise<void> {
    await searchTitleRuns(this.#words, this.#reader, this.#candidates);
  }

  /** Neighbouring words are the name of a series. */
  async seriesRuns(): Promise<void> {
    await searchSeriesRuns(this.#words, this.#candidates);
  }

  /** Whole titles that differ from the query in one word: "pride and prejudise". */
  async neighbourTitles(): Promise<void> {
    const words = this.#words;
    if (words.length > MAX_WORDS_FOR_NEIGHBOURS) {
      return;
    }
    const isLong = ({ token }: QueryWord) => token.length >= MIN_NEIGHBOUR_LENGTH;
    await this.#reader.loadAlternatives(words.filter(isLong));
    const found = new Set<string>();
    for (const [index, word] of words.entries()) {
      if (!isLong(word)) {
        continue;
      }
      for (const { word: other } of this.#reader.alternatives(word)) {
        const title = words.map((one, at) => (at === index ? other : one.token)).join(" ");
        for (const key of titleKeys(title)) {
          found.add(key);
        }
      }
    }
    const titles = anyOf([...found].map(titleOf));
    const lane = titleLane("neighbour_title", titles, EXACT_LIMIT);
    if (lane !== undefined) {
      await this.#candidates.run([lane]);
    }
  }
}
