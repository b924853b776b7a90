import type { Budget, Effort, Stage } from "./effort.ts";
import type { SearchIndex } from "./index-port.ts";
import type { Vocabulary } from "./understand/vocabulary.ts";

export type SearchOptions = {
  /** How much a search may do, in units of about a microsecond; see effort.ts. */
  effort: number;
  ladder: LadderOptions;
};

export type LadderOptions = {
  /** Candidates of the main lane: the most popular works that have every word. */
  candidates: number;
  popularity: boolean;
  spelling: boolean;
};

export const defaultSearchOptions: SearchOptions = {
  effort: 5_000,
  ladder: { candidates: 40, popularity: true, spelling: true },
};

/** One stage of a request: what it asks, and what it may still do. */
export type SearchRun = {
  index: SearchIndex;
  vocabulary: Vocabulary;
  budget: Budget;
  /** The stage's share of the budget. */
  effort: Effort;
  options: SearchOptions;
};

/** The run at another stage. */
export function atStage(run: SearchRun, stage: Stage): SearchRun {
  return { ...run, effort: run.budget.stage(stage) };
}
