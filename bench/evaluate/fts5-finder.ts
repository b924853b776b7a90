/**
 * The obvious script: everything into FTS5, `ORDER BY rank`; all words of the query, and any of them
 * where no book has all.
 */
import { existsSync, mkdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { baselineDocument, readBooks } from "./documents.ts";
import { type Finder, RESULT_COUNT } from "./finder.ts";
import type { EvaluatedQuery } from "./query-set.ts";

/** Title and names weigh most, as in Open Library's own fields. */
const BM25 = "bm25(book, 0, 10, 5, 10, 5, 1, 5, 1)";

export async function fts5Finder(catalogueFile: string, cache: string): Promise<Finder> {
  const file = join(cache, `fts5-${Math.round(statSync(catalogueFile).mtimeMs)}.db`);
  if (!existsSync(file)) {
    build(catalogueFile, cache, file);
  }
  const database = new DatabaseSync(file, { readOnly: true });
  const statement = database.prepare(
    `SELECT key FROM book WHERE book MATCH ? ORDER BY ${BM25} LIMIT ?`,
  );
  statement.setReturnArrays(true);
  return {
    name: "FTS5, BM25",
    async find(query) {
      const words = quotedWords(query);
      if (words.length === 0) {
        return { keys: [], duplicates: [], cutShort: false };
      }
      const all = statement.all(words.join(" "), RESULT_COUNT);
      const rows = all.length > 0 ? all : statement.all(words.join(" OR "), RESULT_COUNT);
      // Arrays by setReturnArrays; its type declares objects only.
      const keys = (rows as unknown as [string][]).map(([key]) => key);
      return { keys, duplicates: [], cutShort: false };
    },
    [Symbol.asyncDispose]: async () => database.close(),
  };
}

/** The last word is a prefix while it is typed. */
function quotedWords({ text, unfinished }: EvaluatedQuery): string[] {
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.map(
    (word, index) => `"${word}"${unfinished && index === words.length - 1 ? "*" : ""}`,
  );
}

function build(catalogueFile: string, cache: string, file: string): void {
  mkdirSync(cache, { recursive: true });
  const partial = `${file}.partial`;
  rmSync(partial, { force: true });
  const database = new DatabaseSync(partial);
  database.exec(`
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    CREATE VIRTUAL TABLE book USING fts5(
      key UNINDEXED, title, other_titles, authors, series, subjects, isbns, description,
      tokenize = "unicode61 remove_diacritics 2"
    );
    BEGIN;
  `);
  const insert = database.prepare("INSERT INTO book VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  for (const book of readBooks(catalogueFile)) {
    const document = baselineDocument(book);
    insert.run(
      document.key,
      document.title,
      document.otherTitles,
      document.authors,
      document.series,
      document.subjects,
      document.isbns,
      document.description,
    );
  }
  database.exec("COMMIT; INSERT INTO book(book) VALUES ('optimize');");
  database.close();
  renameSync(partial, file);
}
