import type { QueryNotice, SearchOrder } from "#server/catalog/catalog.ts";
import { parseAuthor, parseTitle } from "#server/catalog/ranking/candidate.ts";
import type { SqlValue } from "../database.ts";
import type { Effort } from "./effort.ts";
import type { Found, SearchContext } from "./found.ts";
import { Lanes } from "./lanes.ts";

/** Orders other than popularity sort so many of the matches, the most popular ones. */
const MAX_SORTED = 5_000;

const orderedWithinNotice: QueryNotice = {
  reason: "ordered_within",
  message:
    `More than ${MAX_SORTED.toLocaleString("en")} books match; ` +
    "the most popular of them are shown in this order. Narrow the search to order them all.",
  span: undefined,
};

const articles = new Set(
  "a an the le la les l der die das el los las il lo gli i o os as de het den det en et".split(" "),
);

type SortRow = { id: number; year: number; rating: number; title: string; author: string };

/**
 * What was found in another order than relevance. `expression` matches the same works as typed;
 * without it the works found by relevance are sorted.
 */
export function orderIds(
  context: SearchContext,
  order: Exclude<SearchOrder, "relevance">,
  found: Found,
  expression: string | undefined,
  effort: Effort,
): Found {
  const byRelevance = found.ids;
  const typed = found.ladder === undefined || found.ladder.strictCount > 0;
  if (expression === undefined || !typed) {
    return { ...found, ids: sortIds(context, order, byRelevance), tail: undefined };
  }
  if (order === "popularity") {
    return { ...found, ids: [], tail: expression, complete: false };
  }
  const ids = matchingIds(context, expression, effort);
  const complete = ids.length < MAX_SORTED;
  return {
    ...found,
    ids: sortIds(context, order, ids),
    complete,
    tail: undefined,
    notices: complete ? found.notices : [...found.notices, orderedWithinNotice],
  };
}

function matchingIds(context: SearchContext, expression: string, effort: Effort): number[] {
  return new Lanes(context.database, context.workCount, effort).ids(expression, MAX_SORTED);
}

function sortIds(
  context: SearchContext,
  order: Exclude<SearchOrder, "relevance">,
  ids: readonly number[],
): number[] {
  if (order === "popularity") return ids.toSorted((one, other) => one - other);
  const rows = context.database
    .rows(
      "SELECT ranking.id, year, rating, titles, authors FROM json_each(?) " +
        "JOIN ranking ON ranking.id = json_each.value",
      JSON.stringify(ids),
    )
    .map(sortRow);
  const compare = comparators[order];
  return rows.sort((one, other) => compare(one, other) || one.id - other.id).map((row) => row.id);
}

function sortRow([id, year, rating, titles, authors]: readonly SqlValue[]): SortRow {
  const { words } = parseTitle(firstLine(titles));
  if (words.length > 1 && articles.has(words[0] ?? "")) words.shift();
  return {
    id: Number(id),
    year: Number(year),
    rating: Number(rating),
    title: words.join(" "),
    author: parseAuthor(firstLine(authors)).forms[0] ?? "",
  };
}

function firstLine(value: SqlValue | undefined): string {
  return String(value ?? "").split("\n", 1)[0] ?? "";
}

const comparators: Record<
  "rating" | "newest" | "oldest" | "title" | "author",
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
