/**
 * What of indexing is pure and heavy: folding every text of a work into the words, keys and rows
 * that the index writer only has to insert. Importers run this in parallel and carry the result,
 * plain strings and numbers, through their final sort.
 *
 * A token may stand in a column twice: FTS5 tells repetitions within a column faster than a Set does.
 */
import type { CatalogueEntry } from "#server/catalog/entry.ts";
import { stem } from "#server/catalog/ranking/stem.ts";
import type { Demotion, Edition, Work } from "#server/catalog/records.ts";
import { placeOfFamily, titleLanguages } from "#server/catalog/shelf-order.ts";
import { acronymsOf, acronymsOfSeries } from "#server/catalog/text/acronyms.ts";
import { initialArticleCount } from "#server/catalog/text/articles.ts";
import { filedName } from "#server/catalog/text/family-name.ts";
import { foldTokens, squash } from "#server/catalog/text/fold.ts";
import { romanised } from "#server/catalog/text/romanised.ts";
import { distinct, memoise } from "#server/catalog/text/text-hash.ts";
import { titleLetters } from "#server/catalog/text/title-letters.ts";
import { titleBeginnings, withBeginnings } from "./beginnings.ts";
import { encodeWork } from "./documents.ts";
import { duplicateGroup, identifierTokens, keyTokens } from "./entry-keys.ts";
import {
  type FoldedText,
  foldPublisher,
  foldSeries,
  foldTopic,
  publishersOf,
  REMEMBERED,
  topicsOf,
  wordsOf,
} from "./folded-headings.ts";
import { type FoldedName, namesOf } from "./folded-names.ts";
import { type FoldedTitle, foldTitle } from "./folded-titles.ts";
import { encodeEditions } from "./stored-editions.ts";

/** A work ready to be inserted; only the index writer reads its insides. */
export type PreparedEntry = {
  /** As given; entries are to be added in falling order of it. */
  popularity: number;
  /** The work's key; breaks ties of popularity. */
  key: string;
  editionCount: number;
  /** Columns of `words`. */
  words: [
    title: string,
    author: string,
    series: string,
    topic: string,
    publisher: string,
    key: string,
  ];
  identifiers: string;
  /** Stemmed words of the description and topics; empty if there is no description. */
  description: string;
  /** Columns of `ranking` after id. */
  ranking: [
    titles: string,
    authors: string,
    series: string,
    year: number,
    popularity: number,
    rating: number,
    demotion: number,
    duplicate: number,
    described: number,
    articleWords: number,
    familyStart: number,
    familyEnd: number,
  ];
  work: string;
  editions: string;
};

// Limits per work, far above what real works have, so that one absurd record can't bloat the index.
const MAX_TITLES = 200;
const MAX_RANKED_TITLES = 32;
const MAX_SERIES = 20;
const MAX_DESCRIPTION_TOKENS = 600;
const MAX_ACRONYMS = 60;

/** Readers call by first letters what many of them read: about ten readers, one work of twenty-five. */
const LEAST_READ = 3;

const stemOf = memoise(stem, REMEMBERED);

const demotions: readonly Demotion[] = ["none", "reprint", "summary", "notebook"];

/** Folds an entry into what the index writer inserts. Pure. */
export function prepareEntry(entry: CatalogueEntry): PreparedEntry {
  const { work, editions } = entry;
  const titles = titleTexts(work, editions);
  const segmented = titles.map(foldTitle);
  const { credits, all: names } = namesOf(entry);
  const series = seriesEntries(work, editions);
  const [author] = credits;
  const [title] = segmented;
  const topics = topicsOf(work).map(foldTopic);
  const houses = publishersOf(editions).map(foldPublisher);
  const description = describedWords(work, topics);
  return {
    popularity: entry.popularity,
    key: work.key,
    editionCount: editions.length,
    words: [
      withBeginnings(titleWords(segmented)) +
        titleBeginnings(segmented.map(({ printed }) => titleLetters(printed))),
      withBeginnings(nameWords(credits, names)),
      withBeginnings(series.flatMap(([title, position]) => foldTokens(`${title} ${position}`))),
      wordsOf(topics),
      wordsOf(houses),
      keyTokens(entry, {
        titles: segmented,
        names,
        headings: [topics, houses],
        series: series.map(([name]) => foldSeries(name)),
        acronyms: entry.popularity < LEAST_READ ? [] : acronyms(titles, series),
      }).join(" "),
    ],
    identifiers: identifierTokens(entry).join(" "),
    description: description.join(" "),
    ranking: [
      rankedTitles(segmented),
      credits.map((forms) => distinct(forms.flatMap((name) => name.forms)).join("/")).join("\n"),
      series.map(([name, position]) => `${foldSeries(name).text}#${position}`).join("\n"),
      work.firstPublished.year,
      entry.popularity,
      ratingLowerBound(work.rating.average, work.rating.count),
      demotions.indexOf(work.demotion),
      duplicateGroup(
        work,
        work.subtitle === "" ? (title?.squashed ?? "") : squash(work.title),
        author?.[0]?.sorted,
      ),
      description.length,
      initialArticleCount(work.title, titleLanguages(entry)),
      ...familyPlace(entry, author?.[0]),
    ],
    work: encodeWork(work),
    editions: encodeEditions(editions),
  };
}

/** The family name of a name, by its other names, one a line. */
const familyOf = memoise<readonly string[]>((names) => {
  const [name = "", ...others] = names.split("\n");
  return filedName(name, others).family;
}, REMEMBERED);

/** Where the family name of the first author stands among the words of the name's first form. */
function familyPlace(entry: CatalogueEntry, name: FoldedName | undefined): [number, number] {
  const [credit] = entry.work.authors;
  const words = name?.forms[0]?.split(" ");
  if (credit === undefined || words === undefined) {
    return [0, 0];
  }
  const names = [credit.name];
  for (const other of entry.authorAlternateNames[0] ?? []) {
    // Only names in the order "Family, Given" tell anything.
    if (other.includes(",")) {
      names.push(other);
    }
  }
  const { start, end } = placeOfFamily(words, familyOf(names.join("\n")));
  return [start, end];
}

/**
 * Lower bound of a rating's confidence interval, 1 to 5; 0 if nobody rated. Wilson's score interval
 * at z = 1.65 on the mean scaled to 0 … 1.
 */
function ratingLowerBound(average: number, count: number): number {
  if (count <= 0) {
    return 0;
  }
  const z = 1.65;
  const mean = (average - 1) / 4;
  const centre = mean + (z * z) / (2 * count);
  const spread = z * Math.sqrt((mean * (1 - mean) + (z * z) / (4 * count)) / count);
  return 1 + (4 * (centre - spread)) / (1 + (z * z) / count);
}

/** A quick look for kana and Hangul. */
const mayBeRead = /[\u1100-\u11ff\u3000-\uffff]/;

function titleTexts(work: Work, editions: Edition[]): string[] {
  const texts = [withSubtitle(work.title, work.subtitle)];
  for (const other of work.otherTitles) {
    texts.push(other.title);
  }
  for (const { title, subtitle } of editions) {
    if (title !== work.title || subtitle !== work.subtitle) {
      texts.push(withSubtitle(title, subtitle));
    }
  }
  const readings = texts.filter((text) => mayBeRead.test(text)).map(romanised);
  if (readings.length > 0) {
    texts.push(...readings.filter((text) => text !== ""));
  }
  return distinct(texts).slice(0, MAX_TITLES);
}

function withSubtitle(title: string, subtitle: string): string {
  return subtitle === "" ? title : `${title} : ${subtitle}`;
}

function rankedTitles(titles: readonly FoldedTitle[]): string {
  if (titles.length === 1) {
    return titles[0]?.printed ?? "";
  }
  const printed = distinct(titles.map((title) => title.printed));
  return printed.slice(0, MAX_RANKED_TITLES).join("\n");
}

/** Words with the joined forms of those that are also written as one ("spider-man"). */
function titleWords(titles: readonly FoldedTitle[]): readonly string[] {
  const [only] = titles;
  if (titles.length === 1 && only?.segments.length === 1 && only.compounds.length === 0) {
    return only.segments[0] ?? [];
  }
  const words: string[] = [];
  for (const { segments } of titles) {
    for (const tokens of segments) {
      words.push(...tokens);
    }
  }
  for (const { compounds } of titles) {
    words.push(...compounds);
  }
  // The titles of one work are mostly the same words.
  return titles.length === 1 ? words : distinct(words);
}

function nameWords(credits: FoldedName[][], all: FoldedName[]): string[] {
  const words: string[] = [];
  for (const names of credits) {
    for (const name of names) {
      words.push(...name.words);
    }
  }
  for (const name of all) {
    words.push(...name.compounds);
  }
  return all.length === 1 ? words : distinct(words);
}

function acronyms(titles: readonly string[], series: readonly [string, string][]): string[] {
  const letters = [
    ...titles.flatMap(acronymsOf),
    ...series.flatMap(([title]) => acronymsOfSeries(title)),
  ];
  return distinct(letters).slice(0, MAX_ACRONYMS);
}

function seriesEntries(work: Work, editions: Edition[]): [title: string, position: string][] {
  const entries = new Map<string, [string, string]>();
  const add = ({ title, position }: Work["series"][number]): void => {
    if (entries.size < MAX_SERIES) {
      entries.set(`${title}#${position}`, [title, position]);
    }
  };
  for (const one of work.series) {
    add(one);
  }
  for (const edition of editions) {
    for (const one of edition.series) {
      add(one);
    }
  }
  return [...entries.values()];
}

function describedWords(work: Work, topics: readonly FoldedText[]): string[] {
  if (work.description === "") {
    return [];
  }
  const stems: string[] = [];
  const add = (tokens: readonly string[]): void => {
    for (const token of tokens) {
      stems.push(stemOf(token));
    }
  };
  add(foldTokens(work.description).slice(0, MAX_DESCRIPTION_TOKENS));
  for (const { tokens } of topics) {
    add(tokens);
  }
  add(foldTokens(`${work.title} ${work.subtitle}`));
  return distinct(stems);
}
