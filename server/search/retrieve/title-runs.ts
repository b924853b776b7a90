/**
 * Any words side by side may be a whole title: "looking for the book [throne of glass]", "Herbert,
 * Frank. [Dune]. Philadelphia: Chilton Books". Every run of words is looked up by its title key, all of
 * them in a few statements; what the other words are (an author, a year, a publisher, words about the
 * asking) is for the ranking function to see.
 */
import type { QueryWord } from "#server/catalog/ranking/query-words.ts";
import { titleKeys } from "#server/catalog/text/title-keys.ts";
import { allOf } from "#server/sqlite/fences.ts";
import { titleToken } from "#server/sqlite/key-tokens.ts";
import { joinParts, quote } from "../understand/plan.ts";
import type { WordReader } from "../understand/word-reader.ts";
import type { RunLane } from "./title-lanes.ts";
import { densityOf } from "./word-parts.ts";

/** Titles of more words are found by their words. */
const MAX_TITLE_WORDS = 10;
/** Runs that say less are looked up only beside an author: "the book", "it". */
const LEAST_INFORMATION = 5;
/** The runs that say most are looked up. */
const MAX_RUNS = 100;
/** Runs of one statement: as many of about the same length find each a share of its limit. */
const RUNS_OF_STATEMENT = 20;
const RUN_LIMIT = 30;
/** Few works have the same title, so that a walk for one passes hardly any entries. */
const KEY_DENSITY = 0.001;
/** "of the" is nobody's name. */
const LEAST_NAME_INFORMATION = 6;

type TitleRun = { start: number; end: number; information: number; keys: string[] };

/** Looks for works of which words side by side are a whole title. */
export function searchTitleRuns(
  words: readonly QueryWord[],
  reader: WordReader,
  workCount: number,
  run: RunLane,
): void {
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
      density: Math.max(KEY_DENSITY, densityOf(names, workCount)),
    });
  }
}

/** The runs of words that may be a title, those that say most first. */
function titleRunsOf(words: readonly QueryWord[]): TitleRun[] {
  const runs: TitleRun[] = [];
  for (let start = 0; start < words.length; start++) {
    let information = 0;
    const last = Math.min(words.length, start + MAX_TITLE_WORDS);
    for (let end = start + 1; end <= last; end++) {
      information += toldBy(words[end - 1]);
      if (end - start === words.length || information < LEAST_INFORMATION) continue;
      runs.push({ start, end, information, keys: [] });
    }
  }
  return runs
    .sort((one, other) => other.information - one.information)
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

/** What a word tells of the book: of words about the asking hardly anything. */
function toldBy(word: QueryWord | undefined): number {
  return word === undefined ? 0 : word.information * (1 - word.asking);
}
