/**
 * Parsed records on their way through the staging files: the values of a record in a fixed order as
 * one JSON array, empty ones at the end left out. Half the bytes of objects, and V8's own JSON is
 * faster than any codec written in JavaScript.
 */
import type { SeriesEntry } from "#server/catalog/records.ts";
import type { ParsedAuthor, ParsedEdition, ParsedWork } from "../parse/parsed-records.ts";

type Value = string | number | string[] | number[] | string[][];

export function encodeWork(work: ParsedWork): string {
  return encode([
    work.title,
    work.authors,
    work.firstPublished,
    work.subjects,
    work.coverId,
    work.subtitle,
    work.description,
    work.people,
    work.places,
    work.times,
    work.originalLanguage,
    work.otherTitles,
    pairs(work.series),
  ]);
}

export function decodeWork(text: string): ParsedWork {
  const values = decode(text);
  return {
    title: values.text(),
    authors: values.numbers(),
    firstPublished: values.text(),
    subjects: values.texts(),
    coverId: values.number(),
    subtitle: values.text(),
    description: values.text(),
    people: values.texts(),
    places: values.texts(),
    times: values.texts(),
    originalLanguage: values.text(),
    otherTitles: values.texts(),
    series: values.series(),
  };
}

export function encodeEdition(edition: ParsedEdition): string {
  return encode([
    edition.work,
    edition.title,
    edition.languages,
    edition.publishers,
    edition.published,
    edition.isbn13,
    edition.pageCount,
    edition.physicalFormat,
    edition.otherIds,
    edition.coverId,
    edition.subtitle,
    pairs(edition.series),
    edition.oclc,
    edition.lccn,
    edition.authors,
    edition.subjects,
    edition.byStatement,
    edition.editionStatement,
    edition.workTitles,
    edition.otherTitles,
    edition.originalLanguage,
    edition.description,
    edition.people,
    edition.places,
    edition.times,
  ]);
}

export function decodeEdition(text: string): ParsedEdition {
  const values = decode(text);
  return {
    work: values.number(),
    title: values.text(),
    languages: values.texts(),
    publishers: values.texts(),
    published: values.text(),
    isbn13: values.texts(),
    pageCount: values.number(),
    physicalFormat: values.text(),
    otherIds: values.texts(),
    coverId: values.number(),
    subtitle: values.text(),
    series: values.series(),
    oclc: values.texts(),
    lccn: values.texts(),
    authors: values.numbers(),
    subjects: values.texts(),
    byStatement: values.text(),
    editionStatement: values.text(),
    workTitles: values.texts(),
    otherTitles: values.texts(),
    originalLanguage: values.text(),
    description: values.text(),
    people: values.texts(),
    places: values.texts(),
    times: values.texts(),
  };
}

export function encodeAuthor(author: ParsedAuthor): string {
  return encode([
    author.name,
    author.alternateNames,
    author.birthDate,
    author.deathDate,
    author.biography,
  ]);
}

export function decodeAuthor(text: string): ParsedAuthor {
  const values = decode(text);
  return {
    name: values.text(),
    alternateNames: values.texts(),
    birthDate: values.text(),
    deathDate: values.text(),
    biography: values.text(),
  };
}

function encode(values: Value[]): string {
  let length = values.length;
  while (length > 0 && isEmpty(values[length - 1])) {
    length--;
  }
  values.length = length;
  return JSON.stringify(values);
}

function isEmpty(value: Value | undefined): boolean {
  return (
    value === undefined ||
    value === "" ||
    value === 0 ||
    (Array.isArray(value) && value.length === 0)
  );
}

function pairs(series: SeriesEntry[]): string[] {
  return series.flatMap(({ title, position }) => [title, position]);
}

function decode(text: string): Values {
  // Staging files are written by encode() above and bound to this version by the manifest.
  return new Values(JSON.parse(text) as unknown[]);
}

/** Reads the values of one record in turn; what was left out at the end is empty. */
class Values {
  readonly #values: unknown[];
  #at = 0;

  constructor(values: unknown[]) {
    this.#values = values;
  }

  text(): string {
    const value = this.#values[this.#at++];
    return typeof value === "string" ? value : "";
  }

  number(): number {
    const value = this.#values[this.#at++];
    return typeof value === "number" ? value : 0;
  }

  texts(): string[] {
    // encode() puts nothing but strings into this place.
    return (this.#values[this.#at++] as string[] | undefined) ?? [];
  }

  numbers(): number[] {
    // encode() puts nothing but numbers into this place.
    return (this.#values[this.#at++] as number[] | undefined) ?? [];
  }

  series(): SeriesEntry[] {
    const flat = this.texts();
    const entries: SeriesEntry[] = [];
    for (let i = 0; i + 1 < flat.length; i += 2) {
      entries.push({ title: flat[i] ?? "", position: flat[i + 1] ?? "" });
    }
    return entries;
  }
}
