import type { WordMatch } from "./compare-words.ts";

/** "asking": nowhere, and more probably a word about the asking than about the book. */
export type MatchedField = "title" | "author" | "series" | "other" | "none" | "asking";

/** Where a word of the query was found; `match` is undefined for topics and for nowhere. */
export type RankedWord = { field: MatchedField; match: WordMatch | undefined };

/** In bits; costs are negative. */
export type Criteria = {
  words: number;
  asking: number;
  typos: number;
  begun: number;
  exactness: number;
  coverage: number;
  order: number;
  field: number;
  popularity: number;
  demotion: number;
};

export type RankedWork = {
  id: number;
  /** The sum of the criteria; higher is better. */
  score: number;
  criteria: Criteria;
  /** For each word of the query. */
  words: RankedWord[];
  /** Index of the title variant that matches best. */
  title: number;
  exactTitle: boolean;
  exactAuthor: boolean;
  /** The query holds the whole title, perhaps with its author, and words that the book lacks. */
  holdsTitle: boolean;
};
