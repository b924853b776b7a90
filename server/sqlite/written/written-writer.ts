/**
 * Writes the index of what was written here since the import: a second, small index of the same form,
 * which searches walk beside the imported one (segmented-index.ts). One process writes; any may read.
 *
 * It can be made anew out of the edits at any time, so a commit need not reach the disk: what a power
 * failure takes is written again at the next start, since `generation` is taken back with it.
 */
import { existsSync } from "node:fs";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { CatalogueEntry } from "#server/catalog/entry.ts";
import type { Work } from "#server/catalog/records.ts";
import { decodeWork } from "#server/index-entries/documents.ts";
import { type PreparedEntry, prepareEntry } from "#server/index-entries/prepare-entry.ts";
import { ROWID_GAP } from "#server/index-entries/row-numbers.ts";
import { editionRows } from "#server/index-entries/stored-editions.ts";
import type { ImportedWorks } from "./imported-entries.ts";
import { TokenCounts } from "./token-counts.ts";
import { TokenWriter } from "./token-writer.ts";
import { createWrittenFile } from "./written-file.ts";
import { descriptionToken } from "./written-tokens.ts";

/** How a book is now: as it was imported, deleted, or other than it was imported. */
export type BookChange = { key: string; present: "asImported" | "deleted" | CatalogueEntry };

/** What differs from the imported catalogue as a whole. */
const totals = ["workCount", "editionCount", "describedCount", "describedWords"] as const;

/** How a book was until now: whether it hides the imported one, and whether there is another instead. */
type KnownChange = { id: number; hides: boolean; shows: boolean; editionCount: number };

/** Of a work, as far as it is counted. */
type Counted = Pick<PreparedEntry, "words" | "description" | "editionCount"> & {
  described: number;
  authorKeys: readonly string[];
};

export class WrittenWriter {
  readonly #database: DatabaseSync;
  readonly #imported: ImportedWorks;
  readonly #statements: ReturnType<typeof prepareStatements>;
  readonly #counts: TokenCounts;
  readonly #totals = new Map<string, number>();
  readonly #tokens: TokenWriter;

  /** Creates the file or goes on with it. */
  constructor(path: string, imported: ImportedWorks) {
    if (!existsSync(path)) {
      createWrittenFile(path);
    }
    this.#database = new DatabaseSync(path, { timeout: 5000 });
    this.#imported = imported;
    this.#database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
    this.#statements = prepareStatements(this.#database);
    this.#tokens = new TokenWriter(this.#database);
    this.#counts = new TokenCounts(this.#database, imported, this.#tokens);
    for (const name of [...totals, "generation", "version"]) {
      this.#totals.set(name, Number(this.#statements.readMeta.get(name)?.["value"] ?? 0));
    }
  }

  /** The last write that is in. */
  get generation(): number {
    return this.#totals.get("generation") ?? 0;
  }

  /** Keys of all books that were ever indexed here. */
  keys(): string[] {
    return this.#database
      .prepare("SELECT key FROM change ORDER BY id")
      .all()
      .map((row) => String(row["key"]));
  }

  /** Puts how some books are now in the place of how they were, all or none. */
  write(changes: readonly BookChange[], generation: number): void {
    const before = new Map(this.#totals);
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      this.#add("version", 1);
      for (const change of changes) {
        this.#writeOne(change);
      }
      this.#counts.write();
      this.#totals.set("generation", generation);
      for (const [name, value] of this.#totals) {
        this.#statements.writeMeta.run(name, String(value));
      }
      this.#database.exec("COMMIT");
    } catch (error) {
      if (this.#database.isTransaction) {
        this.#database.exec("ROLLBACK");
      }
      this.#counts.forget();
      for (const [name, value] of before) {
        this.#totals.set(name, value);
      }
      this.#tokens.forget();
      throw error;
    }
  }

  /** Puts what many writes left in many pieces together, so that searches look in one place. */
  optimize(): void {
    for (const table of ["words", "identifiers", "descriptions", "spelling"]) {
      this.#database.exec(`INSERT INTO ${table}(${table}) VALUES ('optimize')`);
    }
    this.#database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  }

  close(): void {
    this.#database.close();
  }

  #writeOne({ key, present }: BookChange): void {
    const known = this.#known(key);
    const knownId = known?.id ?? this.#imported.idOf(key);
    // Made and deleted before anybody could find it, or gone with an import.
    if (knownId === undefined && typeof present === "string") {
      return;
    }
    // Readers don't know it as anything else.
    if (known === undefined && present === "asImported") {
      return;
    }
    const id = knownId ?? this.#freeId();
    const isImported = id <= this.#imported.lastId;
    const hides = isImported && present !== "asImported";
    if (known?.shows === true) {
      this.#remove(known);
    }
    if (hides !== (known?.hides ?? false)) {
      this.#countImported(id, hides ? -1 : 1);
    }
    let editionCount = 0;
    if (typeof present === "object") {
      const prepared = prepareEntry(present);
      this.#insert(id, prepared);
      this.#count(countedOf(prepared, present.work), 1);
      editionCount = prepared.editionCount;
    }
    // What is as it was imported again stays on the list, so that readers hear of it.
    this.#statements.putChange.run(
      id,
      key,
      Number(hides),
      Number(typeof present === "object"),
      editionCount,
      this.#totals.get("version") ?? 0,
    );
  }

  #known(key: string): KnownChange | undefined {
    const row = this.#statements.readChange.get(key);
    if (row === undefined) {
      return undefined;
    }
    return {
      id: Number(row["id"]),
      hides: row["hides"] === 1,
      shows: row["shows"] === 1,
      editionCount: Number(row["edition_count"]),
    };
  }

  #freeId(): number {
    const last = Number(this.#statements.lastId.get()?.["id"] ?? 0);
    return Math.max(last, this.#imported.lastId) + ROWID_GAP;
  }

  #insert(id: number, entry: PreparedEntry): void {
    const { insertWords, insertIdentifiers, insertDescription } = this.#statements;
    insertWords.run(id, ...entry.words);
    for (const column of entry.words) {
      for (const token of new Set(column.split(" "))) {
        this.#tokens.add(token);
      }
    }
    insertIdentifiers.run(id, entry.identifiers);
    if (entry.description !== "") {
      insertDescription.run(id, entry.description);
      for (const stem of new Set(entry.description.split(" "))) {
        this.#tokens.add(descriptionToken(stem));
      }
    }
    this.#statements.insertRanking.run(id, ...entry.ranking);
    this.#statements.insertWork.run(id, entry.work);
    if (entry.editionCount === 0) {
      return;
    }
    for (const [row, text] of editionRows(entry.editions).entries()) {
      this.#statements.insertEdition.run(id + row, text);
    }
  }

  #remove({ id, editionCount }: KnownChange): void {
    const row = this.#statements.readIndexed.get(id);
    if (row === undefined) {
      throw new Error(`the index of what was written lacks work ${id}`);
    }
    const text = (column: string) => String(row[column] ?? "");
    const authorKeys = decodeWork(text("document")).authors.map(({ key }) => key);
    const [title, author, series] = [text("title"), text("author"), text("series")];
    const described = Number(row["described"]);
    const words: Counted["words"] = [title, author, series, text("topic"), "", text("key")];
    this.#count({ words, description: text("text"), described, editionCount, authorKeys }, -1);
    for (const statement of this.#statements.remove) {
      statement.run(id);
    }
    this.#statements.removeEditions.run(id, id + ROWID_GAP);
  }

  #countImported(id: number, by: 1 | -1): void {
    const entry = this.#imported.entry(id);
    this.#count(countedOf(prepareEntry(entry), entry.work), by);
  }

  #count(work: Counted, by: 1 | -1): void {
    this.#counts.add(work, by);
    this.#add("workCount", by);
    this.#add("editionCount", by * work.editionCount);
    if (work.description !== "") {
      this.#add("describedCount", by);
      this.#add("describedWords", by * work.described);
    }
    for (const key of new Set(work.authorKeys)) {
      const number = Number(/^OL([0-9]{1,15})A$/.exec(key)?.[1] ?? 0);
      if (number > 0) {
        this.#statements.countAuthor.run(number, by);
      }
    }
  }

  #add(name: string, by: number): void {
    this.#totals.set(name, (this.#totals.get(name) ?? 0) + by);
  }
}

function countedOf(prepared: PreparedEntry, work: Work): Counted {
  const authorKeys = work.authors.map(({ key }) => key);
  return { ...prepared, described: prepared.ranking[8], authorKeys };
}

function prepareStatements(database: DatabaseSync) {
  const prepare = (sql: string): StatementSync => database.prepare(sql);
  return {
    insertWords: prepare(
      "INSERT INTO words (rowid, title, author, series, topic, publisher, key) VALUES (?, ?, ?, ?, ?, ?, ?)",
    ),
    insertIdentifiers: prepare("INSERT INTO identifiers (rowid, id) VALUES (?, ?)"),
    insertDescription: prepare("INSERT INTO descriptions (rowid, text) VALUES (?, ?)"),
    insertRanking: prepare(
      "INSERT INTO ranking (id, titles, authors, series, year, popularity, rating, demotion, " +
        "duplicate, described, article_words, family_start, family_end) " +
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    ),
    insertWork: prepare("INSERT INTO work (id, document) VALUES (?, ?)"),
    insertEdition: prepare("INSERT INTO edition (id, documents) VALUES (?, ?)"),
    countAuthor: prepare(
      "INSERT INTO author (number, work_count, document) VALUES (?1, ?2, '') " +
        "ON CONFLICT (number) DO UPDATE SET work_count = work_count + ?2",
    ),
    readIndexed: prepare(
      "SELECT title, author, words.series AS series, topic, key, described, document, text FROM words " +
        "JOIN ranking ON ranking.id = words.rowid JOIN work ON work.id = words.rowid " +
        "LEFT JOIN descriptions ON descriptions.rowid = words.rowid WHERE words.rowid = ?",
    ),
    remove: ["words", "identifiers", "descriptions"]
      .map((table) => prepare(`DELETE FROM ${table} WHERE rowid = ?`))
      .concat(["ranking", "work"].map((table) => prepare(`DELETE FROM ${table} WHERE id = ?`))),
    removeEditions: prepare("DELETE FROM edition WHERE id >= ? AND id < ?"),
    readChange: prepare("SELECT id, hides, shows, edition_count FROM change WHERE key = ?"),
    putChange: prepare(
      "INSERT OR REPLACE INTO change (id, key, hides, shows, edition_count, version) " +
        "VALUES (?, ?, ?, ?, ?, ?)",
    ),
    lastId: prepare("SELECT max(id) AS id FROM change"),
    readMeta: prepare("SELECT value FROM meta WHERE name = ?"),
    writeMeta: prepare("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)"),
  };
}
