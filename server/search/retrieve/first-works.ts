import type { Expression } from "../expression.ts";
import { type SearchResultSet, tailOf } from "../search-result-set.ts";
import type { SearchRun } from "../search-run.ts";

/** The most read works that match, and what continues them. */
export async function firstWorks(
  { index, effort }: SearchRun,
  expression: Expression,
  limit: number,
): Promise<Pick<SearchResultSet, "ids" | "complete" | "tail">> {
  const ids = await index.walk({ expression, limit }, effort);
  const isFull = ids.length === limit;
  return {
    ids,
    complete: !isFull && !effort.exceeded,
    tail: isFull ? tailOf(expression) : undefined,
  };
}
