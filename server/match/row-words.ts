/**
 * What of a row is looked for: the whole titles that it may name, its words, its authors' names. Where a
 * citation names what is told apart by its style only, every run of its words may be a title and every
 * word a name; what is found is then compared with the whole.
 */
import type { ListRow } from "#server/catalog/list-row.ts";
import { articleWords } from "#server/catalog/text/articles.ts";
import { filedName } from "#server/catalog/text/family-name.ts";
import { foldTokens } from "#server/catalog/text/fold.ts";
import { titleKeys } from "#server/catalog/text/title-keys.ts";
import type { CitationText } from "./citation-text.ts";
import { splitSubtitle } from "./title-agreement.ts";

export type RowWords = {
  /** Whole titles, as an index has them. */
  titles: string[];
  /** Those of them that tell much without an author. */
  longTitles: string[];
  /** Lists of words, each of which may be a title: with and without its subtitle, or a citation's parts. */
  titleRuns: string[][];
  /** Words of the title; of a citation all that may be some. */
  titleWords: string[];
  /** Words of the first author's family name; of a citation all that may be some. */
  nameWords: string[];
  /** True if a word may be of the title or of a name. */
  isMixed: boolean;
};

/** Words beyond these narrow nothing down. */
const TITLE_WORDS_MAX = 20;
const CITATION_WORDS_MAX = 28;
/** Longer titles are found by what stands before their subtitle, or by their words. */
const RUN_WORDS_MAX = 10;
const RUN_PARTS_MAX = 3;
const RUNS_MAX = 120;
/** Shorter parts are found as whole titles and by pairs of words. */
const RUN_WORDS_MIN = 3;
const LONGEST_RUNS = 5;
const NAME_WORDS_MAX = 16;
const MIN_NAME_LENGTH = 3;
/** Letters of a title that hardly two works have. */
const LONG_TITLE_LETTERS = 9;

const articles = new Set(articleWords);

/** @param text of the row's citation; undefined if it has none. */
export function rowWords({ title, author }: ListRow, text: CitationText | undefined): RowWords {
  if (title === "" && text !== undefined) {
    return wordsOfCitation(text, author);
  }
  const { main } = splitSubtitle(title);
  const titles = [...new Set([...titleKeys(title), ...titleKeys(main)])];
  return {
    titles,
    longTitles: titles,
    titleRuns: distinctRuns([foldTokens(title), foldTokens(main)]),
    titleWords: foldTokens(main).slice(0, TITLE_WORDS_MAX),
    nameWords: familyName(author),
    isMixed: false,
  };
}

function wordsOfCitation(text: CitationText, author: string): RowWords {
  const words = text.words.slice(0, CITATION_WORDS_MAX);
  const parts = text.parts.slice(0, CITATION_WORDS_MAX);
  const whole = wholeParts(words, parts);
  const keys = whole.flatMap((run) => titleKeys(run.join(" ")));
  const runs = [...keys, ...runsWithin(words, parts)].slice(0, RUNS_MAX);
  const telling = [...new Set(words)].filter(
    (word) => word.length > 1 && !/^\d+$/.test(word) && !articles.has(word),
  );
  const names = familyName(author);
  return {
    titles: [...new Set(runs)],
    longTitles: [...new Set(runs.filter((run) => run.length >= LONG_TITLE_LETTERS))],
    titleRuns: longestRuns(whole),
    titleWords: telling,
    nameWords:
      names.length > 0
        ? names
        : telling.filter(({ length }) => length >= MIN_NAME_LENGTH).slice(0, NAME_WORDS_MAX),
    isMixed: true,
  };
}

/** Titles that begin and end with punctuation, which may have some inside. */
function wholeParts(words: readonly string[], parts: readonly number[]): string[][] {
  const runs: string[][] = [];
  for (const [start, part] of parts.entries()) {
    if (parts[start - 1] === part) {
      continue;
    }
    for (let last = part; last < part + RUN_PARTS_MAX; last++) {
      const end = parts.lastIndexOf(last) + 1;
      if (end > start && end - start <= TITLE_WORDS_MAX) {
        runs.push(words.slice(start, end));
      }
    }
  }
  return runs;
}

/** The longest of a citation's parts, among which its title mostly is; no two that begin alike. */
function longestRuns(runs: readonly string[][]): string[][] {
  const byLength = runs
    .filter(({ length }) => length >= RUN_WORDS_MIN)
    .sort((one, other) => other.join("").length - one.join("").length);
  return distinctRuns(byLength).slice(0, LONGEST_RUNS);
}

function distinctRuns(runs: readonly string[][]): string[][] {
  const byWords = new Map(runs.map((run) => [run.toSorted().join(" "), run]));
  return [...byWords.values()].filter((run) => run.length > 0);
}

/** "The Hobbit by Tolkien", "Tolkien The Hobbit": punctuation may be missing. */
function runsWithin(words: readonly string[], parts: readonly number[]): string[] {
  const runs: string[] = [];
  for (const start of words.keys()) {
    let run = "";
    for (let end = start; end < start + RUN_WORDS_MAX && parts[end] === parts[start]; end++) {
      run += words[end] ?? "";
      runs.push(run);
    }
  }
  return runs;
}

/** The family name of the first author: given names differ more than they help. */
function familyName(author: string): string[] {
  const [first = ""] = author.split(/\s*(?:;|&|\band\b|\bund\b|\bet\b)\s*/u);
  const { family } = filedName(first);
  return family.length > 3 ? foldTokens(first).slice(0, 3) : family;
}
