/** Matches a table of books with the catalogue of a server: rows in, the same rows and what they mean out. */
import { createClient, type Transport } from "@connectrpc/connect";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import {
  MatchEvidence_Agreement as Agreement,
  type MatchBooksResponse,
  MatchBooksResponse_Verdict as Verdict,
} from "#proto/bookfinder/v1/match_pb.ts";
import { BookField } from "#proto/bookfinder/v1/search_pb.ts";
import { readHeader, toRequest } from "./match-columns.ts";

/** A table that says in no way which column is what. */
export class ColumnsError extends Error {
  override name = "ColumnsError";
}

const addedColumns = [
  "match",
  "match_confidence",
  "match_book",
  "match_title",
  "match_authors",
  "match_year",
  "match_isbn13",
  "match_reason",
];

/** How many rows of each verdict there were. */
export type MatchCounts = { matched: number; uncertain: number; notFound: number };

/**
 * Yields the header and then each row with its match. Rows are read no faster than they are matched,
 * and matched no faster than they are taken.
 *
 * @throws {ColumnsError} if the table has several columns and no header that names one of them.
 */
export async function* matchList(
  transport: Transport,
  records: AsyncIterable<readonly string[]>,
  onProgress: (counts: MatchCounts) => void,
): AsyncGenerator<string[]> {
  const source = records[Symbol.asyncIterator]();
  const first = await source.next();
  if (first.done === true) {
    return;
  }
  const header = readHeader(first.value);
  if (header === undefined && first.value.length > 1) {
    throw new ColumnsError(
      "the first line names no column: call them title, author, year, isbn or citation",
    );
  }
  const columns = header ?? new Map([["citation", 0]] as const);
  const names = header === undefined ? ["citation"] : [...first.value];
  yield [...names, ...addedColumns];
  /** Rows whose answers are under way. */
  const waiting: (readonly string[])[] = [];
  async function* requests() {
    let next = header === undefined ? first : await source.next();
    for (let line = 0; next.done !== true; line++) {
      waiting.push(next.value);
      yield toRequest(next.value, columns, String(line));
      next = await source.next();
    }
  }
  const counts: MatchCounts = { matched: 0, uncertain: 0, notFound: 0 };
  for await (const answer of createClient(BookService, transport).matchBooks(requests())) {
    const record = waiting.shift() ?? [];
    counts[verdictNames[answer.verdict] ?? "notFound"] += 1;
    onProgress(counts);
    const padding = Array.from({ length: Math.max(0, names.length - record.length) }, () => "");
    yield [...record, ...padding, ...answerCells(answer)];
  }
}

const verdictNames: Partial<Record<Verdict, keyof MatchCounts>> = {
  [Verdict.MATCHED]: "matched",
  [Verdict.UNCERTAIN]: "uncertain",
  [Verdict.NOT_FOUND]: "notFound",
};

const verdictWords: Record<keyof MatchCounts, string> = {
  matched: "matched",
  uncertain: "uncertain",
  notFound: "not found",
};

function answerCells({ verdict, matches, problem }: MatchBooksResponse): string[] {
  const word = verdictWords[verdictNames[verdict] ?? "notFound"];
  const [best] = matches;
  const { book } = best ?? {};
  if (best === undefined || book === undefined) {
    return [word, "", "", "", "", "", "", problem];
  }
  const year = book.firstPublished?.year ?? 0;
  return [
    word,
    best.confidence.toFixed(2),
    book.name,
    book.title,
    book.authors.map(({ displayName }) => displayName).join("; "),
    year === 0 ? "" : String(year),
    book.isbn13,
    best.evidence
      .map(({ field, agreement }) => `${agreementWords[agreement]} ${fieldWords[field] ?? "field"}`)
      .join(", "),
  ];
}

const agreementWords: Record<Agreement, string> = {
  [Agreement.UNSPECIFIED]: "",
  [Agreement.EXACT]: "same",
  [Agreement.CLOSE]: "similar",
  [Agreement.DIFFERENT]: "other",
};

const fieldWords: Partial<Record<BookField, string>> = {
  [BookField.TITLE]: "title",
  [BookField.OTHER_TITLE]: "other title",
  [BookField.AUTHOR]: "author",
  [BookField.YEAR]: "year",
  [BookField.IDENTIFIER]: "ISBN",
};
