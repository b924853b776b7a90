/** One edition in its stored form: a line of a row (stored-editions.ts). */
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

/** What tells editions apart at first sight. */
export type EditionTitle = Pick<Edition, "key" | "title" | "subtitle" | "languages">;

/** The stored form of an edition: JSON without line breaks. */
export function encodeEdition(edition: Edition): string {
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

/** Key, title, subtitle and languages, which a line begins with. */
const lineStart = /^\[(?:"(?:[^"\\]|\\.)*",){3}\[[^\]]*\]/;

/** Parses only the beginning, since of many editions the titles are compared. */
export function decodeTitle(line: string): EditionTitle {
  const start = lineStart.exec(line)?.[0];
  // As in decodeWork.
  const [key, title, subtitle, languages] = JSON.parse(
    start === undefined ? line : `${start}]`,
  ) as StoredEdition;
  return { key, title, subtitle, languages };
}

/** The edition of a stored form. */
export function decodeEdition(text: string): Edition {
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
