/**
 * What is known of a catalogue's words: their counts, their spelling, and what the catalogue is. These
 * tables of the imported file are a file of their own, which the cluster keeps in pieces and each server
 * fetches once for each revision: a search asks about words before anything else, often several times,
 * and asks no other machine for it.
 */
import { rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import type { CatalogInfo } from "#server/catalog/catalog.ts";
import type { Effort } from "#server/search/effort.ts";
import type { Expression } from "#server/search/expression.ts";
import type { SearchIndex, TermAnswers, TermQuestions } from "#server/search/index-port.ts";
import { ReadDatabase } from "#server/sqlite/database.ts";
import type { WrittenInfo } from "#server/sqlite/index-writer.ts";
import { ListLengths } from "#server/sqlite/read/list-lengths.ts";
import { catalogInfo, readMeta } from "#server/sqlite/read/meta.ts";
import { type TermChanges, Terms } from "#server/sqlite/read/terms.ts";
import { APPLICATION_ID, createTables, FORMAT_VERSION } from "#server/sqlite/schema.ts";
import { termIndexes } from "#server/sqlite/term-builder.ts";
import { correctsTo, writtenInfo } from "#server/sqlite/written/imported-entries.ts";
import { KnownTokens, writeKnownTokens } from "./known-tokens.ts";
import { type Query, toQuery } from "./query-dsl.ts";

const CACHE_BYTES = 16 * 1024 * 1024;
const MAP_BYTES = 256 * 1024 * 1024;

/** FTS5 keeps an index in these (https://sqlite.org/fts5.html#fts5_data_structures). */
const copiedTables = [
  "spelling_data",
  "spelling_idx",
  "spelling_config",
  "term",
  "topic_term",
  "stem",
  "heading",
  "meta",
];

/** Names the index of works in `meta`: by it such a file is known. */
const INDEX_NAME = "openSearchIndex";

/** Writes the file of the words of a catalogue file, for the indices of a name. */
export function writeTermsFile(cataloguePath: string, path: string, worksIndex: string): void {
  rmSync(path, { force: true });
  // Shadow tables are protected in defensive mode, Node's default.
  const database = new DatabaseSync(path, { defensive: false });
  try {
    database.exec("PRAGMA page_size = 8192; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF");
    database.exec(createTables);
    database.prepare("ATTACH ? AS whole").run(cataloguePath);
    database.exec("BEGIN");
    for (const table of copiedTables) {
      database.exec(`DELETE FROM ${table}; INSERT INTO ${table} SELECT * FROM whole.${table}`);
    }
    database
      .prepare("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)")
      .run(INDEX_NAME, worksIndex);
    writeKnownTokens(database, "whole");
    database.exec(`
      ${termIndexes}
      COMMIT;
      DETACH whole;
      PRAGMA application_id = ${APPLICATION_ID};
      PRAGMA user_version = ${FORMAT_VERSION};
    `);
  } finally {
    database.close();
  }
}

/** The words of one revision. */
export class TermsFile {
  readonly info: CatalogInfo;
  readonly described: SearchIndex["described"];
  /** The index of works that these are the words of. */
  readonly worksIndex: string;
  /** What the import took over of what was written here before it. */
  readonly written: WrittenInfo;
  /** Of the lists of the file, by which its walks are bounded, and so those of the cluster. */
  readonly lengths: ListLengths;
  readonly #database: ReadDatabase;
  readonly #terms: Terms;
  readonly #known: KnownTokens;

  /** @throws {Error} when the file is missing, no such file or of another version. */
  constructor(path: string) {
    this.#database = new ReadDatabase(path, { cacheBytes: CACHE_BYTES, mapBytes: MAP_BYTES });
    const meta = readMeta(this.#database);
    const index = meta.get(INDEX_NAME);
    if (index === undefined) {
      this.#database.close();
      throw new Error(`${path} is a whole catalogue, not the words of one in a cluster`);
    }
    this.worksIndex = index;
    this.info = catalogInfo(meta);
    this.written = writtenInfo(meta);
    const count = Number(meta.get("describedCount") ?? 0);
    const words = Number(meta.get("describedWords") ?? 0);
    this.described = { count, averageLength: words / Math.max(1, count) };
    this.#terms = new Terms(this.#database);
    this.lengths = new ListLengths(this.#terms);
    this.#known = new KnownTokens(this.#database);
  }

  /** What finds the works that match; undefined if there are none, which nobody need be asked for. */
  queryOf(expression: Expression): Query | undefined {
    const known = this.#known.without(expression);
    return known === undefined ? undefined : toQuery(known);
  }

  answer(questions: TermQuestions, effort: Effort): TermAnswers {
    return this.#terms.answer(questions, effort);
  }

  /** Answers about words with what was written since they were counted. */
  termsWith(changes: TermChanges): Pick<Terms, "answer"> {
    return new Terms(this.#database, changes, this.#terms);
  }

  /** Whether a count is kept of the works that have a heading. */
  hasHeading(token: string): boolean {
    return this.#database.row("SELECT 1 FROM heading WHERE token = ?", token) !== undefined;
  }

  /** Whether misspelt words are corrected to a word. */
  corrects(word: string): boolean {
    return correctsTo(this.#database, word);
  }

  /** In how many works' descriptions or topics each of some stems stands. */
  stemCounts(stems: readonly string[]): number[] {
    return stems.map((stem) =>
      Number(this.#database.row("SELECT work_count FROM stem WHERE word = ?", stem)?.[0] ?? 0),
    );
  }

  close(): void {
    this.#database.close();
  }
}
