/**
 * What a search asks of an engine. Ids are numbers that ascend as popularity falls, so that every list
 * of ids is in the order in which readers want the works. Questions come in batches, one call for each
 * step of a search, so that an engine on other machines needs few round trips. An engine stops at the
 * budget it is handed and pays from it what it did; `budget.check()` ends what nobody waits for.
 */
import type { CatalogInfo } from "#server/catalog/catalog.ts";
import type { IndexedBook } from "#server/catalog/ranking/indexed-book.ts";
import type { Author, Edition, Work } from "#server/catalog/records.ts";
import type { Effort } from "./effort.ts";
import type { Expression, WorkFilter } from "./expression.ts";

/** The publishers of a work. */
export type PublisherNames = {
  names: readonly string[];
  /** False if it has more editions than were read. */
  isWhole: boolean;
};

export interface SearchIndex {
  readonly info: CatalogInfo;
  /** Works with a description, and how many different words one has on average. */
  readonly described: { count: number; averageLength: number };

  terms(questions: TermQuestions, budget: Effort): Promise<TermAnswers>;
  /** Begins a retrieval of candidates that all meet a filter. */
  retrieve(filter: WorkFilter, budget: Effort): Retrieval;
  /** Ids of matching works, most popular first. */
  walk(walk: Walk, budget: Effort): Promise<number[]>;
  /** Those of some works that match, in their order, at most `limit`. */
  matching(
    expression: Expression,
    ids: readonly number[],
    limit: number,
    budget: Effort,
  ): Promise<number[]>;
  /** Works by their keys, following redirects; undefined for keys that lead nowhere. */
  idsOfKeys(keys: readonly string[], budget: Effort): Promise<(number | undefined)[]>;
  /** For each identifier the works that have it, most popular first. */
  idsOfIdentifiers(identifiers: readonly Identifier[], budget: Effort): Promise<number[][]>;

  /** What the ranking function reads; undefined for an id that no work has. */
  books(ids: readonly number[], budget: Effort): Promise<(IndexedBook | undefined)[]>;
  /** What orders other than relevance compare. */
  sortKeys(ids: readonly number[], budget: Effort): Promise<SortKeys[]>;
  /** The group of duplicates of each work. */
  duplicateGroups(ids: readonly number[], budget: Effort): Promise<Map<number, number>>;

  works(ids: readonly number[], budget: Effort): Promise<Work[]>;
  /** What a result shows. */
  records(ids: readonly number[], budget: Effort): Promise<BookRecord[]>;
  /** The publishers of works' editions; of a work with more than `most` an engine may read the first only. */
  publishers(ids: readonly number[], most: number, budget: Effort): Promise<PublisherNames[]>;
  /** Authors' records by key, following redirects; undefined for keys that lead nowhere. */
  authors(keys: readonly string[], budget: Effort): Promise<(AuthorRecord | undefined)[]>;

  /**
   * For each stem the works in whose descriptions or topics it stands, most popular first; at most
   * `limit` ids in all, and none once the budget is spent.
   */
  describedBy(stems: readonly string[], limit: number, budget: Effort): Promise<number[][]>;
  /** Which of some stems stand in a work's description or topics. */
  describingStems(id: number, stems: readonly string[], budget: Effort): Promise<boolean[]>;
  /** How many different words the descriptions of works have, in the order of the ids. */
  describedLengths(ids: readonly number[], budget: Effort): Promise<number[]>;

  [Symbol.asyncDispose](): Promise<void>;
}

export type AuthorRecord = Author & { workCount: number };

/** A kind of number ("isbn13", "lccn" …), empty for keys, and its text. */
export type Identifier = { type: string; text: string };

export type SortKeys = {
  id: number;
  duplicateGroup: number;
  /** 0 if unknown. */
  year: number;
  rating: number;
  /** The work's own title and its first author as shelves are ordered by them (shelf-order.ts). */
  title: string;
  author: string;
};

/** Words of titles, names and series, or of topics. */
export type WordScope = "names" | "topics";

/** Questions about the words that a catalogue has. */
export type TermQuestions = {
  /** In how many works' titles, names and series a word stands. */
  words?: readonly string[];
  /** In how many works' topics a word stands. */
  topicWords?: readonly string[];
  /** In how many works' descriptions or topics a stem stands. */
  stems?: readonly string[];
  /** How many works have a key (a sound, a value, a decade), exactly; undefined: few, and not counted. */
  keys?: readonly Expression[];
  /** The words that a typed one most probably means, best first, without itself. */
  alternatives?: readonly string[];
  /** Words that begin so, the commonest first. */
  beginnings?: readonly { letters: string; scope: WordScope; limit: number }[];
  /** What is searched for words of names, or of topics, that begin so. */
  prefixes?: readonly { letters: string; scope: WordScope }[];
  /** What is searched for titles that begin so, or much like it; undefined if that is too little. */
  titlePrefixes?: readonly string[];
};

/** The answers, each list in the order of its questions. */
export type TermAnswers = {
  words: number[];
  topicWords: number[];
  stems: number[];
  keys: (number | undefined)[];
  alternatives: (readonly Alternative[])[];
  beginnings: CountedWord[][];
  prefixes: SearchedPart[];
  titlePrefixes: (SearchedPart | undefined)[];
};

export type CountedWord = { word: string; workCount: number };

/** A word that a typed one may mean; `bits`: how improbable such a slip is. */
export type Alternative = CountedWord & { bits: number };

/**
 * A part of a search, and about how many works match it; undefined: few, as of a whole title. By these
 * numbers an engine decides which lists to walk.
 */
export type SearchedPart = { expression: Expression; workCount: number | undefined };

/** A key of which no count is kept has at most about so many works. */
export const FEW_WORKS = 250;

export type Walk = {
  expression: Expression;
  limit: number;
  /** Only works behind this one. */
  afterId?: number;
  /** What the expression requires together, if that is known. */
  parts?: readonly Pick<SearchedPart, "workCount">[];
};

/** One cheap way to collect candidates: works that have all parts, most popular first. */
export type Lane = {
  name: string;
  parts: readonly SearchedPart[];
  /** What is searched if all parts are, where that is more than all of them. */
  expression?: Expression | undefined;
  limit: number;
  /**
   * The engine may search for as few parts as it likes, as long as it returns every work that has
   * those; if that would be so many or more, it searches for all parts.
   */
  coreLimit?: number | undefined;
  /** Only works with a title that begins so are returned, over all lanes at most `limit`. */
  titleBegun?: { letters: string; limit: number } | undefined;
  /** Much read works are enough: the engine gives up early. */
  mostReadOnly?: boolean | undefined;
};

export type LaneResult = {
  /** What was walked, one after the other: a core of the parts, all of them, or both. */
  walks: { books: readonly IndexedBook[]; parts: readonly number[] }[];
  /** How many works match, at most the limit; the limit, too, where the engine gave up early. */
  found: number;
  /** True if there may be more works with all parts than the limit. */
  isFull: boolean;
  /** True if the engine gave up early: what else matches is far apart. */
  isSparse: boolean;
  /** Ids of the last walk. */
  ids: readonly number[];
};

/** Collects candidates. It remembers what it returned and walks no list twice. */
export interface Retrieval {
  /**
   * Runs lanes one after the other.
   * @param stopsWhenSpent leaves out, without a result, lanes for which nothing is left.
   */
  run(lanes: readonly Lane[], stopsWhenSpent?: boolean): Promise<LaneResult[]>;
}

/** What a result shows of a work. It may be of other results, too, and is not to be changed. */
export type BookRecord = { id: number; work: Work; editions: EditionList };

/** So many editions of a work are compared with what was matched. */
export const COMPARED_EDITIONS = 72;

/**
 * The editions of a work in the catalogue's order. An engine that reads without waiting may read them
 * when they are asked for.
 */
export interface EditionList extends Iterable<Edition> {
  readonly count: number;
  at(index: number): Edition | undefined;
  first(limit: number): Iterable<Edition>;
  titles(limit: number): Iterable<Pick<Edition, "key" | "title" | "subtitle" | "languages">>;
  withKey(key: string): Edition | undefined;
  /** Of the first COMPARED_EDITIONS the one with exactly this title. */
  withTitle(title: string): Edition | undefined;
  /** The edition that an ISBN, LCCN, OCLC number, key or id at another site names. */
  withIdentifier(identifier: string): Edition | undefined;
  /** Indexes in the order a reader of some languages wants them. */
  order(languages: readonly string[]): number[];
  /** The edition to show for a work that was found as a whole. */
  choose(languages: readonly string[]): Edition | undefined;
}
