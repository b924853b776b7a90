import type { Edition } from "#server/catalog/records.ts";
import {
  decodeEdition,
  decodeTitle,
  type EditionTitle,
  encodeEdition,
} from "./edition-document.ts";

/**
 * Popular works have thousands of editions, and a result shows one: so they are stored in rows, each
 * with eight times as many as the one before. The first row also has a line with the languages and
 * the year of every edition, by which the one to show is chosen.
 */
const FIRST_ROW_EDITIONS = 8;
const ROW_GROWTH = 8;
const MAX_ROWS = 4;
/** Editions whose titles are compared: those of the first two rows. */
const MAX_COMPARED: number = FIRST_ROW_EDITIONS * (1 + ROW_GROWTH);

/** Between rows in the text that the importer carries; JSON has no control characters. */
const rowSeparator = "\u001e";

/** The stored form of all editions of a work: its rows, which `editionRows` takes apart. */
export function encodeEditions(editions: readonly Edition[]): string {
  if (editions.length === 0) {
    return "";
  }
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

/** In which row an edition is, and on which line of it. */
function placeOf(index: number): { row: number; line: number } {
  let row = 0;
  let start = 0;
  let size = FIRST_ROW_EDITIONS;
  for (; row < MAX_ROWS - 1 && index >= start + size; row++) {
    start += size;
    size *= ROW_GROWTH;
  }
  return { row, line: index - start + (row === 0 ? 1 : 0) };
}

/** A row of editions, taken apart and parsed as far as is asked for, once. */
export class EditionRow {
  #text: string;
  #lines: string[] | undefined;
  #editions: (Edition | undefined)[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  line(index: number): string | undefined {
    this.#lines ??= this.#text === "" ? [] : this.#text.split("\n");
    return this.#lines[index];
  }

  edition(index: number): Edition | undefined {
    const known = this.#editions[index];
    if (known !== undefined) {
      return known;
    }
    const line = this.line(index);
    if (line === undefined) {
      return undefined;
    }
    const edition = decodeEdition(line);
    this.#editions[index] = edition;
    return edition;
  }
}

/** The editions of a work, read row by row and parsed one by one when they are asked for. */
export class StoredEditions {
  #rows: EditionRow[];
  #readRow: (row: number) => EditionRow;
  #heads: string[] | undefined;
  /** The edition found last, which is asked for again by its key. */
  #found: Edition | undefined;

  /** @param readRow any row but the first; without lines if there is none. */
  constructor(first: EditionRow, readRow: (row: number) => EditionRow) {
    this.#rows = [first];
    this.#readRow = readRow;
  }

  get count(): number {
    return this.#headsOfAll().length;
  }

  /** The edition at an index; undefined behind the last. */
  at(index: number): Edition | undefined {
    const { row, line } = placeOf(index);
    return this.#row(row).edition(line);
  }

  /** The first editions, at most so many, as far as their titles. */
  *titles(limit: number): IterableIterator<EditionTitle> {
    for (let index = 0; index < limit; index++) {
      const line = this.#line(index);
      if (line === undefined) {
        return;
      }
      yield decodeTitle(line);
    }
  }

  /** The edition of a key; undefined if there is none. */
  withKey(key: string): Edition | undefined {
    if (this.#found?.key === key) {
      return this.#found;
    }
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
    const { row, line } = placeOf(index);
    return this.#row(row).line(line);
  }

  #row(row: number): EditionRow {
    const known = this.#rows[row] ?? this.#readRow(row);
    this.#rows[row] = known;
    return known;
  }

  #headsOfAll(): string[] {
    this.#heads ??= this.#rows[0]?.line(0)?.split(";") ?? [];
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
      if (line === undefined) {
        return undefined;
      }
      if (!line.includes(text)) {
        continue;
      }
      const edition = this.at(index);
      if (edition === undefined || !matches(edition)) {
        continue;
      }
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
      if (edition === undefined) {
        return;
      }
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
    if (languages.length === 0 || this.count < 2) {
      return this.at(0);
    }
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

function encodeHead({ languages, published }: Edition): string {
  const codes = languages.filter((code) => /^[a-z]{3}$/.test(code));
  return `${codes.join(",")} ${published.year}`;
}
