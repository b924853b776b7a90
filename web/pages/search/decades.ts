import type { FacetValue } from "#proto/bookfinder/v1/search_pb.ts";
import { exactText } from "#web/domain/counts.ts";

/** A bar of the histogram: one decade, or all before those that fit. */
export type DecadeBar = {
  /** First year of the first decade. */
  first: number;
  /** First year of the last decade; the same but for the bar of all that is earlier. */
  last: number;
  /** 0 to 1, of the highest bar. */
  height: number;
  label: string;
};

/** As many as a finger can tell apart on a phone. */
const barsMax = 18;
const decadeYears = 10;

/**
 * Decades in time, without gaps, up to the last that has books. What is older than fits stands in
 * one bar at the start.
 */
export function decadeBars(values: readonly Pick<FacetValue, "value" | "count">[]): DecadeBar[] {
  const counts = new Map(values.map(({ value, count }) => [Number(value), count?.value ?? 0]));
  const exact = new Map(values.map(({ value, count }) => [Number(value), exactText(count)]));
  const known = [...counts.keys()].toSorted((one, other) => one - other);
  const [earliest] = known;
  const latest = known.at(-1);
  if (earliest === undefined || latest === undefined) {
    return [];
  }
  const span = (latest - earliest) / decadeYears + 1;
  const start = span <= barsMax ? earliest : latest - (barsMax - 2) * decadeYears;
  const bars: (Omit<DecadeBar, "height"> & { count: number })[] = [];
  if (span > barsMax) {
    const earlier = known.filter((decade) => decade < start);
    const count = earlier.reduce((sum, decade) => sum + (counts.get(decade) ?? 0), 0);
    bars.push({ first: earliest, last: start - decadeYears, count, label: `before ${start}` });
  }
  for (let decade = start; decade <= latest; decade += decadeYears) {
    const text = exact.get(decade) ?? "";
    const name = decade < 0 ? `${-decade} BC` : `${decade}s`;
    bars.push({
      first: decade,
      last: decade,
      count: counts.get(decade) ?? 0,
      label: text === "" ? name : `${name}, ${text} ${text === "1" ? "book" : "books"}`,
    });
  }
  const highest = Math.max(1, ...bars.map(({ count }) => count));
  return bars.map(({ count, ...bar }) => ({ ...bar, height: count / highest }));
}
