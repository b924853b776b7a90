/** The books of a series in its order. */
import type { SimilarityReason } from "#server/catalog/catalog.ts";
import type { Work } from "#server/catalog/records.ts";
import { seriesKey } from "./shared-values.ts";

type InSeries = { work: Work; shared: readonly (SimilarityReason & { key: string })[] };

/**
 * Books that share a series with a work, one series after the other, each in its order; if they are
 * more than `limit`, those next to the work. Books without a number come last, as they were.
 */
export function nextInSeries<T extends InSeries>(
  work: Work,
  books: readonly T[],
  limit: number,
): T[] {
  const keyOf = ({ shared }: T) => shared.find(({ field }) => field === "series")?.key ?? "";
  const ownKeys = work.series.map(({ title }) => seriesKey(title));
  const placed = books.map((book) => {
    const key = keyOf(book);
    const place = positionIn(book.work, key);
    const ownPlace = positionIn(work, key);
    // Without a number of its own the work stands before the first.
    const distance = Math.abs(place - (Number.isFinite(ownPlace) ? ownPlace : 0));
    return { book, series: ownKeys.indexOf(key), place, distance };
  });
  return placed
    .toSorted(
      (one, other) => compare(one.series, other.series) || compare(one.distance, other.distance),
    )
    .slice(0, limit)
    .toSorted((one, other) => compare(one.series, other.series) || compare(one.place, other.place))
    .map(({ book }) => book);
}

/** Infinity where the record has no number, or several: a box of books comes behind them. */
function positionIn(work: Work, key: string): number {
  const position = work.series.find(({ title }) => seriesKey(title) === key)?.position.trim() ?? "";
  return /^[0-9]+(?:\.[0-9]+)?$/.test(position) ? Number(position) : Number.POSITIVE_INFINITY;
}

/** Unlike a difference, right for Infinity, too. */
function compare(one: number, other: number): number {
  return one === other ? 0 : one < other ? -1 : 1;
}
