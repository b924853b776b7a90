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

  /** The edition of a key; undefined if there is none. */
  withKey(key: string): Edition | undefined {
    return this.#find(`[${JSON.stringify(key)}`, (edition) => edition.key === key);
  }

  /** The first edition of exactly this title; undefined if there is none. */
  withTitle(title: string): Edition | undefined {
    return this.#find(JSON.stringify(title), (edition) => edition.title === title);
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

  /** Parses only lines that have a text. */
  #find(text: string, matches: (edition: Edition) => boolean): Edition | undefined {
    for (const line of this.#lines) {
      if (!line.includes(text)) continue;
      const edition = decodeEdition(line.slice(line.indexOf("[")));
      if (matches(edition)) return edition;
    }
    return undefined;
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
