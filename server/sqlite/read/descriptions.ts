/** The index of descriptions: stems, no places and no counts within a work. */
import type { Effort } from "#server/search/effort.ts";
import type { ReadDatabase } from "../database.ts";
import { DESCRIPTION_EFFORT, STATEMENT_EFFORT } from "./prices.ts";

/** For each stem the works that have it, at most `limit` in all; none once the effort is spent. */
export function worksDescribedBy(
  database: ReadDatabase,
  stems: readonly string[],
  limit: number,
  effort: Effort,
  hidden?: ReadonlySet<number>,
): number[][] {
  let room = limit;
  return stems.map((stem) => {
    if (room <= 0 || effort.isSpent()) {
      return [];
    }
    const ids = idsOf(database, stem, room);
    effort.spend(STATEMENT_EFFORT + ids.length * DESCRIPTION_EFFORT);
    const visible = hidden === undefined ? ids : ids.filter((id) => !hidden.has(id));
    room -= visible.length;
    return visible;
  });
}

/** As one text: a row for each of thousands of ids takes longer to make than to find. */
function idsOf(database: ReadDatabase, stem: string, limit: number): number[] {
  const row = database.row(
    "SELECT json_group_array(rowid) FROM " +
      "(SELECT rowid FROM descriptions WHERE descriptions MATCH ? LIMIT ?)",
    `"${stem}"`,
    limit,
  );
  // SQLite makes an array of numbers, empty if nothing matches.
  return JSON.parse(String(row?.[0] ?? "[]")) as number[];
}

/** Which of some stems a work's description or topics have. */
export function stemsDescribing(
  database: ReadDatabase,
  id: number,
  stems: readonly string[],
): boolean[] {
  const sql = "SELECT rowid FROM descriptions WHERE descriptions MATCH ? AND rowid = ?";
  return stems.map((stem) => database.row(sql, `"${stem}"`, id) !== undefined);
}
