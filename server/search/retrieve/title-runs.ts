/**
 * Any words side by side may be a whole title: "looking for the book [throne of glass]", "Herbert,
 * Frank. [Dune]. Philadelphia: Chilton Books". Every run of words is looked up by its title key, all of
 * them in a few statements; what the other words are (an author, a year, a publisher, words about the
 * asking) is for the ranking function to see.
 */
import type { IndexedBook } from "#server/catalog/ranking/indexed-book.ts";
import type { QueryWord } from "#server/catalog/ranking/query-words.ts";
import { titleKeys } from "#server/catalog/text/title-keys.ts";
import { allOf } from "#server/sqlite/fences.ts";
import { seriesToken, titleToken } from "#server/sqlite/key-tokens.ts";
import { joinParts, quote } from "../understand/plan.ts";
import type { WordReader } from "../understand/word-reader.ts";
import type { RunLane } from "./title-lanes.ts";

/** A longer query without signs between its parts is a description. */
const MAX_QUERY_WORDS = 16;
/** A title that says less of what was said is none that somebody meant, unless its author is named. */
const LEAST_SHARE = 0.4;
/** Titles of more words are found by their words. */
const MAX_TITLE_WORDS = 10;
/** Runs that say less are looked up only beside an author: "the book", "it". */
const LEAST_INFORMATION = 5;
/** The runs that say most are looked up. */
const MAX_RUNS = 60;
/** Runs of one statement: as many of about the same length find each a share of its limit. */
const RUNS_OF_STATEMENT = 20;
const RUN_LIMIT = 30;
const MAX_SERIES_TOKENS = 60;
/** The books of one series, or the most read ones of several. */
const SERIES_LIMIT = 40;
/** Few works have the same title, so that a walk for one passes hardly any entries. */
const KEY_DENSITY = 0.001;
/** "of the" is nobody's name. */
const LEAST_NAME_INFORMATION = 6;

type TitleRun = {
  start: number;
  end: number;
  information: number;
  /** It begins and ends where a part of a pasted text does. */
  isPart: boolean;
  keys: string[];
};

/** Looks for works of which words side by side are a whole title. */
export function searchTitleRuns(
  words: readonly QueryWord[],
  reader: WordReader,
  run: RunLane,
): void {
  if (words.length > MAX_QUERY_WORDS && words[0]?.part === undefined) return;
  const told = words.reduce((sum, word) => sum + toldBy(word), 0);
  const runs = titleRunsOf(words);
  const plain = runs.filter(({ keys }) => keys.length === 1);
  // Where a title has other keys than its words ("1984"), the ranking must be told which words it is.
  for (const one of runs) if (one.keys.length > 1) search([one]);
  for (let start = 0; start < plain.length; start += RUNS_OF_STATEMENT) {
    search(plain.slice(start, start + RUNS_OF_STATEMENT));
  }

  function search(some: readonly TitleRun[]): void {
    const [first] = some;
    const keys = joinParts(
      some.flatMap((one) => one.keys).map((key) => quote(titleToken(key))),
      "OR",
    );
    if (first === undefined || keys === undefined) return;
    const titleKeyRange = { start: first.start, end: first.end };
    const lane = {
      indexedWords: 0,
      density: KEY_DENSITY,
      ...(some.length === 1 ? { titleKeyRange } : {}),
      isPromising: some.every((one) => one.isPart || one.information >= LEAST_SHARE * told)
        ? undefined
        : (book: IndexedBook) => words.some(isNamedIn(book)),
    };
    if (run("title_run", keys, RUN_LIMIT, lane) < RUN_LIMIT) return;
    // A title of many works: the one by somebody who is named beside it.
    const names = words
      .filter((_, index) => some.length > 1 || index < first.start || index >= first.end)
      .filter(({ information, asking }) => information >= LEAST_NAME_INFORMATION && asking < 0.5)
      .map((word) => reader.loose(word));
    const anyName = joinParts(
      names.map(({ expression }) => expression),
      "OR",
    );
    if (anyName === undefined) return;
    run("title_run_by", allOf([keys, `author : (${anyName})`]), RUN_LIMIT, {
      ...lane,
      // Of each work with one of the titles a page of every name's list is read.
      density: KEY_DENSITY * (1 + names.length),
    });
  }
}

/** True for a telling word that a book's authors or series may have. */
function isNamedIn(book: IndexedBook): (word: QueryWord) => boolean {
  return ({ information, asking, token, roman }) =>
    information >= LEAST_NAME_INFORMATION &&
    asking < 0.5 &&
    (book.mayHaveElsewhere(token) || (roman !== token && book.mayHaveElsewhere(roman)));
}

/**
 * Looks for works of a series that words side by side name, whatever is said beside it: "[land of
 * stories] book three". Series are printed with an article in front and without.
 */
export function searchSeriesRuns(words: readonly QueryWord[], run: RunLane): void {
  const tokens = new Set<string>();
  for (const { start, end } of titleRunsOf(words, words.length)) {
    const name = words.slice(start, end).map(({ token }) => token);
    const bare = name[0] === "the" ? name.slice(1) : name;
    if (bare.length === 0) continue;
    tokens.add(seriesToken(bare.join("")));
    tokens.add(seriesToken(`the${bare.join("")}`));
  }
  const expression = joinParts([...tokens].slice(0, MAX_SERIES_TOKENS).map(quote), "OR");
  run("series_run", expression, SERIES_LIMIT, { indexedWords: 0, density: KEY_DENSITY });
}

/** The runs of words that may be a title, those that say most first. */
function titleRunsOf(words: readonly QueryWord[], longest = words.length - 1): TitleRun[] {
  const runs: TitleRun[] = [];
  for (let start = 0; start < words.length; start++) {
    let information = 0;
    const last = Math.min(words.length, start + MAX_TITLE_WORDS);
    for (let end = start + 1; end <= last; end++) {
      information += toldBy(words[end - 1]);
      if (end - start > longest || information < LEAST_INFORMATION) continue;
      if (words[start]?.part !== words[end - 1]?.part) continue;
      runs.push({ start, end, information, isPart: isPart(words, start, end), keys: [] });
    }
  }
  return runs
    .sort(
      (one, other) =>
        Number(other.isPart) - Number(one.isPart) || other.information - one.information,
    )
    .slice(0, MAX_RUNS)
    .map((one) => ({
      ...one,
      keys: titleKeys(
        words
          .slice(one.start, one.end)
          .map(({ token }) => token)
          .join(" "),
      ),
    }));
}

function isPart(words: readonly QueryWord[], start: number, end: number): boolean {
  const part = words[start]?.part;
  return part !== undefined && words[start - 1]?.part !== part && words[end]?.part !== part;
}

/** What a word tells of the book: of words about the asking hardly anything. */
function toldBy(word: QueryWord | undefined): number {
  return word === undefined ? 0 : word.information * (1 - word.asking);
}
