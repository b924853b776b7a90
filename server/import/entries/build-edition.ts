/** Editions of an entry, out of their records, and their order. */
import { isbn10From13 } from "#server/catalog/identifiers/isbn.ts";
import { currentMarcCode, toMarcLanguage } from "#server/catalog/languages.ts";
import type { Edition, PublicationDate } from "#server/catalog/records.ts";
import { type PackedKey, writeKey } from "../keys.ts";
import type { ParsedEdition } from "../parse/parsed-records.ts";

const dirtyLanguage = /[^a-z]/;

export function buildEdition(
  key: PackedKey,
  source: ParsedEdition,
  readDate: (text: string) => PublicationDate,
): Edition {
  return {
    key: writeKey(key),
    title: source.title,
    subtitle: source.subtitle,
    languages: marcLanguages(source.languages),
    publishers: source.publishers,
    published: readDate(source.published),
    pageCount: source.pageCount,
    isbn13: source.isbn13,
    isbn10: isbn10sOf(source.isbn13),
    lccn: source.lccn,
    oclc: source.oclc,
    otherIds: source.otherIds,
    series: source.series,
    physicalFormat: source.physicalFormat,
    byStatement: source.byStatement,
    editionStatement: source.editionStatement,
    coverId: source.coverId,
  };
}

function isbn10sOf(isbns: readonly string[]): string[] {
  const found: string[] = [];
  for (const isbn of isbns) {
    const isbn10 = isbn10From13(isbn);
    if (isbn10 !== undefined) {
      found.push(isbn10);
    }
  }
  return found;
}

export function marcLanguages(codes: string[]): string[] {
  const found: string[] = [];
  for (const code of codes) {
    const isCode = code.length === 3 && !dirtyLanguage.test(code);
    const marc = isCode ? currentMarcCode(code) : toMarcLanguage(code);
    if (/^[a-z]{3}$/.test(marc) && marc !== "und" && !found.includes(marc)) {
      found.push(marc);
    }
  }
  return found;
}

/** Editions in the work's main language first, newer before older, unknown years last. */
export function compareEditions(a: Edition, b: Edition, mainLanguage: string): number {
  const inMain =
    Number(b.languages.includes(mainLanguage)) - Number(a.languages.includes(mainLanguage));
  if (inMain !== 0) {
    return inMain;
  }
  const year = (b.published.year || -9999) - (a.published.year || -9999);
  if (year !== 0) {
    return year;
  }
  return a.key < b.key ? -1 : 1;
}
