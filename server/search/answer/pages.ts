/** Cuts what was found into pages, and counts it. */
import type { Count, SearchRequest } from "#server/catalog/catalog.ts";
import type { Expression } from "../expression.ts";
import { idsMeeting } from "../retrieve/phrases.ts";
import type { SearchResultSet } from "../search-result-set.ts";
import type { SearchRun } from "../search-run.ts";
import type { PagePosition } from "./page-token.ts";

/** Works counted for a total; above it the total is a lower bound. */
export const MAX_COUNTED = 1_000;

/** Those of one page, and where the next one begins; undefined if there is none. */
export type Page = { ids: number[]; next: PagePosition | undefined };

/** The page that begins at a position: first what was ranked, then the tail. */
export async function cutPage(
  run: SearchRun,
  { pageSize, unfinished }: SearchRequest,
  found: SearchResultSet,
  position: PagePosition,
): Promise<Page> {
  const { index, effort } = run;
  const ids = found.ids.slice(position.offset, position.offset + pageSize);
  const offset = position.offset + ids.length;
  let { afterId } = position;
  if (offset < found.ids.length) {
    return { ids, next: { offset, afterId } };
  }
  const { tail } = found;
  if (tail === undefined) {
    return { ids, next: undefined };
  }
  // Between two keystrokes a short page is better than a late one.
  if (unfinished && tail.isSparse && ids.length > 0) {
    return { ids, next: { offset, afterId } };
  }
  const known = knownIds(found);
  // What lanes found needs no walk.
  let head = tail.head.filter((id) => id > afterId);
  for (;;) {
    // The tail has the works that were ranked, too; they are skipped.
    const limit = pageSize - ids.length + 1 + countAfter(afterId, known);
    const isHead = head.length > 0;
    const { expression } = tail;
    const batch = isHead ? head : await index.walk({ expression, limit, afterId }, effort);
    head = [];
    const fresh = batch.filter((id) => !known.has(id));
    const meeting = new Set(await idsMeeting(run, found.phrases, fresh));
    for (const id of batch) {
      if (meeting.has(id)) {
        if (ids.length === pageSize) {
          return { ids, next: { offset, afterId } };
        }
        ids.push(id);
      }
      afterId = id;
    }
    if (isHead || batch.length === limit) {
      continue;
    }
    // A walk that did all it may has not come to the end; the next page goes on.
    const isEnd = !effort.exceeded || batch.length === 0;
    return { ids, next: isEnd ? undefined : { offset, afterId } };
  }
}

function countAfter(afterId: number, ids: ReadonlySet<number>): number {
  let count = 0;
  for (const id of ids) {
    if (id > afterId) {
      count += 1;
    }
  }
  return count;
}

function knownIds(found: SearchResultSet): Set<number> {
  const volumes = [...found.volumes.values()].flat().map(({ id }) => id);
  return new Set([...found.ids, ...[...found.merged.values()].flat(), ...volumes]);
}

/** How many works match by what was counted when the catalogue was built; undefined if that wasn't. */
async function preparedCount(
  { index, effort }: SearchRun,
  expression: Expression,
): Promise<number | undefined> {
  switch (expression.kind) {
    case "everything":
      return index.info.workCount;
    case "value":
    case "years":
      return (await index.terms({ keys: [expression] }, effort)).keys[0];
    default:
      return undefined;
  }
}

/** How many results all pages have; exact, or a lower bound. */
export async function countFound(
  run: SearchRun,
  request: SearchRequest,
  found: SearchResultSet,
): Promise<Count> {
  const { index, effort } = run;
  const { tail, phrases } = found;
  // Between two keystrokes nobody reads how many there are; counting would take half of the time.
  if (tail === undefined || request.unfinished) {
    return { value: found.ids.length, lowerBound: !found.complete };
  }
  const known = knownIds(found);
  // Of what is browsed every work counts: the number is the one that the facets say.
  const mergedCount = found.isBrowsed ? 0 : known.size - found.ids.length;
  const { expression } = tail;
  if (found.isBrowsed && phrases.unwanted.length === 0) {
    const prepared = await preparedCount(run, expression);
    if (prepared !== undefined) {
      return { value: prepared, lowerBound: false };
    }
  }
  const limit = MAX_COUNTED + mergedCount + 1;
  // Works that were ranked may be beyond the tail: the last word only begun, or misspelt.
  const ids = await index.walk({ expression, limit }, effort);
  for (const id of await idsMeeting(run, phrases, ids)) {
    known.add(id);
  }
  const value = known.size - mergedCount;
  const lowerBound = value > MAX_COUNTED || ids.length === limit || effort.exceeded;
  return { value: Math.min(value, MAX_COUNTED), lowerBound };
}
