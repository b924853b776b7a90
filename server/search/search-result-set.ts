import type {
  Correction,
  QueryNode,
  QueryNotice,
  Relaxation,
  SimilarityReason,
} from "#server/catalog/catalog.ts";
import type { Expression } from "./expression.ts";
import type { SearchLane } from "./retrieve/candidates.ts";
import type { LadderResult } from "./retrieve/ladder-result.ts";
import type { Phrases } from "./retrieve/phrases.ts";

/** Works found, best first, before they are cut into pages. */
export type SearchResultSet = {
  /** The query as it was parsed. */
  root: QueryNode | undefined;
  ids: number[];
  /** False if more works match than `ids` has. */
  complete: boolean;
  /** What continues `ids` in order of popularity; undefined if nothing does. */
  tail: ResultTail | undefined;
  /** Phrases that works of the tail must contain; those of `ids` do. */
  phrases: Phrases;
  /** Duplicates that are left out of `ids`, by the work that is shown in their place. */
  merged: ReadonlyMap<number, readonly number[]>;
  /** Volumes of one work that are left out of `ids`, and the one shown in their place, by that one. */
  volumes: ReadonlyMap<number, readonly NumberedVolume[]>;
  /** The group of duplicates of each work; undefined until they are loaded. */
  groups: ReadonlyMap<number, number> | undefined;
  ladder: LadderResult | undefined;
  /**
   * All works with the words as typed, for orders other than relevance; if undefined, `ids` are sorted.
   */
  typed: Expression | undefined;
  /** True if the query has no words to rank by: works of `typed`, most popular first. */
  isBrowsed: boolean;
  /** The work whose match explains the query to the reader; undefined: the first of the page. */
  understoodBy: number | undefined;
  /** Stems that were searched in descriptions; undefined if descriptions were not searched. */
  described: ReadonlySet<string> | undefined;
  /** Words that were searched in topics only; undefined if topics were not searched alone. */
  topicWords: ReadonlySet<string> | undefined;
  /** Works that are like the first one, and what they share with it. */
  similar: ReadonlyMap<number, readonly SimilarityReason[]>;
  /** The identifier that found each work; empty if the search was by words. */
  identified: ReadonlyMap<number, string>;
  corrections: Correction[];
  relaxations: Relaxation[];
  notices: QueryNotice[];
};

/** A work that is a volume of a larger one. */
export type NumberedVolume = { id: number; number: number };

/** Works that follow the ranked ones, by popularity; ranked works may be among them, too. */
export type ResultTail = {
  expression: Expression;
  /** The first works of the tail, as far as they were retrieved. */
  head: readonly number[];
  /** The lane that retrieves the tail; undefined if it comes from no lane of the ladder. */
  lane: SearchLane | undefined;
  /** True if works of the tail are so rare that it takes long to fill a page with them. */
  isSparse: boolean;
};

/** A tail of which nothing is retrieved yet. */
export function tailOf(expression: Expression): ResultTail {
  return { expression, head: [], lane: undefined, isSparse: false };
}

export function emptyResultSet(): SearchResultSet {
  return {
    root: undefined,
    ids: [],
    complete: true,
    tail: undefined,
    phrases: { wanted: [], unwanted: [] },
    merged: new Map(),
    volumes: new Map(),
    groups: undefined,
    ladder: undefined,
    typed: undefined,
    isBrowsed: false,
    understoodBy: undefined,
    described: undefined,
    topicWords: undefined,
    similar: new Map(),
    identified: new Map(),
    corrections: [],
    relaxations: [],
    notices: [],
  };
}
