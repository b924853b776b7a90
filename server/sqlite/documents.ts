/**
 * How works, editions and authors are stored: JSON arrays by position, about half the size of
 * objects and faster to parse. The order is part of the file format: change it only together with
 * FORMAT_VERSION in schema.ts.
 */
import type {
  Author,
  DatePrecision,
  Demotion,
  Edition,
  PublicationDate,
  SeriesEntry,
  Work,
} from "#server/catalog/records.ts";

const precisions: readonly DatePrecision[] = ["unknown", "year", "circa", "decade", "century"];
const demotions: readonly Demotion[] = ["none", "reprint", "summary", "notebook"];

type StoredDate = [year: number, precision: number, text: string];
type Pair = [string, string];

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

type StoredEdition = [
  key: string,
  title: string,
  subtitle: string,
  languages: string[],
  publishers: string[],
  published: StoredDate,
  pageCount: number,
  isbn13: string[],
  isbn10: string[],
  lccn: string[],
  oclc: string[],
  otherIds: string[],
  series: Pair[],
  physicalFormat: string,
  byStatement: string,
  editionStatement: string,
  coverId: number,
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

/**
 * The stored form of all editions of a work: a line for each, its languages and year in front, so
 * that one of hundreds can be chosen without parsing the others.
 */
export function encodeEditions(editions: Edition[]): string {
  return editions.map(encodeEdition).join("\n");
}

/** The editions of a stored form, all at once. */
export function decodeEditions(text: string): Edition[] {
  return [...new StoredEditions(text)];
}

/** The editions of a work, parsed one by one when they are asked for. */
export class StoredEditions {
  #lines: string[];

  constructor(text: string) {
    this.#lines = text === "" ? [] : text.split("\n");
  }

  get count(): number {
    return this.#lines.length;
  }

  /** The edition at an index; undefined behind the last. */
  at(index: number): Edition | undefined {
    const line = this.#lines[index];
    return line === undefined ? undefined : decodeEdition(line.slice(line.indexOf("[")));
  }

  *[Symbol.iterator](): IterableIterator<Edition> {
    for (const line of this.#lines) yield decodeEdition(line.slice(line.indexOf("[")));
  }

  /**
   * Indexes in the order a reader of some languages wants them: by language first, then newest
   * first, unknown years last. Ties keep the catalogue's order.
   */
  order(languages: readonly string[]): number[] {
    const keys = this.#lines.map((line, index) => {
      const [codes = "", year = "0"] = line.split("\t", 2);
      const places = codes.split(",").map((code) => languages.indexOf(code));
      const known = places.filter((place) => place >= 0);
      return {
        index,
        place: known.length === 0 ? languages.length : Math.min(...known),
        year: Number(year) || Number.NEGATIVE_INFINITY,
      };
    });
    keys.sort((one, other) => one.place - other.place || compare(other.year, one.year));
    return keys.map((key) => key.index);
  }

  /** The edition to show for a work that was found as a whole; undefined if it has none. */
  choose(languages: readonly string[]): Edition | undefined {
    return this.at(languages.length === 0 ? 0 : (this.order(languages)[0] ?? 0));
  }
}

function compare(one: number, other: number): number {
  return one === other ? 0 : one - other;
}

function encodeEdition(edition: Edition): string {
  const stored: StoredEdition = [
    edition.key,
    edition.title,
    edition.subtitle,
    edition.languages,
    edition.publishers,
    encodeDate(edition.published),
    edition.pageCount,
    edition.isbn13,
    edition.isbn10,
    edition.lccn,
    edition.oclc,
    edition.otherIds,
    encodeSeries(edition.series),
    edition.physicalFormat,
    edition.byStatement,
    edition.editionStatement,
    edition.coverId,
  ];
  const codes = edition.languages.filter((code) => /^[a-z]{3}$/.test(code));
  return `${codes.join(",")}\t${edition.published.year}\t${JSON.stringify(stored)}`;
}

function decodeEdition(text: string): Edition {
  // As in decodeWork.
  const stored = JSON.parse(text) as StoredEdition;
  return {
    key: stored[0],
    title: stored[1],
    subtitle: stored[2],
    languages: stored[3],
    publishers: stored[4],
    published: decodeDate(stored[5]),
    pageCount: stored[6],
    isbn13: stored[7],
    isbn10: stored[8],
    lccn: stored[9],
    oclc: stored[10],
    otherIds: stored[11],
    series: decodeSeries(stored[12]),
    physicalFormat: stored[13],
    byStatement: stored[14],
    editionStatement: stored[15],
    coverId: stored[16],
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

function encodeDate(date: PublicationDate): StoredDate {
  return [date.year, precisions.indexOf(date.precision), date.text];
}

function decodeDate(stored: StoredDate): PublicationDate {
  return { year: stored[0], precision: precisions[stored[1]] ?? "unknown", text: stored[2] };
}

function encodeSeries(series: SeriesEntry[]): Pair[] {
  return series.map((entry) => [entry.title, entry.position]);
}

function decodeSeries(stored: Pair[]): SeriesEntry[] {
  return stored.map(([title, position]) => ({ title, position }));
}
