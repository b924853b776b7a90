import type { Correction, QueryNode, QueryNotice, Relaxation } from "#server/catalog/catalog.ts";
import type { Expression } from "./expression.ts";
import type { SearchLane } from "./retrieve/candidates.ts";
import type { LadderResult } from "./retrieve/ladder-result.ts";
import type { Phrases } from "./retrieve/phrases.ts";

/** Works found, best first, before they are cut into pages. */
export type SearchResultSet = {
  /** The query as it was parsed. */
  root: QueryNode | undefined;
  ids: number[];
  /** False if there are more than `ids`. */
  complete: boolean;
  /** What continues `ids` in order of popularity; undefined if nothing does. */
  tail: ResultTail | undefined;
  /** What works of the tail must meet beside its expression; `ids` do. */
  phrases: Phrases;
  /** Duplicates by the work that stands for them all; none of them is in `ids`. */
  merged: ReadonlyMap<number, readonly number[]>;
  /** Groups of duplicates by work, where they were read. */
  groups: ReadonlyMap<number, number> | undefined;
  ladder: LadderResult | undefined;
  /**
   * What orders other than relevance put in order: all works with the words as typed. Undefined: `ids`.
   */
  typed: Expression | undefined;
  /** True if nothing was typed that ranks: the works of `typed`, most popular first. */
  isBrowsed: boolean;
  /** The work by which the query was understood; undefined: the first that is shown. */
  understoodBy: number | undefined;
  /** Stems that were searched in descriptions; undefined if none were. */
  described: ReadonlySet<string> | undefined;
  /** Words that were searched in topics only; undefined if none were. */
  topicWords: ReadonlySet<string> | undefined;
  /** The identifiers that named works, by work; empty if the search was by words. */
  identified: ReadonlyMap<number, string>;
  corrections: Correction[];
  relaxations: Relaxation[];
  notices: QueryNotice[];
};

/** Works that continue others in order of popularity; some of those may be among them. */
export type ResultTail = {
  expression: Expression;
  /** The first of them, as far as they were looked at. */
  head: readonly number[];
  /** The lane of the ladder that they are of; undefined if the ladder did not find them. */
  lane: SearchLane | undefined;
  /** True if they are so far apart that to fill a page with them takes long. */
  isSparse: boolean;
};

/** A tail that nobody has looked at. */
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
    groups: undefined,
    ladder: undefined,
    typed: undefined,
    isBrowsed: false,
    understoodBy: undefined,
    described: undefined,
    topicWords: undefined,
    identified: new Map(),
    corrections: [],
    relaxations: [],
    notices: [],
  };
}
