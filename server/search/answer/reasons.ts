/**
 * Why a book was found: the texts, as catalogued, that hold the words the ranking function matched.
 * Works from the records of the page's results only; the index holds folded words.
 */
import type { BookField, MatchKind, MatchReason } from "#server/catalog/catalog.ts";
import type { MatchWay } from "#server/catalog/ranking/compare-words.ts";
import type { QueryWord } from "#server/catalog/ranking/query-words.ts";
import type { RankedWord, RankedWork } from "#server/catalog/ranking/ranked-work.ts";
import type { Edition } from "#server/catalog/records.ts";
import { foldTokens } from "#server/catalog/text/fold.ts";
import { memoise } from "#server/catalog/text/text-hash.ts";
import { titleKeys } from "#server/catalog/text/title-keys.ts";
import type { BookRecord } from "../index-port.ts";
import { highlightsIn } from "./highlights.ts";
import { joinTitle, otherTitlesOf, readsLike, type Source, wordsOf } from "./other-titles.ts";

/** A result as it was ranked. */
export type RankedMatch = BookRecord & {
  ranked: RankedWork;
  query: readonly QueryWord[];
  /** Words of the title variant that matched, as the ranking function read it. */
  titleWords: readonly string[];
};

type FoundWork = RankedMatch & {
  /** Names of the authors beside those they are credited with, where none of the latter matched. */
  alternateNames: readonly string[];
};

/** The words of names, which are those of the letter before while somebody types. */
const wordsOfName = memoise(foldTokens, 8_192);

/** Editions that are read for the publishers and series of one result, at most. */
const MAX_EDITIONS_READ = 20;

/** The loosest of several ways comes last. */
const ways: readonly MatchWay[] = ["words", "prefix", "initials", "transliteration", "spelling"];

/** The reasons for a work, strongest first; empty if it was not found by words. */
export function explainMatch(found: FoundWork): MatchReason[] {
  const reasons: MatchReason[] = [];
  const add = (source: Source | undefined, words: readonly RankedWord[]) => {
    if (source !== undefined) {
      reasons.push(reason(source, words, found.ranked));
    }
  };
  const of = (field: RankedWord["field"]) =>
    found.ranked.words.filter((word) => word.field === field && word.match !== undefined);
  const title = of("title");
  if (title.length > 0) {
    add(titleSource(found, title), title);
  }
  const author = of("author");
  if (author.length > 0) {
    for (const source of authorSources(found, author)) {
      add(source, author);
    }
  }
  const series = of("series");
  if (series.length > 0) {
    add(seriesSource(found, series), series);
  }
  reasons.push(...topicReasons(found));
  return reasons;
}

function reason(source: Source, words: readonly RankedWord[], ranked: RankedWork): MatchReason {
  const wanted = new Set(words.map((word) => word.match?.word ?? ""));
  let highlights = highlightsIn(source.text, (token) => wanted.has(token));
  const byKey = words.some((word) => word.match?.position === -1) && source.field !== "series";
  // A key is all of a title, in other words perhaps: "1984", "Nineteen Eighty-Four".
  if (byKey && highlights.length === 0) {
    highlights = highlightsIn(source.text, () => true);
  }
  const loosest = Math.max(...words.map((word) => ways.indexOf(word.match?.way ?? "words")));
  return { ...source, highlights, kind: matchKind(ways[loosest] ?? "words", source, ranked) };
}

function matchKind(way: MatchWay, source: Source, ranked: RankedWork): MatchKind {
  if (way !== "words") {
    return way;
  }
  const isTitle = source.field === "title" || source.field === "otherTitle";
  if (isTitle && ranked.exactTitle) {
    return "exact";
  }
  if (source.field === "author" && ranked.exactAuthor) {
    return "exact";
  }
  return "words";
}

/** The title, of the work or else of an edition, that reads like the variant that matched. */
function titleSource(found: FoundWork, matched: readonly RankedWord[]): Source {
  const { work, editions } = found;
  const own = { field: "title", text: joinTitle(work), editionKey: "", language: "" } as const;
  const title = { words: found.titleWords.join(" "), keys: keysOf(matched) };
  // The first variant of the index is the work's own title.
  const isOwn = found.ranked.title === 0 && title.keys.size === 0;
  if (isOwn || readsLike(own.text, title) || readsLike(work.title, title)) {
    return own;
  }
  if (!found.ranked.exactTitle && holdsAll(own.text, matched)) {
    return own;
  }
  return otherTitlesOf(work).find(title, editions) ?? own;
}

/** The keys of a title that the index found by them, without saying which of a work's titles it is. */
function keysOf(matched: readonly RankedWord[]): Set<string> {
  if (!matched.some(({ match }) => match?.position === -1)) {
    return new Set();
  }
  return new Set(titleKeys(matched.map(({ match }) => match?.word ?? "").join(" ")));
}

/** True if a text has every word that was matched. */
function holdsAll(text: string, matched: readonly RankedWord[]): boolean {
  const words = ` ${wordsOf(text)} `;
  return matched.every(({ match }) => match !== undefined && words.includes(` ${match.word} `));
}

/** True if a name was matched that no credit of the work has. */
export function isHiddenAuthor({ work, ranked }: RankedMatch): boolean {
  const words = ranked.words.filter((word) => word.field === "author" && word.match);
  if (words.length === 0) {
    return false;
  }
  const wanted = new Set(words.map((word) => word.match?.word ?? ""));
  return !work.authors.some(({ name }) => wordsOfName(name).some((token) => wanted.has(token)));
}

function authorSources(found: FoundWork, words: readonly RankedWord[]): Source[] {
  const wanted = new Set(words.map((word) => word.match?.word ?? ""));
  const matches = (name: string) => wordsOfName(name).some((token) => wanted.has(token));
  const source = (text: string): Source => ({
    field: "author",
    text,
    editionKey: "",
    language: "",
  });
  const credited = found.work.authors.map((author) => author.name).filter(matches);
  if (credited.length > 0) {
    return credited.slice(0, 3).map(source);
  }
  const alternate = found.alternateNames.find(matches);
  if (alternate !== undefined) {
    return [source(alternate)];
  }
  return found.work.authors.slice(0, 1).map((author) => source(author.name));
}

function seriesSource(found: FoundWork, words: readonly RankedWord[]): Source | undefined {
  const wanted = new Set(words.map((word) => word.match?.word ?? ""));
  const series = [
    ...found.work.series,
    ...firstEditions(found).flatMap((edition) => edition.series),
  ];
  let best: { text: string; count: number } | undefined;
  for (const { title, position } of series) {
    const text = position === "" ? title : `${title} ${position}`;
    const count = foldTokens(text).filter((token) => wanted.has(token)).length;
    if (count > (best?.count ?? 0)) {
      best = { text, count };
    }
  }
  if (best === undefined) {
    return undefined;
  }
  return { field: "series", text: best.text, editionKey: "", language: "" };
}

function publishersOf(found: FoundWork): Set<string> {
  return new Set(firstEditions(found).flatMap((edition) => edition.publishers));
}

/** Of hundreds of editions the others add little but time. */
function firstEditions({ editions }: FoundWork): Edition[] {
  return [...editions.first(MAX_EDITIONS_READ)];
}

/** Texts of topics, publishers and the description that hold words found nowhere else. */
function topicReasons(found: FoundWork): MatchReason[] {
  const { work } = found;
  const left = new Set<string>();
  for (const [index, { field }] of found.ranked.words.entries()) {
    if (field === "other") {
      left.add(found.query[index]?.token ?? "");
    }
  }
  if (left.size === 0) {
    return [];
  }
  const sources: [BookField, string[]][] = [
    ["topic", [...work.people, ...work.places, ...work.times]],
    ["subject", work.subjects],
    ["publisher", []],
    ["description", work.description === "" ? [] : [work.description]],
  ];
  const reasons: MatchReason[] = [];
  for (const [field, texts] of sources) {
    if (left.size === 0) {
      return reasons;
    }
    for (const text of field === "publisher" ? publishersOf(found) : texts) {
      if (left.size === 0) {
        return reasons;
      }
      const highlights = highlightsIn(text, (token) => left.has(token));
      if (highlights.length === 0) {
        continue;
      }
      for (const token of foldTokens(text)) {
        left.delete(token);
      }
      reasons.push({ field, text, highlights, kind: "words", editionKey: "", language: "" });
    }
  }
  return reasons;
}
