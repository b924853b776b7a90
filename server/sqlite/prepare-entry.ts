/**
 * What of indexing is pure and heavy: folding every text of a work into the words, keys and rows
 * that the index writer only has to insert. Importers run this in parallel and carry the result,
 * plain strings and numbers, through their final sort.
 */
import type { CatalogueEntry } from "#server/catalog/entry.ts";
import { articles } from "#server/catalog/ranking/coverage.ts";
import { stem } from "#server/catalog/ranking/stem.ts";
import type { Demotion, Edition, Work } from "#server/catalog/records.ts";
import { compoundTokens } from "#server/catalog/text/compound-tokens.ts";
import { foldTokens, squash } from "#server/catalog/text/fold.ts";
import { nameForms } from "#server/catalog/text/name-forms.ts";
import { romanKey, romanTokens } from "#server/catalog/text/roman-key.ts";
import { romanised } from "#server/catalog/text/romanised.ts";
import { addBeginnings, firstWordToken } from "./beginnings.ts";
import { memoise } from "./bounded-memo.ts";
import { encodeWork } from "./documents.ts";
import { duplicateGroup, identifierTokens, keyTokens } from "./entry-keys.ts";
import { publisherToken, romanToken, subjectToken } from "./key-tokens.ts";
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
  ];
  work: string;
  editions: string;
};

// Limits per work, far above what real works have, so that one absurd record can't bloat the index.
const MAX_TITLES = 200;
const MAX_RANKED_TITLES = 32;
const MAX_TOKENS_OF_TITLE = 64;
const MAX_NAMES = 60;
const MAX_TOPICS = 80;
const MAX_PUBLISHERS = 40;
const MAX_SERIES = 20;
const MAX_DESCRIPTION_TOKENS = 600;

/** How many different headings, names … a worker remembers what it folded them to. */
const MAX_REMEMBERED = 20_000;

/** What headings and publishers are folded to: the same few are on most works. */
const foldTopic = memoise(
  (topic) => ({ tokens: foldTokens(topic), key: subjectToken(squash(topic)) }),
  MAX_REMEMBERED,
);
const foldPublisher = memoise(
  (name) => ({ tokens: foldTokens(name), key: publisherToken(squash(name)) }),
  MAX_REMEMBERED,
);
const foldName = memoise(
  (name) => ({
    // A name in an unspaced script is one word as a name, and pairs of characters as a query.
    forms: [...nameForms(name), foldTokens(name)],
    compounds: compoundTokens(name),
    romans: romanTokens(name).map(romanToken),
  }),
  MAX_REMEMBERED,
);
/** The token of a name's word as it sounds across transliterations; empty if that is the word. */
const foldRoman = memoise((word) => {
  const roman = romanKey(word);
  return roman !== "" && roman !== word ? romanToken(roman) : "";
}, MAX_REMEMBERED);
const stemOf = memoise(stem, MAX_REMEMBERED);

const demotions: readonly Demotion[] = ["none", "reprint", "summary", "notebook"];

/** Folds an entry into what the index writer inserts. Pure. */
export function prepareEntry(entry: CatalogueEntry): PreparedEntry {
  const { work, editions } = entry;
  const titles = titleTexts(work, editions);
  const segmented = titles.map(segmentTokens);
  const forms = authorForms(entry);
  const names = [
    ...entry.work.authors.map((author) => author.name),
    ...entry.authorAlternateNames.flat(),
  ].slice(0, MAX_NAMES);
  const series = seriesEntries(work, editions);
  const topics = [...work.people, ...work.places, ...work.times, ...work.subjects].slice(
    0,
    MAX_TOPICS,
  );
  const publishers = distinct(editions.flatMap((edition) => edition.publishers)).slice(
    0,
    MAX_PUBLISHERS,
  );
  const authorWords = new Set(forms.flat(2));
  const folded = topics.map(foldTopic);
  const topicWords = new Set(folded.flatMap(({ tokens }) => tokens));
  const houses = publishers.map(foldPublisher);
  const description = describedWords(work, topicWords);
  return {
    popularity: entry.popularity,
    key: work.key,
    editionCount: editions.length,
    words: [
      typed(withCompounds(segmented.flat(2), titles.map(compoundTokens)), firstWords(segmented)),
      typed(
        withCompounds(
          authorWords,
          names.map((name) => foldName(name).compounds),
        ),
      ),
      typed(new Set(series.flatMap(([title, position]) => foldTokens(`${title} ${position}`)))),
      joined(topicWords),
      joined(new Set(houses.flatMap(({ tokens }) => tokens))),
      joined(
        keyTokens(entry, titles, romansOf(names, authorWords), [...folded, ...houses], series),
      ),
    ],
    identifiers: joined(identifierTokens(entry)),
    description: description.join(" "),
    ranking: [
      distinct(segmented.map(printSegments)).slice(0, MAX_RANKED_TITLES).join("\n"),
      forms.map((one) => distinct(one.map((form) => form.join(" "))).join("/")).join("\n"),
      series.map(([title, position]) => `${foldTokens(title).join(" ")}#${position}`).join("\n"),
      work.firstPublished.year,
      entry.popularity,
      ratingLowerBound(work.rating.average, work.rating.count),
      demotions.indexOf(work.demotion),
      duplicateGroup(work),
      description.length,
    ],
    work: encodeWork(work),
    editions: encodeEditions(editions),
  };
}

/**
 * Parts of a title, each of which may be left out by a reader from the second on: title, subtitle,
 * "or, …", "(series)". Splits at ": ", "; ", " - ", " / ", " = ", brackets, ", by " and MARC's "$b".
 */
export function titleSegments(title: string): string[] {
  return title.split(/(?:[:;]\s|\s[-–—/=]+\s|[([{}\])]|,\s+(?=by\s)|\s\$[a-z]\s)+/u);
}

/**
 * Lower bound of a rating's confidence interval, 1 to 5; 0 if nobody rated. Wilson's score interval
 * at z = 1.65 on the mean scaled to 0 … 1.
 */
export function ratingLowerBound(average: number, count: number): number {
  if (count <= 0) return 0;
  const z = 1.65;
  const mean = (average - 1) / 4;
  const centre = mean + (z * z) / (2 * count);
  const spread = z * Math.sqrt((mean * (1 - mean) + (z * z) / (4 * count)) / count);
  return 1 + (4 * (centre - spread)) / (1 + (z * z) / count);
}

function titleTexts(work: Work, editions: Edition[]): string[] {
  const texts = [withSubtitle(work.title, work.subtitle)];
  for (const other of work.otherTitles) texts.push(other.title);
  for (const edition of editions) texts.push(withSubtitle(edition.title, edition.subtitle));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is ASCII.
  const others = texts.filter((text) => /[^\x00-\x7f]/.test(text)).map(romanised);
  return distinct([...texts, ...others.filter((text) => text !== "")]).slice(0, MAX_TITLES);
}

/** Words with the joined forms of those that are also written as one ("spider-man"). */
function withCompounds(words: Iterable<string>, compounds: readonly string[][]): Set<string> {
  const all = new Set(words);
  for (const tokens of compounds) for (const token of tokens) all.add(token);
  return all;
}

function withSubtitle(title: string, subtitle: string): string {
  return subtitle === "" ? title : `${title} : ${subtitle}`;
}

function segmentTokens(title: string): string[][] {
  const segments: string[][] = [];
  let room = MAX_TOKENS_OF_TITLE;
  for (const part of titleSegments(title)) {
    const tokens = foldTokens(part).slice(0, room);
    room -= tokens.length;
    if (tokens.length > 0) segments.push(tokens);
  }
  return segments;
}

function printSegments(segments: string[][]): string {
  return segments.map((tokens) => tokens.join(" ")).join("|");
}

function authorForms(entry: CatalogueEntry): string[][][] {
  let room = MAX_NAMES;
  return entry.work.authors.map((author, index) => {
    const names = distinct([author.name, ...(entry.authorAlternateNames[index] ?? [])]);
    const kept = names.slice(0, room);
    room -= kept.length;
    return kept.flatMap((name) => foldName(name).forms);
  });
}

/** Names as they sound in any transliteration, whole and word by word. */
function* romansOf(names: readonly string[], words: Iterable<string>): Iterable<string> {
  for (const word of words) {
    const roman = foldRoman(word);
    if (roman !== "") yield roman;
  }
  for (const name of names) yield* foldName(name).romans;
}

function seriesEntries(work: Work, editions: Edition[]): [title: string, position: string][] {
  const entries = new Map<string, [string, string]>();
  for (const { title, position } of [...work.series, ...editions.flatMap((one) => one.series)]) {
    if (entries.size < MAX_SERIES) entries.set(`${title}#${position}`, [title, position]);
  }
  return [...entries.values()];
}

function describedWords(work: Work, topicWords: Set<string>): string[] {
  if (work.description === "") return [];
  const words = new Set<string>();
  for (const token of foldTokens(work.description).slice(0, MAX_DESCRIPTION_TOKENS)) {
    words.add(stemOf(token));
  }
  for (const token of topicWords) words.add(stemOf(token));
  for (const token of foldTokens(`${work.title} ${work.subtitle}`)) words.add(stemOf(token));
  return [...words];
}

function distinct(texts: string[]): string[] {
  return [...new Set(texts)];
}

/** Words with their beginnings, for columns that are searched while their words are being typed. */
function typed(words: ReadonlySet<string>, others: readonly string[] = []): string {
  const tokens = new Set(words);
  addBeginnings(tokens, words);
  for (const other of others) tokens.add(other);
  return joined(tokens);
}

/** Tokens of the words that titles begin with. */
function firstWords(titles: readonly string[][][]): string[] {
  return titles.flatMap(([words = []]) =>
    words.slice(0, articles.has(words[0] ?? "") ? 2 : 1).map(firstWordToken),
  );
}

function joined(tokens: ReadonlySet<string>): string {
  return [...tokens].join(" ");
}
