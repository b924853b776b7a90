/** From the API's Edition to what is written of one. */
import type { FieldMask } from "@bufbuild/protobuf/wkt";
import { type Edition, EditionSchema } from "#proto/bookfinder/v1/edition_pb.ts";
import { cleanIsbn, isbn10From13 } from "#server/catalog/identifiers/isbn.ts";
import { normaliseLccn, normaliseOclc } from "#server/catalog/identifiers/numbers.ts";
import type { EditionPatch } from "#server/edits/edit.ts";
import { BadFieldError } from "#server/edits/write-errors.ts";
import { maskedFields } from "./field-mask.ts";
import { requiredTitle, toLanguages, toSeries } from "./written-book.ts";
import { dateTextOf } from "./written-date.ts";
import { lineOf, linesOf } from "./written-text.ts";

/** The fields of an edition that can be written, by their names in the schema. */
export const writableEditionFields = [
  "title",
  "subtitle",
  "languages",
  "publishers",
  "published",
  "page_count",
  "isbn13",
  "isbn10",
  "lccn",
  "oclc",
  "series",
  "physical_format",
  "by_statement",
  "edition_statement",
  "cover_id",
] as const;

type Field = (typeof writableEditionFields)[number];

/**
 * What is to be written of an edition.
 *
 * @throws {BadFieldError} naming the field that can't be written as it is.
 */
export function toEditionPatch(
  edition: Edition,
  mask: FieldMask | undefined,
  nowYear: number,
): EditionPatch {
  let patch: EditionPatch = {};
  const fields = maskedFields(EditionSchema, edition, mask, writableEditionFields);
  for (const field of fields) {
    patch = { ...patch, ...readers[field](edition, fields, nowYear) };
  }
  return patch;
}

type Reader = (edition: Edition, fields: readonly Field[], nowYear: number) => EditionPatch;

const readers: Record<Field, Reader> = {
  title: ({ title }) => ({ title: requiredTitle("title", title) }),
  subtitle: ({ subtitle }) => ({ subtitle: lineOf("subtitle", subtitle) }),
  languages: ({ languages }) => ({ languages: toLanguages("languages", languages) }),
  publishers: ({ publishers }) => ({ publishers: linesOf("publishers", publishers) }),
  published: ({ published }, _fields, nowYear) => ({
    published: dateTextOf("published", published, nowYear),
  }),
  page_count: ({ pageCount }) => ({ pageCount }),
  isbn13: toIsbns,
  isbn10: toIsbns,
  lccn: ({ lccn }) => ({
    lccn: numbersOf("lccn", lccn, normaliseLccn, "Library of Congress control number"),
  }),
  oclc: ({ oclc }) => ({ oclc: numbersOf("oclc", oclc, normaliseOclc, "OCLC number") }),
  series: ({ series }) => ({ series: toSeries(series) }),
  physical_format: ({ physicalFormat }) => ({
    physicalFormat: lineOf("physical_format", physicalFormat),
  }),
  by_statement: ({ byStatement }) => ({ byStatement: lineOf("by_statement", byStatement) }),
  edition_statement: ({ editionStatement }) => ({
    editionStatement: lineOf("edition_statement", editionStatement),
  }),
  cover_id: ({ coverId }) => ({ coverId: Number(coverId) }),
};

/** Both lengths of an ISBN say the same, so either field writes both. */
function toIsbns({ isbn13, isbn10 }: Edition, fields: readonly Field[]): EditionPatch {
  const long = fields.includes("isbn13") ? isbn13 : [];
  const short = fields.includes("isbn10") ? isbn10 : [];
  const isbns = [
    ...numbersOf("isbn13", long, cleanIsbn, "ISBN"),
    ...numbersOf("isbn10", short, cleanIsbn, "ISBN"),
  ];
  const unique = [...new Set(isbns)];
  return { isbn13: unique, isbn10: unique.flatMap((isbn) => isbn10From13(isbn) ?? []) };
}

function numbersOf(
  field: string,
  texts: readonly string[],
  read: (text: string) => string | undefined,
  kind: string,
): string[] {
  return texts.map((text, index) => {
    const number = read(text);
    if (number === undefined) {
      throw new BadFieldError(
        `${field}[${index}]`,
        `"${text.slice(0, 50)}" is no ${kind}: compare it with the book, digit by digit`,
      );
    }
    return number;
  });
}
