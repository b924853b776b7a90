/**
 * Builds a catalogue file. Works must come in order of falling popularity: each gets the next
 * rowid, which is what makes searches stop early (schema.ts).
 *
 *     const writer = new IndexWriter(path);
 *     for (const prepared of sorted.slice(writer.workCount)) writer.add(prepared);   // resumes
 *     for (const author of authors) writer.addAuthor(author, workCount);
 *     writer.finish({ source, buildTime, revision });
 *
 * Synchronous and fast: no fsync, few prepared statements, one merge of the full-text index at the
 * end. A rollback journal is kept, so that a killed process continues at its last checkpoint; after
 * a power failure start anew.
 */
import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { Author } from "#server/catalog/records.ts";
import { encodeAuthor } from "#server/index-entries/documents.ts";
import type { PreparedEntry } from "#server/index-entries/prepare-entry.ts";
import { ROWID_GAP } from "#server/index-entries/row-numbers.ts";
import { editionRows } from "#server/index-entries/stored-editions.ts";
import { wordsInserter } from "./insert-words.ts";
import { APPLICATION_ID, createTables, FORMAT_VERSION } from "./schema.ts";
import { buildStems, buildTerms } from "./term-builder.ts";

export type IndexWriterOptions = {
  /** Works between two checkpoints that `add` makes by itself. */
  checkpointWorks?: number;
  /** Memory for words that are not written yet; what fits the CPU cache is fastest. */
  wordBufferBytes?: number;
  /** Leaves `words` empty: another thread builds it (words-writer.ts). */
  withoutWords?: boolean;
};

/** What `finish` records about the catalogue. */
export type FinishInfo = {
  source: string;
  buildTime: Date;
  /** Changes with every import; page tokens are bound to it. */
  revision: string;
  /** What was written here and is in it. */
  written?: WrittenInfo;
};

/** What a catalogue has in it of what was written here: up to which write, and how much. */
export type WrittenInfo = {
  generation: number;
  /** Tells the last write from another of the same number. */
  mark: string;
  /** Books that were made here. */
  madeBooks: number;
  /** How many editions more it has for what was written of them. */
  addedEditions: number;
};

/** The step of finishing that adoptWords (words-writer.ts) does as well. */
export const wordsStep = "words";

export class IndexWriter {
  #database: DatabaseSync;
  #statements: Statements;
  #checkpointWorks: number;
  #withoutWords: boolean;
  #workCount: number;
  #editionCount: number;
  #authorCount: number;
  #describedCount: number;
  #describedWords: number;
  #sinceCheckpoint = 0;

  /** Creates the file or continues one that was not finished. @throws {Error} when it is finished. */
  constructor(path: string, options: IndexWriterOptions = {}) {
    this.#checkpointWorks = options.checkpointWorks ?? 250_000;
    this.#withoutWords = options.withoutWords ?? false;
    this.#database = new DatabaseSync(path);
    this.#database.exec(`
      PRAGMA page_size = 8192;
      PRAGMA journal_mode = TRUNCATE;
      PRAGMA synchronous = OFF;
      PRAGMA locking_mode = EXCLUSIVE;
      PRAGMA temp_store = MEMORY;
      PRAGMA cache_size = -65536;
    `);
    if (!hasTable(this.#database, "meta")) {
      createFile(this.#database, options);
    }
    this.#workCount = this.#readCount("workCount");
    this.#editionCount = this.#readCount("editionCount");
    this.#authorCount = this.#readCount("authorCount");
    this.#describedCount = this.#readCount("describedCount");
    this.#describedWords = this.#readCount("describedWords");
    if (this.#readMeta("finished") !== undefined) {
      this.#database.close();
      throw new Error(`${path} is a finished catalogue; write a new file and swap it in`);
    }
    this.#statements = prepareStatements(this.#database);
    this.#database.exec("BEGIN IMMEDIATE");
  }

  /** How many works are in: after a restart, how many need not be added again. */
  get workCount(): number {
    return this.#workCount;
  }

  /** How many authors are in; as `workCount`. */
  get authorCount(): number {
    return this.#authorCount;
  }

  /** Adds the next most popular work. */
  add(entry: PreparedEntry): void {
    this.#workCount += 1;
    this.#editionCount += entry.editionCount;
    const id = this.#workCount * ROWID_GAP;
    const { insertWords, insertIdentifiers, insertDescription } = this.#statements;
    if (!this.#withoutWords) {
      insertWords(this.#workCount, entry.words);
    }
    insertIdentifiers.run(id, entry.identifiers);
    if (entry.description !== "") {
      insertDescription.run(id, entry.description);
      this.#describedCount += 1;
      this.#describedWords += entry.ranking[8];
    }
    this.#statements.insertRanking.run(id, ...entry.ranking);
    this.#statements.insertWork.run(id, entry.work);
    if (entry.editionCount > 0) {
      for (const [row, text] of editionRows(entry.editions).entries()) {
        this.#statements.insertEdition.run(id + row, text);
      }
    }
    this.#sinceCheckpoint += 1;
    if (this.#sinceCheckpoint >= this.#checkpointWorks) {
      this.checkpoint();
    }
  }

  /** Adds an author; fastest in rising order of key. A key that is in already is replaced. */
  addAuthor(author: Author, workCount: number): void {
    const number = Number(/^OL([0-9]+)A$/.exec(author.key)?.[1] ?? Number.NaN);
    if (!Number.isSafeInteger(number)) {
      throw new Error(`"${author.key}" is no author key`);
    }
    this.#statements.insertAuthor.run(number, workCount, encodeAuthor(author));
    this.#authorCount += 1;
    this.#sinceCheckpoint += 0.2;
    if (this.#sinceCheckpoint >= this.#checkpointWorks) {
      this.checkpoint();
    }
  }

  /** Lets an old key of a work or author lead to the one it was merged into. */
  addRedirect(from: string, to: string): void {
    this.#statements.insertRedirect.run(from, to);
  }

  /** Makes everything added so far survive the end of this process. */
  checkpoint(): void {
    this.#writeCounts();
    this.#database.exec("COMMIT; BEGIN IMMEDIATE");
    this.#sinceCheckpoint = 0;
  }

  /** Merges the indexes that don't hold words; for who builds that of words at the same time. */
  finishOthers(): void {
    this.checkpoint();
    this.#step("identifiers", () => this.#merge("identifiers"));
    this.#step("descriptions", () => {
      this.#merge("descriptions");
      buildStems(this.#database);
    });
  }

  /** Merges the indexes, builds the spelling, records `info` and closes the file. */
  finish(info: FinishInfo): void {
    this.finishOthers();
    this.#step(wordsStep, () => {
      this.#merge("words");
      buildTerms(this.#database);
    });
    this.#writeMeta("source", info.source);
    this.#writeMeta("buildTime", info.buildTime.toISOString());
    this.#writeMeta("revision", info.revision);
    if (info.written !== undefined) {
      this.#writeMeta("written", JSON.stringify(info.written));
    }
    this.#writeMeta("finished", "yes");
    // In one transaction with the rest: a file is either marked as a catalogue and finished, or neither.
    this.#database.exec(`
      PRAGMA application_id = ${APPLICATION_ID};
      PRAGMA user_version = ${FORMAT_VERSION};
      COMMIT;
    `);
    this.#database.close();
  }

  /** Closes an unfinished file at its last checkpoint. */
  close(): void {
    this.#database.exec("ROLLBACK");
    this.#database.close();
  }

  [Symbol.dispose](): void {
    if (this.#database.isOpen) {
      this.close();
    }
  }

  /** Runs a step of finishing once, also when the process is killed in between. */
  #step(name: string, run: () => void): void {
    if (this.#readMeta(name) !== undefined) {
      return;
    }
    run();
    this.#writeMeta(name, "done");
    this.#database.exec("COMMIT; BEGIN IMMEDIATE");
  }

  #merge(table: string): void {
    this.#database.exec(`INSERT INTO ${table}(${table}) VALUES ('optimize')`);
  }

  #writeCounts(): void {
    this.#writeMeta("workCount", String(this.#workCount));
    this.#writeMeta("editionCount", String(this.#editionCount));
    this.#writeMeta("authorCount", String(this.#authorCount));
    this.#writeMeta("describedCount", String(this.#describedCount));
    this.#writeMeta("describedWords", String(this.#describedWords));
  }

  #readCount(name: string): number {
    return Number(this.#readMeta(name) ?? 0);
  }

  #readMeta(name: string): string | undefined {
    const row = this.#database.prepare("SELECT value FROM meta WHERE name = ?").get(name);
    return row === undefined ? undefined : String(row["value"]);
  }

  #writeMeta(name: string, value: string): void {
    this.#database
      .prepare("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)")
      .run(name, value);
  }
}

type Statements = ReturnType<typeof prepareStatements>;

function prepareStatements(database: DatabaseSync) {
  const prepare = (sql: string): StatementSync => database.prepare(sql);
  return {
    insertWords: wordsInserter(database),
    insertIdentifiers: prepare("INSERT INTO identifiers (rowid, id) VALUES (?, ?)"),
    insertDescription: prepare("INSERT INTO descriptions (rowid, text) VALUES (?, ?)"),
    insertRanking: prepare(
      "INSERT INTO ranking (id, titles, authors, series, year, popularity, rating, demotion, " +
        "duplicate, described, article_words, family_start, family_end) " +
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    ),
    insertWork: prepare("INSERT INTO work (id, document) VALUES (?, ?)"),
    insertEdition: prepare("INSERT INTO edition (id, documents) VALUES (?, ?)"),
    insertAuthor: prepare(
      "INSERT OR REPLACE INTO author (number, work_count, document) VALUES (?, ?, ?)",
    ),
    insertRedirect: prepare("INSERT OR REPLACE INTO redirect (source, target) VALUES (?, ?)"),
  };
}

function hasTable(database: DatabaseSync, name: string): boolean {
  return (
    database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(name) !==
    undefined
  );
}

function createFile(database: DatabaseSync, options: IndexWriterOptions): void {
  const wordBufferBytes = options.wordBufferBytes ?? 8 * 1024 * 1024;
  database.exec(`BEGIN; ${createTables}`);
  // Merging while loading would write everything several times; `finish` merges once. Without
  // automerge a level collects segments up to the crisis limit, so that is raised to its maximum.
  for (const [table, bytes] of [
    ["words", wordBufferBytes],
    ["identifiers", Math.ceil(wordBufferBytes / 4)],
    ["descriptions", Math.ceil(wordBufferBytes / 4)],
  ] as const) {
    database.exec(`
      INSERT INTO ${table}(${table}, rank) VALUES ('hashsize', ${bytes});
      INSERT INTO ${table}(${table}, rank) VALUES ('automerge', 0);
      INSERT INTO ${table}(${table}, rank) VALUES ('crisismerge', 1999);
      INSERT INTO ${table}(${table}, rank) VALUES ('pgsz', 8100);
    `);
  }
  database.exec("COMMIT");
}
