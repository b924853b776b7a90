/**
 * All works of a catalogue, and all but some: FTS5 can say what a work lacks only of works that have
 * something, so these are answered from the table of works.
 */
import type { Expression } from "#server/search/expression.ts";
import type { ReadDatabase } from "../database.ts";
import { toFts5 } from "./fts5.ts";

/** Ids, most popular first, of all works but the unwanted; `from` is excluded, `to` included. */
export function idsOfAllWorks(
  database: ReadDatabase,
  unwanted: Expression | undefined,
  { from, to, limit }: { from: number; to: number; limit: number },
  fence: number | undefined,
): number[] {
  const all = "SELECT id FROM ranking WHERE id > ? AND id <= ?";
  if (unwanted === undefined) {
    return database.numbers(`${all} ORDER BY id LIMIT ?`, from, to, limit);
  }
  return database.numbers(
    `${all} AND id NOT IN (SELECT rowid FROM words WHERE words MATCH ? AND rowid > ? ` +
      "AND rowid <= ?) ORDER BY id LIMIT ?",
    from,
    to,
    toFts5(unwanted, fence),
    from,
    to,
    limit,
  );
}
