/** From the API's Book to what is written of a work. */
import type { FieldMask } from "@bufbuild/protobuf/wkt";
import { type Book, BookSchema, type SeriesEntry } from "#proto/bookfinder/v1/book_pb.ts";
import type { Catalog } from "#server/catalog/catalog.ts";
import { toMarcLanguage } from "#server/catalog/languages.ts";
import type { AuthorCredit } from "#server/catalog/records.ts";
import { creditedOnce } from "#server/catalog/text/same-name.ts";
import type { WorkPatch } from "#server/edits/edit.ts";
import { BadFieldError } from "#server/edits/write-errors.ts";
import { maskedFields } from "./field-mask.ts";
import { keyOf } from "./names.ts";
import { dateTextOf } from "./written-date.ts";
import { lineOf, linesOf, paragraphsOf } from "./written-text.ts";

/** The fields of a book that can be written, by their names in the schema. */
export const writableBookFields = [
  "title",
  "subtitle",
  "authors",
  "description",
  "first_published",
  "languages",
  "original_language",
  "subjects",
  "people",
  "places",
  "times",
  "series",
  "other_titles",
  "cover_id",
] as const;

type Field = (typeof writableBookFields)[number];
type Sources = { catalog: Catalog; nowYear: number };
type Reader = (book: Book, sources: Sources) => WorkPatch | Promise<WorkPatch>;

/**
 * What is to be written of a book.
 *
 * @throws {BadFieldError} naming the field that can't be written as it is.
 */
export async function toWorkPatch(
  book: Book,
  mask: FieldMask | undefined,
  sources: Sources,
): Promise<WorkPatch> {
  let patch: WorkPatch = {};
  for (const field of maskedFields(BookSchema, book, mask, writableBookFields)) {
    patch = { ...patch, ...(await readers[field](book, sources)) };
  }
  return patch;
}

const readers: Record<Field, Reader> = {
  title: ({ title }) => ({ title: requiredTitle("title", title) }),
  subtitle: ({ subtitle }) => ({ subtitle: lineOf("subtitle", subtitle) }),
  authors: async ({ name, authors }, { catalog }) => {
    const credits = await Promise.all(
      authors.map((credit, index) => toCredit(`authors[${index}]`, credit, catalog)),
    );
    return { authors: await withRepeated(name, credits, catalog) };
  },
  description: ({ description }) => ({ description: paragraphsOf("description", description) }),
  first_published: ({ firstPublished }, { nowYear }) => ({
    firstPublished: dateTextOf("first_published", firstPublished, nowYear),
  }),
  languages: ({ languages }) => ({ languages: toLanguages("languages", languages) }),
  original_language: ({ originalLanguage }) => ({
    originalLanguage: toLanguage("original_language", originalLanguage),
  }),
  subjects: ({ subjects }) => ({ subjects: linesOf("subjects", subjects) }),
  people: ({ people }) => ({ people: linesOf("people", people) }),
  places: ({ places }) => ({ places: linesOf("places", places) }),
  times: ({ times }) => ({ times: linesOf("times", times) }),
  series: ({ series }) => ({ series: toSeries(series) }),
  other_titles: ({ otherTitles }) => ({
    otherTitles: otherTitles.map(({ title, language }, index) => ({
      title: requiredTitle(`other_titles[${index}].title`, title),
      language: toLanguage(`other_titles[${index}].language`, language),
    })),
  }),
  cover_id: ({ coverId }) => ({ coverId: Number(coverId) }),
};

/** @throws {BadFieldError} when there is none. */
export function requiredTitle(field: string, text: string): string {
  const title = lineOf(field, text);
  if (title === "") {
    throw new BadFieldError(field, "must not be empty: say what it is called");
  }
  return title;
}

/** A language as a MARC code; empty for none. @throws {BadFieldError} when it is none. */
function toLanguage(field: string, text: string): string {
  const code = text.trim() === "" ? "" : toMarcLanguage(text.trim());
  if (code === "" && text.trim() !== "") {
    throw new BadFieldError(field, `is no language: send a code such as "eng" or "en"`);
  }
  return code;
}

/** @throws {BadFieldError} when one of them is no language. */
export function toLanguages(field: string, texts: readonly string[]): string[] {
  const codes = texts.map((text, index) => toLanguage(`${field}[${index}]`, text));
  return [...new Set(codes)].filter((code) => code !== "");
}

/** @throws {BadFieldError} when one has no title. */
export function toSeries(series: readonly SeriesEntry[]): { title: string; position: string }[] {
  return series.map(({ title, position }, index) => ({
    title: requiredTitle(`series[${index}].title`, title),
    position: lineOf(`series[${index}].position`, position),
  }));
}

async function toCredit(
  field: string,
  { author, displayName }: Book["authors"][number],
  catalog: Catalog,
): Promise<AuthorCredit> {
  const name = lineOf(`${field}.display_name`, displayName);
  if (author === "") {
    if (name === "") {
      throw new BadFieldError(field, "needs a display_name, or the name of an author's record");
    }
    return { key: "", name };
  }
  const known = await catalog.getAuthor(keyOf(author));
  if (known === undefined) {
    throw new BadFieldError(`${field}.author`, `names "${author}", which is not in the catalogue`);
  }
  return { key: known.key, name: name || known.name };
}

/** Credits written back as they were read keep those that reading left out as repeated. */
async function withRepeated(
  name: string,
  credits: AuthorCredit[],
  catalog: Catalog,
): Promise<AuthorCredit[]> {
  const work = name === "" ? undefined : await catalog.getWork(keyOf(name));
  const read = work === undefined ? [] : creditedOnce(work.authors);
  const isUnchanged =
    read.length === credits.length &&
    read.every((one, index) => one.key === credits[index]?.key && one.name === credits[index].name);
  return work !== undefined && isUnchanged ? work.authors : credits;
}
