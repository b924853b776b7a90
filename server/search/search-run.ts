import type { Effort } from "./effort.ts";
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

/** One request on its way: what it asks, and what it may still do. */
export type SearchRun = {
  index: SearchIndex;
  vocabulary: Vocabulary;
  effort: Effort;
  options: SearchOptions;
};

/** The run with an effort of its own. */
export function withEffort(run: SearchRun, limit: number = run.options.effort): SearchRun {
  return { ...run, effort: run.effort.another(limit) };
}
