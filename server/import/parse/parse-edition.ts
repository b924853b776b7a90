import { cleanIsbn } from "#server/catalog/identifiers/isbn.ts";
import { keyKind } from "../keys.ts";
import { recordLimits as limits } from "../limits.ts";
import type { Tally } from "../tally.ts";
import { FieldReader, type Fields, isFields } from "./fields.ts";
import { readLanguages, readSeries, readTitle, readTitles } from "./parse-work.ts";
import type { ParsedEdition } from "./parsed-records.ts";
import { parseSeries } from "./series.ts";
import { cleanSubjects } from "./subjects.ts";

const headings = { items: limits.subjects, length: limits.lineLength };
const identifiers = { items: limits.identifiers, length: 60 };
const noPublisher =
  /^\W*(?:s\.?\s?n\.?|sine nomine|publisher not identified|n\.?\s?p\.?|unknown)\W*$/iu;

/** An edition as its record tells it; every field may be missing or of a wrong shape. */
export function parseEdition(fields: Fields, warnings: Tally): ParsedEdition {
  const read = new FieldReader(fields, "edition", warnings);
  return {
    work: read.keys("works", keyKind.work, 1)[0] ?? 0,
    title: editionTitle(read),
    subtitle: read.line("subtitle", limits.titleLength),
    languages: readLanguages(read, "languages"),
    publishers: publishers(read),
    published:
      read.line("publish_date", limits.dateLength) ||
      read.line("copyright_date", limits.dateLength),
    pageCount: read.wholeNumber("number_of_pages", limits.pageCount),
    isbn13: isbns(read),
    lccn: lccns(read),
    oclc: oclcs(read),
    otherIds: otherIds(read),
    series: parseSeries(readSeries(read)).slice(0, limits.series),
    physicalFormat: read.line("physical_format", limits.lineLength),
    byStatement: read.line("by_statement", limits.titleLength),
    editionStatement: read.line("edition_name", limits.lineLength),
    coverId: read.firstPositive("covers"),
    workTitles: [
      ...readTitles(read, "work_titles"),
      ...readTitles(read, "work_title"),
      ...readTitles(read, "translation_of"),
    ],
    otherTitles: readTitles(read, "other_titles"),
    originalLanguage: readLanguages(read, "translated_from")[0] ?? "",
    authors: read.keys("authors", keyKind.author, limits.authors),
    description:
      read.paragraphs("description", limits.descriptionLength) ||
      read.paragraphs("first_sentence", limits.descriptionLength),
    subjects: cleanSubjects(
      [...read.lines("subjects", headings), ...read.lines("genres", headings)],
      limits.subjects,
    ),
    people: cleanSubjects(either(read, "subject_people", "subject_person"), limits.subjects),
    places: cleanSubjects(either(read, "subject_places", "subject_place"), limits.subjects),
    times: either(read, "subject_times", "subject_time"),
  };
}

/** "The " as `title_prefix` belongs before the title; `full_title` and `work_title` stand in for a missing one. */
function editionTitle(read: FieldReader): string {
  const title = readTitle(read);
  const prefix = read.line("title_prefix", 40);
  if (title !== "") {
    const isRepeated = title.toLowerCase().startsWith(`${prefix.toLowerCase()} `);
    if (prefix === "" || isRepeated) {
      return title;
    }
    return /['’]$/.test(prefix) ? prefix + title : `${prefix} ${title}`;
  }
  return readTitle(read, "full_title") || (readTitles(read, "work_titles")[0] ?? "");
}

function publishers(read: FieldReader): string[] {
  const names = read.lines("publishers", { items: limits.publishers, length: limits.lineLength });
  return names.some((name) => noPublisher.test(name))
    ? names.filter((name) => !noPublisher.test(name))
    : names;
}

/** Of every list that may hold some, whatever its name says; wrong check digits are noted. */
function isbns(read: FieldReader): string[] {
  const found: string[] = [];
  for (const name of ["isbn_13", "isbn_10", "isbn", "original_isbn"]) {
    if (read.value(name) === undefined) {
      continue;
    }
    for (const text of read.lines(name, identifiers)) {
      const isbn = cleanIsbn(text);
      if (isbn === undefined) {
        read.note(name, "is no valid ISBN", text);
      } else if (!found.includes(isbn)) {
        found.push(isbn);
      }
    }
  }
  return found;
}

/**
 * Normalised as the Library of Congress asks (https://www.loc.gov/marc/lccn-namespace.html): no
 * blanks, nothing from "/" on, the part after a hyphen padded to six digits.
 */
function lccns(read: FieldReader): string[] {
  if (read.value("lccn") === undefined) {
    return [];
  }
  return read.lines("lccn", identifiers).flatMap((text) => {
    const compact = text.replace(/\s/g, "").replace(/\/.*$/, "").toLowerCase();
    const [prefix = "", serial] = compact.split("-", 2);
    const lccn = serial === undefined ? prefix : prefix + serial.padStart(6, "0");
    if (/^[a-z]{0,3}\d{8,10}$/.test(lccn)) {
      return [lccn];
    }
    read.note("lccn", "is no valid LCCN", text);
    return [];
  });
}

function oclcs(read: FieldReader): string[] {
  const numbers: string[] = [];
  for (const name of ["oclc_numbers", "oclc_number"]) {
    if (read.value(name) === undefined) {
      continue;
    }
    for (const text of read.lines(name, identifiers)) {
      const number = /^(?:\(ocolc\))?(?:ocm|ocn|on)?\s*0*(\d{1,12})$/i.exec(text)?.[1];
      if (number === undefined) {
        read.note(name, "is no OCLC number", text);
      } else if (!numbers.includes(number)) {
        numbers.push(number);
      }
    }
  }
  return numbers;
}

/** Identifiers at sites whose links readers paste. Values may be scalars, lists, null. */
function otherIds(read: FieldReader): string[] {
  const value = read.value("identifiers");
  if (!isFields(value)) {
    return [];
  }
  const found: string[] = [];
  for (const [site, ids] of Object.entries(value)) {
    const name = site.toLowerCase().trim();
    if (name !== "goodreads" && name !== "amazon") {
      continue;
    }
    for (const id of Array.isArray(ids) ? ids : [ids]) {
      const text = typeof id === "number" ? String(id) : id;
      if (typeof text !== "string") {
        continue;
      }
      const isRight = name === "goodreads" ? /^\d{1,12}$/.test(text) : /^[A-Z0-9]{10}$/.test(text);
      if (isRight && found.length < limits.identifiers) {
        found.push(`${name}:${text}`);
      }
    }
  }
  return found;
}

function either(read: FieldReader, first: string, second: string): string[] {
  const lines = read.lines(first, headings);
  return lines.length > 0 ? lines : read.lines(second, headings);
}
