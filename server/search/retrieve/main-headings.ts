/**
 * Works under a heading and its subdivisions: "vampires" is the subject of "Vampires -- Fiction", "paris"
 * of "Paris (France) -- History" and "lincoln" of "Lincoln, Abraham, 1809-1865". Headings are indexed
 * whole, so that only the work itself tells whether a word begins one.
 */
import type { Work } from "#server/catalog/records.ts";
import { foldWords, squash } from "#server/catalog/text/fold.ts";
import type { SearchRun } from "../search-run.ts";

/** Of the works that have a subject's words among their topics, so many of the most read are looked at. */
const MAX_LOOKED_AT = 40;
/** Of a heading. */
const MAX_WORDS = 6;

/** Works under a heading; `titled`: those of them whose title has it, too. */
export type WorksUnderHeading = { ids: number[]; titled: number[] };

/** Those of the first works that are under one of some headings, which are as `squash` has them. */
export async function underHeading(
  { index, effort }: SearchRun,
  ids: readonly number[],
  headings: readonly string[],
): Promise<WorksUnderHeading> {
  const looked = ids.slice(0, MAX_LOOKED_AT);
  const works = looked.length === 0 ? [] : await index.works(looked, effort);
  const wanted = new Set(headings);
  const under = looked.flatMap((id, place) => {
    const work = works[place];
    return work !== undefined && isUnder(work, wanted) ? [{ id, title: work.title }] : [];
  });
  const titled = under.filter(({ title }) => hasHeading(title, wanted));
  return { ids: under.map(({ id }) => id), titled: titled.map(({ id }) => id) };
}

/** True if words of a title, one or several together, are a heading. */
function hasHeading(title: string, wanted: ReadonlySet<string>): boolean {
  const words = foldWords(title);
  return words.some((_, start) =>
    words
      .slice(start, start + MAX_WORDS)
      .some((_, more) => wanted.has(words.slice(start, start + more + 1).join(""))),
  );
}

function isUnder({ subjects, people, places, times }: Work, wanted: ReadonlySet<string>): boolean {
  return (
    [...subjects, ...people, ...places, ...times].some((one) => wanted.has(mainHeading(one))) ||
    people.some((name) => wanted.has(familyName(name)))
  );
}

/** What stands before the subdivisions, explanations and given names of a heading. */
function mainHeading(heading: string): string {
  return squash(heading.split(/ -- |[(,/]/, 1)[0] ?? "");
}

/** "Abraham Lincoln (1809-1865)". */
function familyName(name: string): string {
  return foldWords(name.split("(", 1)[0] ?? "").at(-1) ?? "";
}
