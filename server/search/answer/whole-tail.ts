import { idsMeeting } from "../retrieve/phrases.ts";
import type { SearchResultSet } from "../search-result-set.ts";
import type { SearchRun } from "../search-run.ts";
import { MAX_COUNTED } from "./pages.ts";

/**
 * What was found with all works of its tail behind those that were ranked, if they are so few that all are
 * counted: duplicates are then merged among all of them, as other orders do, and totals are the same.
 */
export async function withWholeTail(
  run: SearchRun,
  found: SearchResultSet,
): Promise<SearchResultSet> {
  const { tail, phrases } = found;
  // Of what is browsed every work counts.
  if (tail === undefined || found.isBrowsed) {
    return found;
  }
  const { index, effort } = run;
  const limit = MAX_COUNTED + found.ids.length + 1;
  const walked = await index.walk({ expression: tail.expression, limit }, effort);
  if (walked.length === limit || effort.exceeded) {
    return found;
  }
  const known = new Set(found.ids);
  const met = await idsMeeting(run, phrases, walked);
  const ids = [...found.ids, ...met.filter((id) => !known.has(id))];
  const groups = await index.duplicateGroups(ids, effort);
  return effort.exceeded ? found : { ...found, ids, groups, tail: undefined, complete: true };
}
