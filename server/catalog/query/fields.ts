/** The field names of the query language, and the values that are more than words. */
import type { BookField, YearRange } from "../catalog.ts";
import { editDistance } from "../text/edit-distance.ts";

export type FieldName = {
  field: Exclude<BookField, "otherTitle" | "description">;
  isCanonical: boolean;
};

const names = new Map<string, FieldName>();
for (const [field, spellings] of [
  ["title", "title titles ti"],
  ["author", "author authors by au"],
  ["identifier", "isbn isbn10 isbn13"],
  ["subject", "subject subjects genre su sub"],
  ["topic", "topic person people place time about"],
  ["series", "series"],
  ["publisher", "publisher publishers"],
  ["language", "language languages lang"],
  ["year", "year years published date"],
] as const) {
  spellings.split(" ").forEach((name, place) => {
    names.set(name, { field, isCanonical: place === 0 });
  });
}

/** The field that a name before a colon stands for; case does not matter. */
export function fieldNamed(name: string): FieldName["field"] | undefined {
  return names.get(name.toLowerCase())?.field;
}

/** The known name that a mistyped one is nearest to, if it is near. */
export function similarFieldName(name: string): string | undefined {
  const budget = name.length <= 4 ? 1 : 2;
  for (const [known, { isCanonical }] of names) {
    if (isCanonical && editDistance(name.toLowerCase(), known, budget) <= budget) {
      return known;
    }
  }
  return undefined;
}

/** Years a search can name; the same as in the API's YearRange. */
const firstYear = -5000;
const lastYear = 3000;

/**
 * "1984", "1950..1960", "1950-1960", "1950-60", "1950..", "..1960", ">2000", ">=2000", "<1900", "1950s".
 * Ends that are the wrong way round are put right. @returns undefined if it is no range of years.
 */
export function readYears(text: string): YearRange | undefined {
  const source = text
    .replace(/[‐-―−]/gu, "-")
    .replace("…", "..")
    .toLowerCase();
  const compared = /^([<>])(=?)(-?\d{1,4})$/.exec(source);
  if (compared !== null) {
    const strict = compared[2] === "=" ? 0 : 1;
    const year = Number(compared[3]);
    return compared[1] === ">"
      ? within({ from: year + strict, to: undefined })
      : within({ from: undefined, to: year - strict });
  }
  const decade = /^(\d{3}0)'?s$/.exec(source);
  if (decade !== null) {
    const from = Number(decade[1]);
    return within({ from, to: from + 9 });
  }
  const range =
    /^(-?\d{1,4})?\.{2,3}(-?\d{1,4})?$/.exec(source) ?? /^(\d{1,4})-(\d{1,4})?$/.exec(source);
  if (range !== null) {
    const [, first, last] = range;
    const from = first === undefined ? undefined : Number(first);
    const isShort = first?.length === 4 && last?.length === 2 && !first.startsWith("-");
    // "1950-60" ends in the century in which it begins.
    const to = last === undefined ? undefined : Number(isShort ? first.slice(0, 2) + last : last);
    if (from === undefined && to === undefined) {
      return undefined;
    }
    const isReversed = from !== undefined && to !== undefined && from > to;
    return within(isReversed ? { from: to, to: from } : { from, to });
  }
  // There was no year 0; it stands for years that are not known.
  if (!/^-?\d{1,4}$/.test(source) || Number(source) === 0) {
    return undefined;
  }
  return within({ from: Number(source), to: Number(source) });
}

function within(years: YearRange): YearRange | undefined {
  const isKnown = (year: number | undefined) =>
    year === undefined || (year >= firstYear && year <= lastYear);
  return isKnown(years.from) && isKnown(years.to) ? years : undefined;
}
