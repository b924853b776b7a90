import type { QueryNotice, SearchOrder } from "#server/catalog/catalog.ts";
import { parseAuthor, parseTitle } from "#server/catalog/ranking/indexed-book.ts";
import { authorOrderKey, titleOrderKey } from "#server/catalog/shelf-order.ts";
import type { SqlValue } from "#server/sqlite/database.ts";
import { Lanes } from "#server/sqlite/read/lanes.ts";
import { Effort } from "../effort.ts";
import { type Found, lateNotice, type SearchContext, tailOf } from "../found.ts";
import { idsMeeting } from "../retrieve/phrases.ts";
import { readGroups } from "./duplicates.ts";

/** Orders other than popularity sort so many of the matches, the most popular ones. */
const MAX_SORTED = 5_000;
/** By popularity, duplicates are merged among so many; the tail goes on. */
const MAX_POPULAR = 200;

const orderedWithinNotice: QueryNotice = {
  reason: "ordered_within",
  message:
    `More than ${MAX_SORTED.toLocaleString("en")} books match; ` +
    "the most popular of them are shown in this order. Narrow the search to order them all.",
  span: undefined,
};

type SortRow = {
  id: number;
  group: number;
  year: number;
  rating: number;
  title: string;
  author: string;
};

/**
 * What was found in another order than relevance. `expression` matches the same works as typed;
 * without it the works found by relevance are sorted.
 */
export function orderIds(
  context: SearchContext,
  order: Exclude<SearchOrder, "relevance">,
  found: Found,
  expression: string | undefined,
): Found {
  const typed = found.ladder === undefined || found.ladder.strictCount > 0;
  if (expression === undefined || !typed) {
    return { ...found, ...sortIds(context, order, found.ids), tail: undefined };
  }
  const limit = order === "popularity" ? MAX_POPULAR : MAX_SORTED;
  const lanes = new Lanes(context, new Effort(context.effort));
  const matching = lanes.ids(expression, limit);
  const isFull = matching.length === limit;
  const ids = idsMeeting(context.books, found.phrases, matching);
  const notices = [...found.notices];
  if (order !== "popularity" && isFull) notices.push(orderedWithinNotice);
  else if (lanes.expired && !notices.includes(lateNotice)) notices.push(lateNotice);
  return {
    ...found,
    ...sortIds(context, order, ids),
    complete: !isFull && !lanes.expired,
    tail: order === "popularity" && isFull ? tailOf(expression) : undefined,
    notices,
  };
}

function sortIds(
  context: SearchContext,
  order: Exclude<SearchOrder, "relevance">,
  ids: readonly number[],
): Pick<Found, "ids" | "groups"> {
  if (order === "popularity") {
    const groups = readGroups(context.database, ids);
    return { ids: ids.toSorted((one, other) => one - other), groups };
  }
  const rows = context.database
    .rows(
      "SELECT ranking.id, duplicate, year, rating, titles, authors, article_words, family_start, " +
        "family_end FROM json_each(?) " +
        "JOIN ranking ON ranking.id = json_each.value",
      JSON.stringify(ids),
    )
    .map(sortRow);
  const compare = comparators[order];
  rows.sort((one, other) => compare(one, other) || one.id - other.id);
  return {
    ids: rows.map(({ id }) => id),
    groups: new Map(rows.map(({ id, group }) => [id, group])),
  };
}

function sortRow(row: readonly SqlValue[]): SortRow {
  const [id, group, year, rating, titles, authors, articleWords, familyStart, familyEnd] = row;
  const family = { start: Number(familyStart), end: Number(familyEnd) };
  return {
    id: Number(id),
    group: Number(group),
    year: Number(year),
    rating: Number(rating),
    title: titleOrderKey(parseTitle(firstLine(titles)).words, Number(articleWords)),
    author: authorOrderKey(parseAuthor(firstLine(authors)).forms[0] ?? "", family),
  };
}

function firstLine(value: SqlValue | undefined): string {
  return String(value ?? "").split("\n", 1)[0] ?? "";
}

const comparators: Record<
  Exclude<SearchOrder, "relevance" | "popularity">,
  (one: SortRow, other: SortRow) => number
> = {
  rating: (one, other) => other.rating - one.rating,
  newest: (one, other) => (other.year || -9999) - (one.year || -9999),
  oldest: (one, other) => (one.year || 9999) - (other.year || 9999),
  title: (one, other) => compareText(one.title, other.title),
  author: (one, other) => compareText(one.author || "\uffff", other.author || "\uffff"),
};

/** Folded text is ASCII or CJK, where the order of code units is the order wanted. */
function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
