/** Works of the same title and author are one result, which lists the others. */
import type { SearchOrder } from "#server/catalog/catalog.ts";
import type { ReadDatabase } from "#server/sqlite/database.ts";
import type { Found } from "../found.ts";

/**
 * What was found with each group of duplicates in the place of one of them: by relevance of the one
 * that ranks best, in other orders of the most read one.
 */
export function collapseDuplicates(
  database: ReadDatabase,
  found: Found,
  order: SearchOrder,
): Found {
  // Whoever asks for two books by their numbers wants both.
  if (found.identified.size > 0) return found;
  const groupOf = groupsOf(database, found);
  const merged = new Map<number, number[]>();
  const firsts = new Map<number, number>();
  const byRank =
    order === "relevance" ? found.ids : found.ids.toSorted((one, other) => one - other);
  for (const id of byRank) {
    const group = groupOf(id);
    if (group === undefined) continue;
    const first = firsts.get(group);
    if (first === undefined) firsts.set(group, id);
    else merged.set(first, [...(merged.get(first) ?? []), id]);
  }
  const hidden = new Set([...merged.values()].flat());
  return { ...found, ids: found.ids.filter((id) => !hidden.has(id)), merged };
}

function groupsOf(database: ReadDatabase, found: Found): (id: number) => number | undefined {
  const { groups, ladder } = found;
  if (groups !== undefined) return (id) => groups.get(id);
  if (ladder !== undefined) return (id) => ladder.candidates.get(id)?.book.duplicate;
  const read = readGroups(database, found.ids);
  return (id) => read.get(id);
}

/** The group of duplicates that each of some works is in. */
export function readGroups(database: ReadDatabase, ids: readonly number[]): Map<number, number> {
  const rows = database.rows(
    "SELECT ranking.id, duplicate FROM json_each(?) JOIN ranking ON ranking.id = json_each.value",
    JSON.stringify(ids),
  );
  return new Map(rows.map(([id, group]) => [Number(id), Number(group)]));
}
