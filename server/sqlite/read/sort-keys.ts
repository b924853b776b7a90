/** What is read of many works at once, in one statement. */
import { parseAuthor, parseTitle } from "#server/catalog/ranking/indexed-book.ts";
import { authorOrderKey, titleOrderKey } from "#server/catalog/shelf-order.ts";
import type { SortKeys } from "#server/search/index-port.ts";
import type { ReadDatabase, SqlValue } from "../database.ts";

const FROM_IDS = "FROM json_each(?) JOIN ranking ON ranking.id = json_each.value";

export function sortKeys(database: ReadDatabase, ids: readonly number[]): SortKeys[] {
  const columns =
    "ranking.id, duplicate, year, rating, titles, authors, article_words, family_start, family_end";
  return database.rows(`SELECT ${columns} ${FROM_IDS}`, JSON.stringify(ids)).map(readRow);
}

function readRow(row: readonly SqlValue[]): SortKeys {
  const [id, group, year, rating, titles, authors, articleWords, familyStart, familyEnd] = row;
  const family = { start: Number(familyStart), end: Number(familyEnd) };
  return {
    id: Number(id),
    duplicateGroup: Number(group),
    year: Number(year),
    rating: Number(rating),
    title: titleOrderKey(parseTitle(firstLine(titles)).words, Number(articleWords)),
    author: authorOrderKey(parseAuthor(firstLine(authors)).forms[0] ?? "", family),
  };
}

/** The group of duplicates that each of some works is in. */
export function duplicateGroups(
  database: ReadDatabase,
  ids: readonly number[],
): Map<number, number> {
  const rows = database.rows(`SELECT ranking.id, duplicate ${FROM_IDS}`, JSON.stringify(ids));
  return new Map(rows.map(([id, group]) => [Number(id), Number(group)]));
}

/** How many different words the descriptions of works have; 0 for those without one. */
export function describedLengths(database: ReadDatabase, ids: readonly number[]): number[] {
  const rows = database.rows(`SELECT ranking.id, described ${FROM_IDS}`, JSON.stringify(ids));
  const lengths = new Map(rows.map(([id, length]) => [Number(id), Number(length)]));
  return ids.map((id) => lengths.get(id) ?? 0);
}

function firstLine(value: SqlValue | undefined): string {
  return String(value ?? "").split("\n", 1)[0] ?? "";
}
