/** Lists of a work and its editions as one. */
import type { SeriesEntry } from "#server/catalog/records.ts";
import { recordLimits as limits } from "../limits.ts";
import type { ParsedEdition } from "../parse/parsed-records.ts";

const subjectsWanted = 50;

/** The work's own headings, then the editions'. */
export function mergeLists(
  own: string[] | undefined,
  sources: ParsedEdition[],
  name: "subjects" | "people" | "places" | "times",
): string[] {
  const lists = own === undefined || own.length === 0 ? [] : [own];
  for (const source of sources) {
    if (source[name].length > 0) {
      lists.push(source[name]);
    }
  }
  const [only] = lists;
  if (only === undefined) {
    return [];
  }
  if (lists.length === 1) {
    return only.length <= subjectsWanted ? only : only.slice(0, subjectsWanted);
  }
  const merged = new Map<string, string>();
  for (const heading of lists.flat()) {
    const key = heading.toLowerCase();
    if (!merged.has(key)) {
      merged.set(key, heading);
    }
    if (merged.size === subjectsWanted) {
      break;
    }
  }
  return [...merged.values()];
}

export function mergeSeries(entries: SeriesEntry[]): SeriesEntry[] {
  if (entries.length === 0) {
    return entries;
  }
  const merged = new Map<string, SeriesEntry>();
  for (const { title, position } of entries) {
    const key = title.toLowerCase();
    const known = merged.get(key);
    if (known === undefined) {
      merged.set(key, { title, position });
    } else if (known.position === "") {
      known.position = position;
    }
  }
  return [...merged.values()].slice(0, limits.series);
}

/** Values by falling frequency, equals in order of appearance. */
export function byFrequency(values: string[]): string[] {
  if (values.length <= 1) {
    return values;
  }
  const counts = new Map<string, number>();
  for (const value of values) {
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].toSorted(([, a], [, b]) => b - a).map(([value]) => value);
}

export function first<T extends string | number>(
  values: readonly (T | undefined)[],
): T | undefined {
  return values.find((value) => value !== undefined && value !== "" && value !== 0);
}

export function longest(texts: string[]): string {
  return texts.reduce((best, text) => (text.length > best.length ? text : best), "");
}
