/**
 * Lanes that look for titles by their keys and by how they begin: they find a book however many
 * others, more read ones, have the same words.
 */
import type { QueryWord } from "#server/catalog/ranking/query-words.ts";
import { romanTitle } from "#server/catalog/text/roman-key.ts";
import { titleKeys } from "#server/catalog/text/title-keys.ts";
import { titleLetters } from "#server/catalog/text/title-letters.ts";
import { anyOf, type Expression, inField, titleOf, wordOf } from "../expression.ts";
import type { SearchedWord, WordReader } from "../understand/word-reader.ts";
import type { Candidates, SearchLane } from "./candidates.ts";

const MAX_AUTHOR_WORDS = 3;
const MAX_WORDS_FOR_SPLITS = 24;
const MAX_WORDS_FOR_NEIGHBOURS = 8;
/** In a longer query a word is there twice for other reasons. */
const MAX_WORDS_FOR_NAMESAKES = 3;
const MIN_NEIGHBOUR_LENGTH = 3;
const EXACT_LIMIT = 40;
/** "of the" is nobody's name. */
const LEAST_NAME_INFORMATION = 6;
const SPLIT_LIMIT = 30;
const NAMED_LIMIT = 30;
const BEGUN_LIMIT = 60;
/** The most read of those that begin as typed. */
const BEGUN_RANKED = 30;
const MANY_BEGUN = 2_000;

export class TitleLanes {
  #words: readonly QueryWord[];
  #reader: WordReader;
  #candidates: Candidates;

  constructor(words: readonly QueryWord[], reader: WordReader, candidates: Candidates) {
    this.#words = words;
    this.#reader = reader;
    this.#candidates = candidates;
  }

  /** The whole query is a title, or two names of which one is a title. */
  async whole(text: string): Promise<void> {
    const lanes = [this.#exactTitle(text), this.#namedAfterAuthor()];
    await this.#candidates.run(lanes.filter((lane) => lane !== undefined));
  }

  /** The whole query is a title, however it is spaced and punctuated. */
  #exactTitle(text: string): SearchLane | undefined {
    const keys = titleKeys(text.replace(/[^\p{L}\p{N}\p{M}'’&+#.-]+/gu, " ").trim());
    const titles: Expression[] = keys.map(titleOf);
    const romans = romanTitle(text);
    if (romans.length > 0) titles.push({ kind: "titleSound", key: romans.join("") });
    const titleKeyRange = { start: 0, end: this.#words.length };
    return laneOf("exact_title", anyOf(titles), EXACT_LIMIT, { titleKeyRange });
  }

  /** A word typed twice is one of the title and one of a name: "cicero cicero". */
  #namedAfterAuthor(): SearchLane | undefined {
    const tokens = this.#words.map(({ token }) => token);
    const twice = this.#words.find(({ token }, index) => tokens.indexOf(token) < index);
    if (twice === undefined || twice.information < LEAST_NAME_INFORMATION) return undefined;
    if (tokens.length > MAX_WORDS_FOR_NAMESAKES) return undefined;
    const { token, workCount } = twice;
    const inBoth = (["title", "author"] as const).map((field) => inField(field, wordOf(token)));
    const parts = inBoth.map((expression) => ({ expression, workCount }));
    return { name: "named_after_author", parts, limit: NAMED_LIMIT };
  }

  /**
   * Titles that begin as typed, however few read them; false if none is known to. One word begins too
   * many: there popularity decides.
   */
  async begun(): Promise<boolean> {
    const last = this.#words.at(-1);
    if (last === undefined || this.#words.length < 2) return false;
    const letters = titleLetters(this.#words.map(({ token }) => token).join(" "));
    await this.#reader.loadTitleBegun(letters);
    const begun = this.#reader.titleBegun(letters);
    if (begun === undefined) return false;
    const promising = new Set<number>();
    const run = async (parts: readonly SearchedWord[]) => {
      const titleBegun = { letters, limit: BEGUN_RANKED };
      const lane = { name: "title_begun", parts, limit: BEGUN_LIMIT, titleBegun };
      const [result] = await this.#candidates.run([lane]);
      for (const { books } of result?.walks ?? []) {
        for (const { id } of books) promising.add(id);
      }
      return result?.found ?? 0;
    };
    // The index has beginnings of some lengths; where many books have one, the last word tells more.
    const isCommon = begun.workCount > MANY_BEGUN;
    const found = isCommon ? BEGUN_LIMIT : await run([begun]);
    if (found === BEGUN_LIMIT && promising.size < BEGUN_RANKED) {
      await this.#reader.loadBegun(last);
      await run([begun, this.#reader.begun(last)]);
    }
    return promising.size > 0;
  }

  /** The first or last words are an author, the others a title. */
  async titleAndAuthor(): Promise<void> {
    const { length } = this.#words;
    if (length < 2 || length > MAX_WORDS_FOR_SPLITS) return;
    const splits: Split[] = [];
    for (let count = 1; count <= Math.min(MAX_AUTHOR_WORDS, length - 1); count++) {
      splits.push(...this.#split(0, length - count), ...this.#split(count, length));
    }
    const results = await this.#candidates.run(splits.map(({ lane }) => lane));
    // The ranking function compares the author by ear; only a title of many works needs help.
    const common = splits.filter(
      ({ authors }, index) => authors.length > 0 && (results[index]?.found ?? 0) >= SPLIT_LIMIT,
    );
    if (common.length === 0) return;
    await this.#reader.loadLoose(common.flatMap(({ authors }) => authors));
    await this.#candidates.run(
      common.map(({ lane, authors }) => {
        const names = authors.map((word) => {
          const { expression, workCount } = this.#reader.loose(word);
          return { expression: inField("author", expression), workCount };
        });
        return { ...lane, parts: [...lane.parts, ...names] };
      }),
    );
  }

  #split(start: number, end: number): Split[] {
    const words = this.#words;
    let last = end;
    let first = start;
    if (end < words.length && words[end - 1]?.token === "by" && end - start > 1) last -= 1;
    if (start > 0 && words[start]?.token === "by" && end - start > 1) first += 1;
    const title = words.slice(first, last);
    const keys = titleKeys(title.map((word) => word.token).join(" "));
    const titleKeyRange = { start: first, end: last };
    const titles = anyOf(keys.map(titleOf));
    const lane = laneOf("title_and_author", titles, SPLIT_LIMIT, { titleKeyRange });
    if (lane === undefined) return [];
    const authors = [...words.slice(0, start), ...words.slice(end)].filter(
      (word) => word.information >= LEAST_NAME_INFORMATION,
    );
    return [{ lane, authors }];
  }

  /** Whole titles that differ from the query in one word that may have been meant otherwise. */
  async neighbourTitles(): Promise<void> {
    const words = this.#words;
    if (words.length > MAX_WORDS_FOR_NEIGHBOURS) return;
    const isLong = ({ token }: QueryWord) => token.length >= MIN_NEIGHBOUR_LENGTH;
    await this.#reader.loadAlternatives(words.filter(isLong));
    const found = new Set<string>();
    for (const [index, word] of words.entries()) {
      if (!isLong(word)) continue;
      for (const { word: other } of this.#reader.alternatives(word)) {
        const title = words.map((one, at) => (at === index ? other : one.token)).join(" ");
        for (const key of titleKeys(title)) found.add(key);
      }
    }
    const titles = anyOf([...found].map(titleOf));
    const lane = laneOf("neighbour_title", titles, EXACT_LIMIT);
    if (lane !== undefined) await this.#candidates.run([lane]);
  }
}

/** A title, and the words beside it that may be its author. */
type Split = { lane: SearchLane; authors: QueryWord[] };

/** A lane for titles by their keys, which few works have; undefined if there are none. */
function laneOf(
  name: string,
  titles: Expression | undefined,
  limit: number,
  known: Pick<SearchLane, "titleKeyRange"> = {},
): SearchLane | undefined {
  if (titles === undefined) return undefined;
  return { name, parts: [{ expression: titles, workCount: undefined }], limit, ...known };
}
