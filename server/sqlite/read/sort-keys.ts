/** What is read of many works at once, in one statement. */
import { firstForm, parseTitle } from "#server/catalog/ranking/indexed-book.ts";
import { authorOrderKey, titleOrderKey } from "#server/catalog/shelf-order.ts";
import type { SortKeys } from "#server/search/index-port.ts";
import type { ReadDatabase, SqlValue } from "../database.ts";

const FROM_IDS = "FROM json_each(?) JOIN ranking ON ranking.id = json_each.value";

export function sortKeys(database: ReadDatabase, ids: readonly number[]): SortKeys[] {
  const columns =
    "ranking.id, duplicate, year, rating, titles, authors, article_words, family_start, family_end";
  const rows = database.rows(`SELECT ${columns} ${FROM_IDS}`, JSON.stringify(ids));
  return rows.map((row) => new RowKeys(row));
}

/** The keys of one row. Those of text are made when an order asks for them: thousands are sorted. */
class RowKeys implements SortKeys {
  readonly id: number;
  readonly duplicateGroup: number;
  readonly year: number;
  readonly rating: number;
  readonly #row: readonly SqlValue[];
  #title: string | undefined;
  #author: string | undefined;

  constructor(row: readonly SqlValue[]) {
    const [id, group, year, rating] = row;
    this.id = Number(id);
    this.duplicateGroup = Number(group);
    this.year = Number(year);
    this.rating = Number(rating);
    this.#row = row;
  }

  get title(): string {
    this.#title ??= this.#titleKey();
    return this.#title;
  }

  get author(): string {
    this.#author ??= this.#authorKey();
    return this.#author;
  }

  #titleKey(): string {
    const [, , , , titles, , articleWords] = this.#row;
    return titleOrderKey(parseTitle(firstLine(titles)).words, Number(articleWords));
  }

  #authorKey(): string {
    const [, , , , , authors, , familyStart, familyEnd] = this.#row;
    const family = { start: Number(familyStart), end: Number(familyEnd) };
    return authorOrderKey(firstForm(firstLine(authors)), family);
  }
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
