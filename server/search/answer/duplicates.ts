/** Works of the same title and author are one result, which lists the others. */
import type { SearchOrder } from "#server/catalog/catalog.ts";
import type { SearchResultSet } from "../search-result-set.ts";
import type { SearchRun } from "../search-run.ts";

/**
 * What was found with each group of duplicates in the place of one of them: by relevance of the one
 * that ranks best, in other orders of the most read one.
 */
export async function collapseDuplicates(
  run: SearchRun,
  found: SearchResultSet,
  order: SearchOrder,
): Promise<SearchResultSet> {
  // Whoever asks for two books by their numbers wants both.
  if (found.identified.size > 0) {
    return found;
  }
  const groupOf = await groupsOf(run, found);
  const merged = new Map<number, number[]>();
  const firsts = new Map<number, number>();
  const byRank =
    order === "relevance" ? found.ids : found.ids.toSorted((one, other) => one - other);
  for (const id of byRank) {
    const group = groupOf(id);
    if (group === undefined) {
      continue;
    }
    const first = firsts.get(group);
    if (first === undefined) {
      firsts.set(group, id);
    } else {
      merged.set(first, [...(merged.get(first) ?? []), id]);
    }
  }
  const hidden = new Set([...merged.values()].flat());
  return { ...found, ids: found.ids.filter((id) => !hidden.has(id)), merged };
}

async function groupsOf(
  { index, effort }: SearchRun,
  { ids, groups, ladder }: SearchResultSet,
): Promise<(id: number) => number | undefined> {
  if (groups !== undefined) {
    return (id) => groups.get(id);
  }
  if (ladder !== undefined) {
    return (id) => ladder.candidates.get(id)?.book.duplicate;
  }
  const read = await index.duplicateGroups(ids, effort);
  return (id) => read.get(id);
}
