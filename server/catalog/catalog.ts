/**
 * What the service asks of a catalogue. Everything is bounded: a search stops when it has done all
 * that one may do and says so in its answer, and every call ends when nobody waits for it.
 */
import type { ListRow, RowMatches } from "./list-row.ts";
import type { NoticeReason } from "./notice-sentences.ts";
import type { Author, Edition, Work } from "./records.ts";

export interface Catalog {
  /** @throws {BadPageTokenError} when the token is forged, of another search or of another revision. */
  search(request: SearchRequest, call?: CallOptions): Promise<SearchResponse>;
  suggest(request: SuggestRequest, call?: CallOptions): Promise<Suggestion[]>;
  /** The work, following redirects of merged keys; undefined if there is none. */
  getWork(key: string, call?: CallOptions): Promise<Work | undefined>;
  /** Editions of a work; undefined if there is no such work. @throws {BadPageTokenError} */
  listEditions(request: ListEditionsRequest, call?: CallOptions): Promise<EditionPage | undefined>;
  /** Books like a work, first of its series, then by what they share; undefined if there is no such work. */
  similarBooks(
    request: SimilarBooksRequest,
    call?: CallOptions,
  ): Promise<SimilarBook[] | undefined>;
  /** The author, following redirects; undefined if there is none. */
  getAuthor(key: string, call?: CallOptions): Promise<(Author & { workCount: number }) | undefined>;
  /** The works that a row of a list may mean. */
  match(row: ListRow, call?: CallOptions): Promise<RowMatches>;
  info(call?: CallOptions): Promise<CatalogInfo>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Until when somebody waits for an answer; what is undefined ends nothing. */
export type CallOptions = {
  /** Aborted when the caller has gone; calls then fail with its reason. */
  signal?: AbortSignal | undefined;
  /** As `performance.now()` counts; calls then fail with a DeadlineExceededError. */
  deadlineMs?: number | undefined;
};

export type CatalogInfo = {
  /** Changes with every import and edit. */
  revision: string;
  workCount: number;
  editionCount: number;
  authorCount: number;
  source: string;
  buildTime: Date;
};

export type FacetField = "author" | "language" | "subject" | "series" | "decade" | "publisher";

/** Author values are keys ("OL26320A"); the others are what the facets returned. */
export type FacetFilter = { anyOf: string[]; noneOf: string[] };

export type YearRange = { from?: number | undefined; to?: number | undefined };

export type SearchFilter = {
  author: FacetFilter;
  language: FacetFilter;
  subject: FacetFilter;
  series: FacetFilter;
  publisher: FacetFilter;
  published: YearRange;
  hideDemoted: boolean;
};

export type SearchOrder =
  | "relevance"
  | "popularity"
  | "rating"
  | "newest"
  | "oldest"
  | "title"
  | "author";

export type SearchRequest = {
  query: string;
  filter: SearchFilter;
  order: SearchOrder;
  /** 1 to 100. */
  pageSize: number;
  /** Empty for the first page. */
  pageToken: string;
  /** MARC codes, best first. */
  preferredLanguages: string[];
  facets: FacetField[];
  /** The last word is still being typed. */
  unfinished: boolean;
  /** No corrections, no relaxations. */
  verbatim: boolean;
  explain: boolean;
  expandDuplicates: boolean;
};

/** A part of a text, in Unicode code points. */
export type TextSpan = { start: number; end: number };

export type Count = { value: number; lowerBound: boolean };

export type SearchResponse = {
  results: SearchResult[];
  nextPageToken: string;
  total: Count;
  facets: Facet[];
  interpretation: QueryInterpretation;
};

export type Volume = { work: Work; number: number };

export type SearchResult = {
  work: Work;
  edition: Edition | undefined;
  reasons: MatchReason[];
  /** Works of the same title and author merged into this one. */
  duplicates: Work[];
  /** The volumes of a larger work of which this is one, itself among them, by number; else none. */
  volumes: Volume[];
  explanation: MatchExplanation | undefined;
};

export type BookField =
  | "title"
  | "otherTitle"
  | "author"
  | "series"
  | "subject"
  | "topic"
  | "description"
  | "publisher"
  | "identifier"
  | "language"
  | "year";

export type MatchKind = "exact" | "words" | "prefix" | "spelling" | "transliteration" | "initials";

export type MatchReason = {
  field: BookField;
  text: string;
  highlights: TextSpan[];
  kind: MatchKind;
  /** Edition key; empty if the text is the work's. */
  editionKey: string;
  /** MARC code; empty if unknown. */
  language: string;
};

export type MatchExplanation = {
  /** In the order in which they decide. */
  criteria: { name: string; value: number; meaning: string }[];
  lanes: string[];
};

export type Facet = {
  field: FacetField;
  values: { value: string; label: string; count: Count; selected: boolean }[];
};

export type QueryInterpretation = {
  root: QueryNode | undefined;
  searchedText: string;
  corrections: Correction[];
  relaxations: Relaxation[];
  notices: QueryNotice[];
};

export type IdentifierType =
  | "isbn13"
  | "lccn"
  | "oclc"
  | "work_key"
  | "edition_key"
  | "author_key"
  | "goodreads"
  | "amazon";

/** A parsed query. */
export type QueryNode = { excluded: boolean; span: TextSpan } & (
  | { kind: "all" | "any"; nodes: QueryNode[] }
  | { kind: "words" | "phrase"; field: BookField | undefined; text: string }
  | { kind: "years"; years: YearRange }
  | { kind: "identifier"; type: IdentifierType; text: string }
);

export type Correction = {
  original: string;
  corrected: string;
  span: TextSpan;
  kind: "spelling" | "split" | "joined" | "checkDigit" | "acronym";
};

export type Relaxation = {
  kind: "wordDropped" | "filterDropped" | "anyWords";
  text: string;
  span: TextSpan | undefined;
};

export type QueryNotice = {
  reason: NoticeReason;
  message: string;
  span: TextSpan | undefined;
};

export type SuggestionKind = "book" | "author" | "series" | "subject";

export type SuggestRequest = {
  query: string;
  /** 1 to 20. */
  pageSize: number;
  /** Never empty. */
  kinds: SuggestionKind[];
};

export type Suggestion = { text: string; highlights: TextSpan[]; query: string } & (
  | { kind: "book"; work: Work }
  | { kind: "author"; author: Author & { workCount: number } }
  | { kind: "series" | "subject"; title: string; workCount: number }
);

export type SimilarBooksRequest = {
  workKey: string;
  /** 1 to 50. */
  pageSize: number;
};

/** A work that is like another, and what they share, never empty. */
export type SimilarBook = { work: Work; reasons: SimilarityReason[] };

/** A series, an author or a heading that two works share, as catalogued. */
export type SimilarityReason = { field: "series" | "author" | "subject" | "topic"; text: string };

export type ListEditionsRequest = {
  workKey: string;
  /** 1 to 100. */
  pageSize: number;
  pageToken: string;
  /** MARC codes, best first. */
  preferredLanguages: string[];
  /** The only edition that is wanted; one page, with it or empty. */
  editionKey?: string;
};

export type EditionPage = {
  workKey: string;
  editions: Edition[];
  nextPageToken: string;
  totalSize: number;
};

/** The deadline of a call passed before it was answered. */
export class DeadlineExceededError extends Error {
  override name = "DeadlineExceededError";
  override message = "The deadline passed before the answer was there.";
}

/** The catalogue can't be asked at the moment; the same call may be answered a little later. */
export class CatalogUnavailableError extends Error {
  override name = "CatalogUnavailableError";
}

/** A page token that this catalogue can't continue from; `message` says why and what to do. */
export class BadPageTokenError extends Error {
  override name = "BadPageTokenError";
}
