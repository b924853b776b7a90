/** Works that have a heading, and those that have a subdivision of it. */
import type { Work } from "#server/catalog/records.ts";
import { foldWords, squash } from "#server/catalog/text/fold.ts";
import { anyOf, type Expression, narrowed } from "../expression.ts";
import { FEW_WORKS } from "../index-port.ts";
import { type ResultTail, tailOf } from "../search-result-set.ts";
import type { SearchRun } from "../search-run.ts";
import { type FilterExpression, workFilter } from "../understand/filter-expression.ts";
import type { GenreHeadings } from "../understand/genre-headings.ts";
import { inflections } from "../understand/inflections.ts";
import { type PlannedWord, tokensOf } from "../understand/plan-builder.ts";
import { MAX_SUBJECT_WORDS } from "../understand/subject-runs.ts";
import { findByTopic } from "./topics.ts";

const MAX_WITH_HEADING = 200;
/** A heading that was not said to be one has so many works at least. */
export const MIN_WITH_HEADING = 5;
/** "stories", "story", "storie". */
const MAX_SPELLINGS = 3;

/** Of the works that have a subject's words among their topics, so many of the most read are looked at. */
const MAX_LOOKED_AT = 40;

/** Works under a heading; `titled`: those of them whose title has it, too. */
export type WorksUnderHeading = { ids: number[]; titled: number[] };

/**
 * Those of the first works that are under one of some headings, which are as `squash` has them:
 * "vampires" is the subject of "Vampires -- Fiction", "paris" of "Paris (France) -- History", "lincoln" of
 * "Lincoln, Abraham, 1809-1865". Headings are indexed whole, so that only the work itself tells.
 */
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
      .slice(start, start + MAX_SUBJECT_WORDS)
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

/** A subject that is a heading, and the works that have it. */
export type Heading = {
  subject: PlannedWord[];
  /** Its spellings, as `squash` has them, and its words. */
  headings: string[];
  topic: string[];
  /** As works have it, where the query has other words. */
  name?: string | undefined;
  ids: number[];
  tail: ResultTail | undefined;
};

/** The works of a kind of books, if there are enough. */
export async function findGenre(
  run: SearchRun,
  { words, headings, topic }: GenreHeadings,
  filter: FilterExpression,
): Promise<Heading | undefined> {
  const { ids, expression, isFull } = await walkHeadings(run, headings, filter);
  const tail = expression && isFull ? tailOf(expression) : undefined;
  // "Russian fiction" has hardly any but "Russian fiction -- Translations into English".
  const topical =
    ids.length < MIN_WITH_HEADING ? (await findByTopic(run, topic, filter, false)).ids : [];
  const under = await underHeading(run, topical, headings);
  if (Math.max(ids.length, under.ids.length) < MIN_WITH_HEADING) {
    return undefined;
  }
  const name = await headingName(run, ids.slice(0, 1), headings);
  return { subject: words, headings, topic, name, ids, tail };
}

/** How a work writes one of some headings. */
async function headingName(
  { index, effort }: SearchRun,
  ids: readonly number[],
  headings: readonly string[],
): Promise<string | undefined> {
  const [work] = ids.length === 0 ? [] : await index.works(ids, effort);
  return work?.subjects.find((subject) => headings.includes(squash(subject)));
}

/** The first of some runs of words that is a heading of enough works, and those. */
export async function findHeading(
  run: SearchRun,
  runs: readonly PlannedWord[][],
  filter: FilterExpression,
  leastWorks: number,
): Promise<Heading | undefined> {
  for (const subject of runs) {
    const headings = spellingsOf(subject);
    const [typed, ...others] = headings;
    const asTyped = await walkHeadings(run, typed === undefined ? [] : [typed], filter);
    const further = await walkHeadings(run, others, filter);
    const ids = [...asTyped.ids, ...further.ids];
    if (ids.length < leastWorks) {
      continue;
    }
    const expression = anyOf([asTyped.expression, further.expression]);
    const usual = asTyped.ids.length > 0 ? [] : further.ids.slice(0, 1);
    return {
      subject,
      headings,
      topic: tokensOf(subject),
      // "Dogs", where "dog" was typed.
      name: await headingName(run, usual, others),
      ids,
      tail: expression && asTyped.isFull ? tailOf(expression) : undefined,
    };
  }
  return undefined;
}

/** Works that have one of some headings, most read first. */
async function walkHeadings(
  { index, effort, vocabulary }: SearchRun,
  values: readonly string[],
  filter: FilterExpression,
): Promise<{ expression: Expression | undefined; ids: number[]; isFull: boolean }> {
  const keys = values.map((value): Expression => ({ kind: "value", field: "subject", value }));
  const either = anyOf(keys);
  const expression = either && narrowed(either, workFilter(filter));
  if (expression === undefined) {
    return { expression, ids: [], isFull: false };
  }
  await vocabulary.load({ keys });
  const counts = keys.map((key) => vocabulary.keyCount(key));
  const workCount = counts.some((count) => count !== undefined)
    ? counts.reduce<number>((sum, count) => sum + (count ?? FEW_WORKS), 0)
    : undefined;
  const walk = { expression, limit: MAX_WITH_HEADING, parts: [{ workCount }] };
  const ids = await index.walk(walk, effort);
  return { expression, ids, isFull: ids.length === MAX_WITH_HEADING };
}

/** Headings have the plural of what is said in the singular, and the other way round. */
export function spellingsOf(subject: readonly PlannedWord[]): string[] {
  const tokens = tokensOf(subject);
  const before = tokens.slice(0, -1).join("");
  return inflections(tokens.at(-1) ?? "")
    .slice(0, MAX_SPELLINGS)
    .map((form) => `${before}${form}`);
}
