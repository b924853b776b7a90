/** What a ladder is asked, and what it finds. */
import type { RankingQuery } from "#server/catalog/ranking/query-words.ts";
import type { Ranked } from "#server/catalog/ranking/ranked.ts";
import type { LaneCandidate } from "#server/sqlite/read/lanes.ts";
import type { FilterExpression } from "../understand/filter-expression.ts";
import type { Plan } from "../understand/plan.ts";

export type LadderOptions = {
  /** Candidates of the main lane: the most popular works that have every word. */
  candidates: number;
  popularity: boolean;
  spelling: boolean;
};

export const defaultLadderOptions: LadderOptions = {
  candidates: 40,
  popularity: true,
  spelling: true,
};

export type LadderRequest = {
  plan: Plan;
  filter: FilterExpression;
  unfinished: boolean;
  verbatim: boolean;
};

export type LadderResult = {
  ranked: Ranked[];
  candidates: ReadonlyMap<number, LaneCandidate>;
  /** How the query was read: for each result the words that ranked it. */
  readings: ReadonlyMap<number, RankingQuery>;
  /** Works found that have every word as typed; if `more`, at least so many. */
  strictCount: number;
  /**
   * FTS5: where more works have every word, the last perhaps only begun, than were looked at, all of
   * them.
   */
  more: string | undefined;
};
