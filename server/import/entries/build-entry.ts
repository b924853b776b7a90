/** A work's record, its editions and what readers did → the entry that a catalogue stores. */
import { earliestYear } from "#server/catalog/dates.ts";
import type { CatalogueEntry } from "#server/catalog/entry.ts";
import type { Edition, PublicationDate, Work } from "#server/catalog/records.ts";
import type { AuthorTable } from "../files/author-table.ts";
import type { RedirectTable } from "../files/redirect-table.ts";
import { type PackedKey, writeKey } from "../keys.ts";
import { recordLimits as limits } from "../limits.ts";
import type { Activity, ParsedEdition, ParsedWork } from "../parse/parsed-records.ts";
import type { Tally } from "../tally.ts";
import { buildEdition, compareEditions, marcLanguages } from "./build-edition.ts";
import { demotionOf } from "./demotion.ts";
import { byFrequency, first, longest, mergeLists, mergeSeries } from "./merge-lists.ts";
import { otherTitlesOf } from "./other-titles.ts";
import { popularityOf } from "./popularity.ts";

export type WorkGroup = {
  key: PackedKey;
  /** Undefined for an edition without a work. */
  work: ParsedWork | undefined;
  editions: { key: PackedKey; edition: ParsedEdition }[];
  activity: Activity;
  formerKeys: PackedKey[];
};

export type BuildContext = {
  authors: AuthorTable;
  redirects: RedirectTable;
  readDate: (text: string) => PublicationDate;
  warnings: Tally;
};

type ReadDate = BuildContext["readDate"];

export type BuiltEntry = {
  entry: CatalogueEntry;
  /** Places in the table of authors of those credited. */
  authorIndexes: number[];
};

export function buildEntry(group: WorkGroup, context: BuildContext): BuiltEntry {
  const editions = group.editions.map((source) => ({
    source: source.edition,
    edition: buildEdition(source.key, source.edition, context.readDate),
  }));
  const sources = editions.map(({ source }) => source);
  const languages = languagesOf(editions, originalLanguage(group.work, sources));
  editions.sort((a, b) => compareEditions(a.edition, b.edition, languages[0] ?? ""));
  const credits = creditAuthors(group, sources, context);
  const work = buildWork(group, editions, languages, context.readDate);
  work.authors = credits.map(({ key, name }) => ({ key, name }));
  const entry: CatalogueEntry = {
    work,
    editions: editions.map(({ edition }) => edition),
    authorAlternateNames: credits.map(({ alternateNames }) => alternateNames),
    popularity: popularityOf({
      readers: group.activity.readers,
      ratings: group.activity.ratings,
      editions: editions.length,
      hasCover: work.coverId !== 0,
      hasDescription: work.description !== "",
      hasAuthor: credits.length > 0,
      hasIsbn: work.isbn13 !== "",
      demotion: work.demotion,
    }),
    formerKeys: group.formerKeys.map(writeKey),
  };
  return { entry, authorIndexes: credits.map(({ index }) => index) };
}

/** Languages by how many editions have them; of equals the original one, then the earliest. */
function languagesOf(editions: Editions, original: string): string[] {
  const [only] = editions;
  if (only !== undefined && editions.length === 1 && only.edition.languages.length <= 1) {
    return only.edition.languages;
  }
  const byYear = editions
    .map(({ edition }) => edition)
    .toSorted((a, b) => (a.published.year || 9999) - (b.published.year || 9999));
  const counts = byFrequency(byYear.flatMap((edition) => edition.languages));
  if (counts.length < 2 || !counts.includes(original)) {
    return counts;
  }
  const count = (code: string) =>
    byYear.filter((edition) => edition.languages.includes(code)).length;
  const most = count(counts[0] ?? "");
  if (count(original) < most) {
    return counts;
  }
  return [original, ...counts.filter((code) => code !== original)];
}

type Editions = { source: ParsedEdition; edition: Edition }[];

function buildWork(
  group: WorkGroup,
  editions: Editions,
  languages: string[],
  readDate: ReadDate,
): Work {
  const { work, activity } = group;
  const sources = editions.map(({ source }) => source);
  const title = workTitle(work, sources);
  const subtitle = work === undefined ? (sources[0]?.subtitle ?? "") : work.subtitle;
  const firstPublished = firstPublication(work, editions, readDate);
  return {
    key: writeKey(group.key),
    title,
    subtitle,
    authors: [],
    description: work?.description || longest(sources.map(({ description }) => description)),
    firstPublished,
    languages: languages.slice(0, limits.languages),
    originalLanguage: originalLanguage(work, sources),
    subjects: mergeLists(work?.subjects, sources, "subjects"),
    people: mergeLists(work?.people, sources, "people"),
    places: mergeLists(work?.places, sources, "places"),
    times: mergeLists(work?.times, sources, "times"),
    series: mergeSeries([...(work?.series ?? []), ...sources.flatMap(({ series }) => series)]),
    otherTitles: otherTitlesOf(title, work, editions),
    editionCount: editions.length,
    rating: {
      average: activity.ratings === 0 ? 0 : round(activity.stars / activity.ratings),
      count: activity.ratings,
    },
    readerCount: activity.readers,
    coverId: work?.coverId || first(sources.map(({ coverId }) => coverId)) || 0,
    isbn13: first(editions.map(({ edition }) => edition.isbn13[0])) ?? "",
    demotion: demotionOf({
      title,
      subtitle,
      publishers: sources.flatMap(({ publishers }) => publishers),
      year: firstPublished.year,
      readers: activity.readers,
    }),
  };
}

type Credit = { key: string; name: string; alternateNames: string[]; index: number };

/** The work's authors; the editions' where it names none that has a record. */
function creditAuthors(
  group: WorkGroup,
  sources: ParsedEdition[],
  { authors, redirects, warnings }: BuildContext,
): Credit[] {
  for (const keys of [group.work?.authors ?? [], ...sources.map((source) => source.authors)]) {
    if (keys.length === 0) {
      continue;
    }
    const credits = new Map<PackedKey, Credit>();
    for (const key of keys) {
      const present = redirects.resolve(key);
      const found = authors.find(present);
      if (found === undefined) {
        warnings.add("credits of authors without a record", writeKey(key));
      } else if (found.name !== "") {
        credits.set(present, { key: writeKey(present), ...found });
      }
    }
    if (credits.size > 0) {
      return [...credits.values()];
    }
  }
  return [];
}

function workTitle(work: ParsedWork | undefined, sources: ParsedEdition[]): string {
  if (work !== undefined && work.title !== "") {
    return work.title;
  }
  const titles = sources.map(({ title }) => title).filter((title) => title !== "");
  return byFrequency(titles)[0] ?? sources.flatMap(({ workTitles }) => workTitles)[0] ?? "Untitled";
}

function firstPublication(
  work: ParsedWork | undefined,
  editions: Editions,
  readDate: ReadDate,
): PublicationDate {
  const dates = editions.map(({ edition }) => edition.published);
  if (work !== undefined && work.firstPublished !== "") {
    const date = readDate(work.firstPublished);
    // The work's own word counts, unless an edition is older than it claims.
    const known = dates.filter(({ year }) => year !== 0);
    if (date.year !== 0) {
      return known.some(({ year }) => year < date.year) ? earliestYear([date, ...dates]) : date;
    }
  }
  return earliestYear(dates);
}

function originalLanguage(work: ParsedWork | undefined, sources: ParsedEdition[]): string {
  const named = [work?.originalLanguage ?? "", ...sources.map((source) => source.originalLanguage)];
  return first(marcLanguages(named.filter((code) => code !== ""))) ?? "";
}

function round(average: number): number {
  return Math.round(average * 100) / 100;
}
