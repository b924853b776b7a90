/** Cuts what was found into pages, and counts it. */
import type { Count, SearchRequest } from "#server/catalog/catalog.ts";
import type { Lanes } from "#server/sqlite/read/lanes.ts";
import { EVERYTHING, type Found, type SearchContext } from "../found.ts";
import { idsMeeting } from "../retrieve/phrases.ts";
import type { PagePosition } from "./page-token.ts";

/** Works counted for a total; above it the total is a lower bound. */
const MAX_COUNTED = 1_000;

/** Those of one page, and where the next one begins; undefined if there is none. */
export type Page = { ids: number[]; next: PagePosition | undefined };

/** The page that begins at a position: first what was ranked, then the tail. */
export function cutPage(
  context: SearchContext,
  { pageSize, unfinished }: SearchRequest,
  found: Found,
  lanes: Lanes,
  position: PagePosition,
): Page {
  const ids = found.ids.slice(position.offset, position.offset + pageSize);
  const offset = position.offset + ids.length;
  let { afterId } = position;
  if (offset < found.ids.length) return { ids, next: { offset, afterId } };
  const { tail } = found;
  if (tail === undefined) return { ids, next: undefined };
  // Between two keystrokes a short page is better than a late one.
  if (unfinished && tail.isSparse && ids.length > 0) return { ids, next: { offset, afterId } };
  const known = knownIds(found);
  // What lanes found needs no walk.
  let head = tail.head.filter((id) => id > afterId);
  for (;;) {
    // The tail has the works that were ranked, too; they are skipped.
    const limit = pageSize - ids.length + 1 + countAfter(afterId, known);
    const isHead = head.length > 0;
    const batch = isHead ? head : lanes.ids(tail.expression, limit, afterId);
    head = [];
    const fresh = batch.filter((id) => !known.has(id));
    const meeting = new Set(idsMeeting(context.books, found.phrases, fresh));
    for (const id of batch) {
      if (meeting.has(id)) {
        if (ids.length === pageSize) return { ids, next: { offset, afterId } };
        ids.push(id);
      }
      afterId = id;
    }
    if (isHead || batch.length === limit) continue;
    // A walk that did all it may has not come to the end; the next page goes on.
    const isEnd = !lanes.expired || batch.length === 0;
    return { ids, next: isEnd ? undefined : { offset, afterId } };
  }
}

function countAfter(afterId: number, ids: ReadonlySet<number>): number {
  let count = 0;
  for (const id of ids) if (id > afterId) count += 1;
  return count;
}

function knownIds(found: Found): Set<number> {
  return new Set([...found.ids, ...[...found.merged.values()].flat()]);
}

/** How many results all pages have; exact, or a lower bound. */
export function countFound(
  context: SearchContext,
  request: SearchRequest,
  found: Found,
  lanes: Lanes,
): Count {
  const { tail, phrases } = found;
  // Between two keystrokes nobody reads how many there are; counting would take half of the time.
  if (tail === undefined || request.unfinished) {
    return { value: found.ids.length, lowerBound: !found.complete };
  }
  const known = knownIds(found);
  const mergedCount = known.size - found.ids.length;
  if (tail.expression === EVERYTHING && phrases.unwanted.length === 0) {
    return { value: context.workCount - mergedCount, lowerBound: false };
  }
  const limit = MAX_COUNTED + mergedCount + 1;
  // Works that were ranked may be beyond the tail: the last word only begun, or misspelt.
  const ids = lanes.ids(tail.expression, limit);
  for (const id of idsMeeting(context.books, phrases, ids)) known.add(id);
  const value = known.size - mergedCount;
  const lowerBound = value > MAX_COUNTED || ids.length === limit || lanes.expired;
  return { value: Math.min(value, MAX_COUNTED), lowerBound };
}
