/**
 * All works of a catalogue, and all but some: FTS5 can say what a work lacks only of works that have
 * something, so an expression that begins with NOT is answered from the table of works.
 */
import type { ReadDatabase } from "../database.ts";

const EXCEPT = "NOT ";

/** The expression of all works but those of `excluded`, for `idsOfAllWorks` only. */
export function allExcept(excluded: string): string {
  return `${EXCEPT}${excluded}`;
}

/** True if an expression is of all works, or of all but some. */
export function isOfAllWorks(expression: string): boolean {
  return expression === "" || expression.startsWith(EXCEPT);
}

/** Ids, most popular first, of works of such an expression; `from` is excluded, `to` included. */
export function idsOfAllWorks(
  database: ReadDatabase,
  expression: string,
  { from, to, limit }: { from: number; to: number; limit: number },
): number[] {
  const all = "SELECT id FROM ranking WHERE id > ? AND id <= ?";
  if (expression === "") return database.numbers(`${all} ORDER BY id LIMIT ?`, from, to, limit);
  return database.numbers(
    `${all} AND id NOT IN (SELECT rowid FROM words WHERE words MATCH ? AND rowid > ? ` +
      "AND rowid <= ?) ORDER BY id LIMIT ?",
    from,
    to,
    expression.slice(EXCEPT.length),
    from,
    to,
    limit,
  );
}

/** True if a work is one of an expression's; of undefined every work is. */
export function isAmong(
  database: ReadDatabase,
  expression: string | undefined,
  id: number,
): boolean {
  if (expression === undefined || expression === "") return true;
  const all = isOfAllWorks(expression);
  const positive = all ? expression.slice(EXCEPT.length) : expression;
  const sql = "SELECT rowid FROM words WHERE words MATCH ? AND rowid = ?";
  return (database.row(sql, positive, id) === undefined) === all;
}
