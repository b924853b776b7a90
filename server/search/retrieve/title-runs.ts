/**
 * Any words side by side may be a whole title: "looking for the book [throne of glass]", "Herbert,
 * Frank. [Dune]. Philadelphia: Chilton Books". Every run of words is looked up by its title key, many
 * of them together; what the other words are (an author, a year, a publisher, words about the asking)
 * is for the ranking function to see. So may they be the name of a series.
 */
import type { IndexedBook } from "#server/catalog/ranking/indexed-book.ts";
import type { QueryWord } from "#server/catalog/ranking/query-words.ts";
import { titleKeys } from "#server/catalog/text/title-keys.ts";
import { anyOf, inField, titleOf } from "../expression.ts";
import { isContentWord } from "../understand/word-properties.ts";
import type { WordReader } from "../understand/word-reader.ts";
import type { Candidates, SearchLane } from "./candidates.ts";
import { titleLane } from "./title-lane.ts";

/** A longer query without signs between its parts is a description. */
const MAX_QUERY_WORDS = 16;
/** A title that says less of what was said is none that somebody meant, unless its author is named. */
const LEAST_SHARE = 0.4;
/** Titles of more words are found by their words. */
const MAX_TITLE_WORDS = 10;
/** Runs that say less are no title to look for: "the book", "of the". */
const LEAST_INFORMATION = 5;
/** The runs that say most are looked up. */
const MAX_RUNS = 60;
/** Runs of one lane: as many of about the same length find each a share of its limit. */
const RUNS_OF_LANE = 20;
const RUN_LIMIT = 30;
const MAX_SERIES_NAMES = 60;
/** The books of one series, or the most read ones of several. */
const SERIES_LIMIT = 40;
/** "of the" is nobody's name. */
const LEAST_NAME_INFORMATION = 6;

/** A word that no book has may be a slip, or stand beside a title by accident. */
const UNKNOWN_INFORMATION = 8;

type WordRun = {
  start: number;
  end: number;
  information: number;
  /** It begins and ends where a part of a pasted text does. */
  isPart: boolean;
};

type TitleRun = WordRun & { keys: string[] };

/** Looks for works of which words side by side are a whole title. */
export async function searchTitleRuns(
  words: readonly QueryWord[],
  reader: WordReader,
  candidates: Candidates,
): Promise<void> {
  if (isDescription(words)) {
    return;
  }
  const told = words.reduce((sum, word) => sum + toldBy(word), 0);
  const isSignificant = (run: TitleRun) => run.isPart || run.information >= LEAST_SHARE * told;
  const runs = wordRunsOf(words, words.length - 1);
  const groups = groupsOf(
    runs.map((run) => ({ ...run, keys: keysOf(words.slice(run.start, run.end)) })),
    (run) => run.information >= LEAST_SHARE * told,
  );
  const lanes = groups.flatMap((group): SearchLane[] => {
    const [first] = group;
    const titles = anyOf(group.flatMap(({ keys }) => keys).map(titleOf));
    const range = group.length === 1 && first ? { start: first.start, end: first.end } : undefined;
    const lane = titleLane("title_run", titles, RUN_LIMIT, { titleKeyRange: range });
    if (lane === undefined) {
      return [];
    }
    return [{ ...lane, isPromising: group.every(isSignificant) ? undefined : isNamed(words) }];
  });
  const results = await candidates.run(lanes);
  // A title of many works: the one by somebody who is named beside it.
  const common = lanes.filter((_, index) => (results[index]?.found ?? 0) >= RUN_LIMIT);
  const names = words.filter(
    (word) => isContentWord(word) && word.information >= LEAST_NAME_INFORMATION,
  );
  if (common.length === 0 || names.length === 0) {
    return;
  }
  await reader.loadFuzzy(names);
  const anyName = anyOf(names.map((word) => reader.fuzzy(word).expression));
  if (anyName === undefined) {
    return;
  }
  const workCount = names.reduce((sum, word) => sum + reader.fuzzy(word).workCount, 0);
  const by = { expression: inField("author", anyName), workCount };
  await candidates.run(
    common.map((lane) => ({ ...lane, name: "title_run_by", parts: [...lane.parts, by] })),
  );
}

/**
 * Looks for works of a series that words side by side name, whatever is said beside it: "[land of
 * stories] book three". Series are printed with an article in front and without.
 */
export async function searchSeriesRuns(
  words: readonly QueryWord[],
  candidates: Candidates,
): Promise<void> {
  if (isDescription(words)) {
    return;
  }
  const names = new Set<string>();
  for (const { start, end } of wordRunsOf(words, words.length)) {
    const first = words[start]?.token === "the" ? start + 1 : start;
    const bare = textOf(words.slice(first, end)).replaceAll(" ", "");
    if (bare !== "") {
      names.add(bare).add(`the${bare}`);
    }
  }
  const expression = anyOf(
    [...names]
      .slice(0, MAX_SERIES_NAMES)
      .map((value) => ({ kind: "value", field: "series", value }) as const),
  );
  const lane = titleLane("series_run", expression, SERIES_LIMIT);
  if (lane !== undefined) {
    await candidates.run([lane]);
  }
}

/**
 * Runs that are looked up together; one whose title may be in other words ("1984") alone, those that say
 * much of the query apart from those that say little.
 */
function groupsOf(runs: readonly TitleRun[], isMuch: (run: TitleRun) => boolean): TitleRun[][] {
  const groups = runs.filter(({ keys }) => keys.length > 1).map((run) => [run]);
  const plain = runs.filter(({ keys }) => keys.length === 1);
  const isLittle = (run: TitleRun) => !isMuch(run);
  for (const some of [plain.filter(isMuch), plain.filter(isLittle)]) {
    for (let start = 0; start < some.length; start += RUNS_OF_LANE) {
      groups.push(some.slice(start, start + RUNS_OF_LANE));
    }
  }
  return groups;
}

/** True for books of which authors or series may have a significant word. */
function isNamed(words: readonly QueryWord[]): (book: IndexedBook) => boolean {
  const significant = words.filter(
    (word) => isContentWord(word) && word.information >= LEAST_NAME_INFORMATION,
  );
  return (book) =>
    significant.some(
      ({ token, roman }) =>
        book.mayHaveElsewhere(token) || (roman !== token && book.mayHaveElsewhere(roman)),
    );
}

function isDescription(words: readonly QueryWord[]): boolean {
  return words.length > MAX_QUERY_WORDS && words[0]?.part === undefined;
}

/** The runs of words that may be a title or a series, those that say most first. */
function wordRunsOf(words: readonly QueryWord[], longest: number): WordRun[] {
  const runs: WordRun[] = [];
  for (let start = 0; start < words.length; start++) {
    let information = 0;
    const last = Math.min(words.length, start + MAX_TITLE_WORDS, start + longest);
    for (let end = start + 1; end <= last; end++) {
      information += toldBy(words[end - 1]);
      if (information < LEAST_INFORMATION) {
        continue;
      }
      if (words[start]?.part !== words[end - 1]?.part) {
        continue;
      }
      runs.push({ start, end, information, isPart: isPart(words, start, end) });
    }
  }
  return runs
    .sort(
      (one, other) =>
        Number(other.isPart) - Number(one.isPart) || other.information - one.information,
    )
    .slice(0, MAX_RUNS);
}

function keysOf(words: readonly QueryWord[]): string[] {
  return titleKeys(textOf(words));
}

/** The text of a run; pairs of characters ("三体 体问 问题") share those between them. */
function textOf(words: readonly QueryWord[]): string {
  let text = "";
  for (const [index, { token, span }] of words.entries()) {
    const before = words[index - 1];
    if (before !== undefined && span.start < before.span.end && span.start > before.span.start) {
      text += [...token].slice(1).join("");
    } else {
      text += ` ${token}`;
    }
  }
  return text.trimStart();
}

function isPart(words: readonly QueryWord[], start: number, end: number): boolean {
  const part = words[start]?.part;
  return part !== undefined && words[start - 1]?.part !== part && words[end]?.part !== part;
}

/** What a word tells of the book: of words about the asking hardly anything, of unknown ones less. */
function toldBy(word: QueryWord | undefined): number {
  if (word === undefined) {
    return 0;
  }
  const information =
    word.workCount === 0 ? Math.min(word.information, UNKNOWN_INFORMATION) : word.information;
  return information * (1 - word.asking);
}
