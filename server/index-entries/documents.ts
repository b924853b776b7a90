/**
 * How works, editions and authors are stored: JSON arrays by position, about half the size of
 * objects and faster to parse. The order is part of the file format: change it only together with
 * FORMAT_VERSION in schema.ts.
 */
import type {
  Author,
  DatePrecision,
  Demotion,
  PublicationDate,
  SeriesEntry,
  Work,
} from "#server/catalog/records.ts";

const precisions: readonly DatePrecision[] = ["unknown", "year", "circa", "decade", "century"];
const demotions: readonly Demotion[] = ["none", "reprint", "summary", "notebook"];

export type StoredDate = [year: number, precision: number, text: string];
export type Pair = [string, string];

type StoredWork = [
  key: string,
  title: string,
  subtitle: string,
  authors: Pair[],
  description: string,
  firstPublished: StoredDate,
  languages: string[],
  originalLanguage: string,
  subjects: string[],
  people: string[],
  places: string[],
  times: string[],
  series: Pair[],
  otherTitles: Pair[],
  editionCount: number,
  ratingAverage: number,
  ratingCount: number,
  readerCount: number,
  coverId: number,
  isbn13: string,
  demotion: number,
];

type StoredAuthor = [
  name: string,
  alternateNames: string[],
  birthDate: string,
  deathDate: string,
  biography: string,
];

/** The stored form of a work. */
export function encodeWork(work: Work): string {
  const stored: StoredWork = [
    work.key,
    work.title,
    work.subtitle,
    work.authors.map((author) => [author.key, author.name]),
    work.description,
    encodeDate(work.firstPublished),
    work.languages,
    work.originalLanguage,
    work.subjects,
    work.people,
    work.places,
    work.times,
    encodeSeries(work.series),
    work.otherTitles.map((other) => [other.title, other.language]),
    work.editionCount,
    work.rating.average,
    work.rating.count,
    work.readerCount,
    work.coverId,
    work.isbn13,
    demotions.indexOf(work.demotion),
  ];
  return JSON.stringify(stored);
}

/** The work of a stored form. */
export function decodeWork(text: string): Work {
  // The engine's own writer made this text; the file's format version is checked on opening.
  const stored = JSON.parse(text) as StoredWork;
  return {
    key: stored[0],
    title: stored[1],
    subtitle: stored[2],
    authors: stored[3].map(([key, name]) => ({ key, name })),
    description: stored[4],
    firstPublished: decodeDate(stored[5]),
    languages: stored[6],
    originalLanguage: stored[7],
    subjects: stored[8],
    people: stored[9],
    places: stored[10],
    times: stored[11],
    series: decodeSeries(stored[12]),
    otherTitles: stored[13].map(([title, language]) => ({ title, language })),
    editionCount: stored[14],
    rating: { average: stored[15], count: stored[16] },
    readerCount: stored[17],
    coverId: stored[18],
    isbn13: stored[19],
    demotion: demotions[stored[20]] ?? "none",
  };
}

/** The stored form of an author, without the key. */
export function encodeAuthor(author: Author): string {
  const stored: StoredAuthor = [
    author.name,
    author.alternateNames,
    author.birthDate,
    author.deathDate,
    author.biography,
  ];
  return JSON.stringify(stored);
}

/** The author of a stored form. */
export function decodeAuthor(key: string, text: string): Author {
  // As in decodeWork.
  const stored = JSON.parse(text) as StoredAuthor;
  return {
    key,
    name: stored[0],
    alternateNames: stored[1],
    birthDate: stored[2],
    deathDate: stored[3],
    biography: stored[4],
  };
}

/** The stored form of a date. */
export function encodeDate(date: PublicationDate): StoredDate {
  return [date.year, precisions.indexOf(date.precision), date.text];
}

/** The date of a stored form. */
export function decodeDate(stored: StoredDate): PublicationDate {
  return { year: stored[0], precision: precisions[stored[1]] ?? "unknown", text: stored[2] };
}

/** The stored form of places in series. */
export function encodeSeries(series: SeriesEntry[]): Pair[] {
  return series.map((entry) => [entry.title, entry.position]);
}

/** The places in series of a stored form. */
export function decodeSeries(stored: Pair[]): SeriesEntry[] {
  return stored.map(([title, position]) => ({ title, position }));
}
