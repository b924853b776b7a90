/** Which columns of a table say what, by their names as lists have them. */
import type { MessageInitShape } from "@bufbuild/protobuf";
import type { MatchBooksRequestSchema } from "#proto/bookfinder/v1/match_pb.ts";

/** A row as MatchBooks takes it. */
export type RowRequest = MessageInitShape<typeof MatchBooksRequestSchema>;

type Field = "citation" | "isbn" | "title" | "author" | "year";

const names: Record<Field, readonly string[]> = {
  citation: ["citation", "reference", "bibliography", "text", "zitat", "quelle"],
  isbn: ["isbn", "isbn13", "isbn10", "isbn-13", "isbn-10", "ean"],
  title: ["title", "book title", "titel", "titre", "título", "titolo", "name"],
  author: [
    "author",
    "authors",
    "creator",
    "by",
    "autor",
    "auteur",
    "autore",
    "verfasser",
    "main author",
  ],
  year: [
    "year",
    "date",
    "published",
    "publication year",
    "pub year",
    "publication date",
    "jahr",
    "année",
    "año",
  ],
};

/** Longest values that the service takes. */
const limits: Record<Exclude<Field, "year">, number> = {
  citation: 2000,
  isbn: 100,
  title: 1000,
  author: 1000,
};

/** The place of each known column; undefined if the record names none, so that it is no header. */
export function readHeader(record: readonly string[]): Map<Field, number> | undefined {
  const columns = new Map<Field, number>();
  for (const [place, cell] of record.entries()) {
    const name = cell
      .replace(/^\ufeff/, "")
      .replaceAll("_", " ")
      .trim()
      .toLowerCase();
    for (const field of Object.keys(names) as Field[]) {
      if (names[field].includes(name) && !columns.has(field)) {
        columns.set(field, place);
      }
    }
  }
  return columns.size === 0 ? undefined : columns;
}

/** A record of the table as a request. */
export function toRequest(
  record: readonly string[],
  columns: ReadonlyMap<Field, number>,
  id: string,
): RowRequest {
  const cell = (field: Field): string => record[columns.get(field) ?? -1]?.trim() ?? "";
  const text = (field: Exclude<Field, "year">): string => cell(field).slice(0, limits[field]);
  return {
    id,
    citation: text("citation"),
    isbn: text("isbn"),
    title: text("title"),
    author: text("author"),
    year: Number(/(?<!\d)\d{4}(?!\d)/.exec(cell("year"))?.[0] ?? 0),
  };
}
