/**
 * Builds the full-text index of words, and what is counted out of it, in a file of its own, so that
 * a second processor can do it while the IndexWriter writes everything else: it is more than half of
 * the work. At the end the catalogue takes the tables over row by row (adoptWords), which is quick.
 */
import { DatabaseSync } from "node:sqlite";
import { wordsStep } from "./index-writer.ts";
import { type Words, wordsInserter } from "./insert-words.ts";
import { createTables } from "./schema.ts";
import { buildTerms, termIndexes } from "./term-builder.ts";

/** Works between two moments to which a killed process returns. */
const checkpointWorks = 250_000;

export class WordsWriter {
  readonly #database: DatabaseSync;
  readonly #insert: (work: number, words: Words) => void;
  #workCount: number;
  #isFinished: boolean;
  #sinceCheckpoint = 0;

  /** Creates the file or continues one. */
  constructor(path: string, wordBufferBytes: number) {
    this.#database = new DatabaseSync(path);
    this.#database.exec(`
      PRAGMA page_size = 8192;
      PRAGMA journal_mode = TRUNCATE;
      PRAGMA synchronous = OFF;
      PRAGMA locking_mode = EXCLUSIVE;
      PRAGMA cache_size = -65536;
    `);
    const created = this.#database
      .prepare("SELECT 1 FROM sqlite_schema WHERE name = 'progress'")
      .get();
    if (created === undefined) {
      this.#create(wordBufferBytes);
    }
    const row = this.#database.prepare("SELECT work_count, is_finished FROM progress").get();
    this.#workCount = Number(row?.["work_count"] ?? 0);
    this.#isFinished = row?.["is_finished"] === 1;
    this.#insert = wordsInserter(this.#database);
    this.#database.exec("BEGIN IMMEDIATE");
  }

  /** How many works are in: after a restart, how many need not be added again. */
  get workCount(): number {
    return this.#workCount;
  }

  /** Adds the words of the next most popular work. */
  add(words: Words): void {
    this.#workCount += 1;
    this.#insert(this.#workCount, words);
    this.#sinceCheckpoint += 1;
    if (this.#sinceCheckpoint >= checkpointWorks) {
      this.#checkpoint();
    }
  }

  /** Merges the index, counts its words, builds the spelling and closes the file. */
  finish(): void {
    this.#checkpoint();
    this.#database.exec("INSERT INTO words(words) VALUES ('optimize'); COMMIT; BEGIN IMMEDIATE");
    if (!this.#isFinished) {
      buildTerms(this.#database);
    }
    this.#database.exec("UPDATE progress SET is_finished = 1; COMMIT");
    this.#database.close();
  }

  [Symbol.dispose](): void {
    if (this.#database.isOpen) {
      this.#database.close();
    }
  }

  #checkpoint(): void {
    this.#database.prepare("UPDATE progress SET work_count = ?").run(this.#workCount);
    this.#database.exec("COMMIT; BEGIN IMMEDIATE");
    this.#sinceCheckpoint = 0;
  }

  /** All tables of a catalogue, of which only `words` is filled: its definition stays in one place. */
  #create(wordBufferBytes: number): void {
    this.#database.exec(`
      BEGIN;
      ${createTables}
      CREATE TABLE progress (work_count INTEGER NOT NULL, is_finished INTEGER NOT NULL) STRICT;
      INSERT INTO progress VALUES (0, 0);
      INSERT INTO words(words, rank) VALUES ('hashsize', ${wordBufferBytes});
      INSERT INTO words(words, rank) VALUES ('automerge', 0);
      INSERT INTO words(words, rank) VALUES ('crisismerge', 1999);
      INSERT INTO words(words, rank) VALUES ('pgsz', 8100);
      COMMIT;
    `);
  }
}

/** FTS5 keeps all of an index in three tables (https://sqlite.org/fts5.html#fts5_data_structures). */
const indexTables = ["data", "idx", "config"].flatMap((part) => [
  `words_${part}`,
  `spelling_${part}`,
]);
const wordTables = [...indexTables, "term", "topic_term", "heading"];

/** Copies what a WordsWriter finished into a catalogue that lacks it; once, also if it is killed. */
export function adoptWords(cataloguePath: string, wordsPath: string): void {
  // Shadow tables are protected in defensive mode, Node's default.
  const database = new DatabaseSync(cataloguePath, { defensive: false });
  try {
    database.exec("PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = OFF");
    const done = database.prepare("SELECT 1 FROM meta WHERE name = ?").get(wordsStep);
    if (done !== undefined) {
      return;
    }
    database.prepare("ATTACH ? AS built").run(wordsPath);
    database.exec("BEGIN");
    for (const table of wordTables) {
      database.exec(`DELETE FROM ${table}; INSERT INTO ${table} SELECT * FROM built.${table}`);
    }
    database.exec(termIndexes);
    database.prepare("INSERT INTO meta (name, value) VALUES (?, 'done')").run(wordsStep);
    database.exec("COMMIT");
  } finally {
    database.close();
  }
}
