import type { Edition } from "#server/catalog/records.ts";
import {
  decodeDate,
  decodeSeries,
  encodeDate,
  encodeSeries,
  type Pair,
  type StoredDate,
} from "./documents.ts";

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

/**
 * Popular works have thousands of editions, and a result shows one: so they are stored in rows, each
 * with eight times as many as the one before. The first row also has a line with the languages and
 * the year of every edition, by which the one to show is chosen.
 */
const FIRST_ROW_EDITIONS = 8;
const ROW_GROWTH = 8;
const MAX_ROWS = 4;
/** Editions whose titles are compared: those of the first two rows. */
export const MAX_COMPARED: number = FIRST_ROW_EDITIONS * (1 + ROW_GROWTH);

/** Between rows in the text that the importer carries; JSON has no control characters. */
const rowSeparator = "\u001e";

/** The stored form of all editions of a work: its rows, which `editionRows` takes apart. */
export function encodeEditions(editions: readonly Edition[]): string {
  if (editions.length === 0) return "";
  const rows: string[][] = [[editions.map(encodeHead).join(";")]];
  for (const [index, edition] of editions.entries()) {
    const { row } = placeOf(index);
    const lines = rows[row] ?? [];
    lines.push(encodeEdition(edition));
    rows[row] = lines;
  }
  return rows.map((lines) => lines.join("\n")).join(rowSeparator);
}

/** The rows to store for a work, one or more. */
export function editionRows(text: string): string[] {
  return text.split(rowSeparator);
}

/** In which row an edition is, and where in it. */
function placeOf(index: number): { row: number; line: number } {
  let row = 0;
  let start = 0;
  let size = FIRST_ROW_EDITIONS;
  for (; row < MAX_ROWS - 1 && index >= start + size; row++) {
    start += size;
    size *= ROW_GROWTH;
  }
  return { row, line: index - start };
}

/** The editions of a work, read row by row and parsed one by one when they are asked for. */
export class StoredEditions {
  /** The first row: a line with the heads, then the first editions. */
  #first: string;
  #heads: string[] | undefined;
  #rows: string[][] = [];
  #readRow: (row: number) => string;
  /** The edition found last, which is asked for again by its key. */
  #found: Edition | undefined;

  /** @param readRow the row of a number from 0; empty if there is none. */
  constructor(readRow: (row: number) => string) {
    this.#first = readRow(0);
    this.#readRow = readRow;
  }

  get count(): number {
    return this.#headsOfAll().length;
  }

  /** The edition at an index; undefined behind the last. */
  at(index: number): Edition | undefined {
    const line = this.#line(index);
    return line === undefined ? undefined : decodeEdition(line);
  }

  /** The edition of a key; undefined if there is none. */
  withKey(key: string): Edition | undefined {
    if (this.#found?.key === key) return this.#found;
    return this.#find(`[${JSON.stringify(key)}`, (edition) => edition.key === key);
  }

  /** The first edition of exactly this title; undefined if none of the first ones has it. */
  withTitle(title: string): Edition | undefined {
    return this.#find(JSON.stringify(title), (edition) => edition.title === title, MAX_COMPARED);
  }

  /** The edition that an ISBN, LCCN, OCLC number, key or id at another site names. */
  withIdentifier(identifier: string): Edition | undefined {
    return this.#find(
      `${identifier}"`,
      (edition) =>
        [
          edition.key,
          ...edition.isbn13,
          ...edition.isbn10,
          ...edition.lccn,
          ...edition.oclc,
        ].includes(identifier) ||
        edition.otherIds.some((other) => other.endsWith(`:${identifier}`)),
    );
  }

  #line(index: number): string | undefined {
    if (index === 0) return this.#firstLine();
    const { row, line } = placeOf(index);
    const lines = this.#rows[row] ?? this.#linesOf(row);
    this.#rows[row] = lines;
    return lines[line];
  }

  #linesOf(row: number): string[] {
    const text = row === 0 ? this.#first.slice(this.#first.indexOf("\n") + 1) : this.#readRow(row);
    return text === "" ? [] : text.split("\n");
  }

  /** Most results show the first edition and ask for no other. */
  #firstLine(): string | undefined {
    const start = this.#first.indexOf("\n") + 1;
    if (start === 0) return undefined;
    const end = this.#first.indexOf("\n", start);
    return this.#first.slice(start, end < 0 ? undefined : end);
  }

  #headsOfAll(): string[] {
    if (this.#heads === undefined) {
      const end = this.#first.indexOf("\n");
      this.#heads = end < 0 ? [] : this.#first.slice(0, end).split(";");
    }
    return this.#heads;
  }

  /** Parses only lines that have a text. */
  #find(
    text: string,
    matches: (edition: Edition) => boolean,
    limit = Number.POSITIVE_INFINITY,
  ): Edition | undefined {
    for (let index = 0; index < limit; index++) {
      const line = this.#line(index);
      if (line === undefined) return undefined;
      if (!line.includes(text)) continue;
      const edition = decodeEdition(line);
      if (!matches(edition)) continue;
      this.#found = edition;
      return edition;
    }
    return undefined;
  }

  [Symbol.iterator](): IterableIterator<Edition> {
    return this.first(Number.POSITIVE_INFINITY);
  }

  /** The first editions, at most so many. */
  *first(limit: number): IterableIterator<Edition> {
    for (let index = 0; index < limit; index++) {
      const edition = this.at(index);
      if (edition === undefined) return;
      yield edition;
    }
  }

  /**
   * Indexes in the order a reader of some languages wants them: by language first, then newest
   * first, unknown years last. Ties keep the catalogue's order.
   */
  order(languages: readonly string[]): number[] {
    return this.#wishes(languages)
      .sort(compareWishes)
      .map(({ index }) => index);
  }

  /** The edition to show for a work that was found as a whole; undefined if it has none. */
  choose(languages: readonly string[]): Edition | undefined {
    if (languages.length === 0 || this.count < 2) return this.at(0);
    const best = this.#wishes(languages).reduce((one, other) =>
      compareWishes(other, one) < 0 ? other : one,
    );
    return this.at(best.index);
  }

  #wishes(languages: readonly string[]): Wish[] {
    return this.#headsOfAll().map((head, index) => {
      const [codes = "", year = "0"] = head.split(" ", 2);
      const places = codes.split(",").map((code) => languages.indexOf(code));
      const known = places.filter((place) => place >= 0);
      return {
        index,
        place: known.length === 0 ? languages.length : Math.min(...known),
        year: Number(year) || Number.NEGATIVE_INFINITY,
      };
    });
  }
}

/** How much a reader wants an edition: the place of its language among theirs, and its year. */
type Wish = { index: number; place: number; year: number };

function compareWishes(one: Wish, other: Wish): number {
  return one.place - other.place || compare(other.year, one.year) || one.index - other.index;
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
  return JSON.stringify(stored);
}

function encodeHead({ languages, published }: Edition): string {
  const codes = languages.filter((code) => /^[a-z]{3}$/.test(code));
  return `${codes.join(",")} ${published.year}`;
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
