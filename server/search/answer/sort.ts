import type { SearchOrder, SearchRequest } from "#server/catalog/catalog.ts";
import { notice } from "#server/catalog/notices.ts";
import { endNotices } from "../end-notices.ts";
import type { Expression } from "../expression.ts";
import type { SortKeys } from "../index-port.ts";
import { idsMeeting } from "../retrieve/phrases.ts";
import { type SearchResultSet, tailOf } from "../search-result-set.ts";
import { atStage, type SearchRun } from "../search-run.ts";

/** Orders other than popularity sort so many of the matches, the most popular ones. */
const MAX_SORTED = 5_000;
/** By popularity, duplicates are merged among so many; the tail goes on. */
const MAX_POPULAR = 200;

/** Among so many works of what is browsed in an order, the first ones, duplicates are merged. */
export function mergedWithin(order: SearchOrder): number {
  return order === "relevance" || order === "popularity" ? MAX_POPULAR : MAX_SORTED;
}

/** What was found in an order; where nothing was typed that ranks, by relevance is by popularity. */
export async function inOrder(
  run: SearchRun,
  { order, unfinished }: Pick<SearchRequest, "order" | "unfinished">,
  found: SearchResultSet,
): Promise<SearchResultSet> {
  const isStrict = found.ladder === undefined || found.ladder.strictCount > 0;
  // While somebody types, what only begins so is left to relevance.
  const asTyped = found.isBrowsed || (unfinished && isStrict) ? found.typed : undefined;
  if (order !== "relevance") {
    return orderIds(run, order, found, asTyped);
  }
  return found.isBrowsed ? orderIds(run, "popularity", found, asTyped) : found;
}

async function orderIds(
  run: SearchRun,
  order: Exclude<SearchOrder, "relevance">,
  found: SearchResultSet,
  asTyped: Expression | undefined,
): Promise<SearchResultSet> {
  // Every order has the same books: those found, and all that continues them.
  const expression = asTyped ?? found.tail?.expression;
  if (expression === undefined) {
    return {
      ...found,
      ...(await sortIds(atStage(run, "order"), order, found.ids)),
      tail: undefined,
    };
  }
  const limit = mergedWithin(order);
  const ordering = atStage(run, "order");
  const { index, effort } = ordering;
  const matching = await index.walk({ expression, limit }, effort);
  const isFull = matching.length === limit;
  const met = await idsMeeting(ordering, found.phrases, matching);
  const ids = asTyped === undefined ? await withOthers(ordering, expression, met, found.ids) : met;
  const notices = [...found.notices];
  if (order !== "popularity" && isFull) {
    notices.push(notice("ordered_within", undefined, MAX_SORTED));
  } else {
    const known = new Set(notices.map(({ reason }) => reason));
    notices.push(...endNotices(effort).filter(({ reason }) => !known.has(reason)));
  }
  return {
    ...found,
    ...(await sortIds(atStage(run, "order"), order, ids)),
    complete: !isFull && !effort.exceeded,
    tail: order === "popularity" && isFull ? tailOf(expression) : undefined,
    notices,
  };
}

/** Works that match, and those found that don't: a title of the same key, a misspelt word. */
async function withOthers(
  { index, effort }: SearchRun,
  expression: Expression,
  met: readonly number[],
  found: readonly number[],
): Promise<number[]> {
  const matching = new Set(await index.matching(expression, found, found.length, effort));
  return [...new Set([...met, ...found.filter((id) => !matching.has(id))])];
}

async function sortIds(
  { index, effort }: SearchRun,
  order: Exclude<SearchOrder, "relevance">,
  ids: readonly number[],
): Promise<Pick<SearchResultSet, "ids" | "groups">> {
  if (order === "popularity") {
    const groups = await index.duplicateGroups(ids, effort);
    return { ids: ids.toSorted((one, other) => one - other), groups };
  }
  const rows = await index.sortKeys(ids, effort);
  const compare = comparators[order];
  rows.sort((one, other) => compare(one, other) || one.id - other.id);
  return {
    ids: rows.map(({ id }) => id),
    groups: new Map(rows.map(({ id, duplicateGroup }) => [id, duplicateGroup])),
  };
}

const comparators: Record<
  Exclude<SearchOrder, "relevance" | "popularity">,
  (one: SortKeys, other: SortKeys) => number
> = {
  rating: (one, other) => other.rating - one.rating,
  newest: (one, other) => (other.year || -9999) - (one.year || -9999),
  oldest: (one, other) => (one.year || 9999) - (other.year || 9999),
  title: (one, other) => compareText(one.title, other.title),
  author: (one, other) => compareText(one.author || "\uffff", other.author || "\uffff"),
};

/** Folded text is ASCII or CJK, where the order of code units is the order wanted. */
function compareText(one: string, other: string): number {
  if (one === other) {
    return 0;
  }
  return one < other ? -1 : 1;
}
