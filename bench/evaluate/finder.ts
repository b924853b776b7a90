import type { SearchRequest } from "#server/catalog/catalog.ts";
import { plainSearch } from "#server/catalog/plain-search.ts";
import type { EvaluatedQuery } from "./query-set.ts";

/** Something that answers queries with keys of works, best first. */
export type Finder = {
  name: string;
  find(query: EvaluatedQuery): Promise<FoundKeys>;
  [Symbol.asyncDispose](): Promise<void>;
};

export type FoundKeys = {
  keys: string[];
  /** For each of `keys` the works that were merged into it as duplicates. */
  duplicates: string[][];
  /** The engine stopped at its deadline. */
  cutShort: boolean;
};

/** Results asked for: as far down as anything here is measured. */
export const RESULT_COUNT = 10;

/** The search that a plain client would send. */
export function searchRequest(
  { text, unfinished }: Pick<EvaluatedQuery, "text" | "unfinished">,
  override: Partial<SearchRequest> = {},
): SearchRequest {
  return plainSearch(text, { pageSize: RESULT_COUNT, unfinished, ...override });
}
