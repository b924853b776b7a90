/** What the ladder is asked, and what it found. */
import type { RankingQuery } from "#server/catalog/ranking/query-words.ts";
import type { RankedWork } from "#server/catalog/ranking/ranked-work.ts";
import type { FilterExpression } from "../understand/filter-expression.ts";
import type { Plan } from "../understand/plan.ts";
import type { LaneCandidate } from "./candidates.ts";
import type { FullLane } from "./word-lanes.ts";

export type LadderRequest = {
  plan: Plan;
  filter: FilterExpression;
  unfinished: boolean;
  verbatim: boolean;
};

export type LadderResult = {
  ranked: RankedWork[];
  candidates: ReadonlyMap<number, LaneCandidate>;
  /** How the query was read: for each result the words that ranked it. */
  readings: ReadonlyMap<number, RankingQuery>;
  /** Works found that have every word as typed; if `more`, at least so many. */
  strictCount: number;
  /**
   * Where more works have every word, the last perhaps only begun, than were looked at: all of them,
   * and those that were.
   */
  more: FullLane | undefined;
  /** True if a walk for the most read works gave up: what else matches is far apart. */
  isSparse: boolean;
};
