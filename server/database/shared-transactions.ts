/**
 * A database that several servers write. Each has a copy in a file of its own; what they share is a log of
 * changes (change-log.ts). A write runs on the copy, what it changed is taken down and undone, and counts
 * once the log has it:
 *
 *     catch up → run → changes → undo → append at the next place ─ taken ──→ apply to the copy
 *                 ↑                                  │
 *                 └──────── catch up ←─ another server was first
 *
 * So everything that a transaction has read is as it is when it counts, on whichever server: etags, numbers
 * of new books, request ids. Copies that have applied the same entries are the same.
 */
import { randomUUID } from "node:crypto";
import { constants, DatabaseSync, type SQLInputValue } from "node:sqlite";
import type { ChangeLog, ChangeLogEntry } from "./change-log.ts";
import { inTransaction } from "./open-database.ts";
import { POSITION_TABLE, SharedDatabaseError, type Transactions } from "./transactions.ts";

/** Each time that another server was first, something was written: so often in a row is no accident. */
const MAX_ATTEMPTS = 100;

/** The log was written by others, or lost entries, faster than this server could follow; it may try again. */
export class ContentionError extends Error {
  override name = "ContentionError";
}

/** Undoes what was applied before an entry that does not fit. */
class MisfitError extends Error {
  override name = "MisfitError";
}

export class SharedTransactions implements Transactions {
  readonly #database: DatabaseSync;
  readonly #log: ChangeLog;
  readonly #schema: number;
  /** What reads the log now, and what will once that is done. */
  #reading: Promise<void> = Promise.resolve();
  #nextReading: Promise<void> | undefined;
  #writing: Promise<unknown> = Promise.resolve();

  private constructor(database: DatabaseSync, log: ChangeLog) {
    this.#database = database;
    this.#log = log;
    this.#schema = schemaOf(database);
  }

  /**
   * Makes a database a copy of a log, and brings it up to date. One with rows of its own begins the log.
   *
   * @throws {SharedDatabaseError} when it has rows of its own, or of another log, and this one began
   * otherwise.
   */
  static async open(database: DatabaseSync, log: ChangeLog): Promise<SharedTransactions> {
    const shared = new SharedTransactions(database, log);
    database.exec(
      `CREATE TABLE IF NOT EXISTS ${POSITION_TABLE} ` +
        "(one INTEGER PRIMARY KEY CHECK (one = 1), id TEXT NOT NULL, place INTEGER NOT NULL, " +
        "last_id TEXT NOT NULL) STRICT",
    );
    const known = database.prepare(`SELECT id FROM ${POSITION_TABLE}`).get()?.["id"];
    if (known !== log.id) {
      await shared.#join();
    }
    await shared.catchUp();
    return shared;
  }

  catchUp(): Promise<void> {
    // What is being read already may have been asked for before the caller's last word was written.
    this.#nextReading ??= this.#reading
      .catch(() => undefined)
      .then(() => {
        this.#nextReading = undefined;
        this.#reading = this.#readAll();
        return this.#reading;
      });
    return this.#nextReading;
  }

  /** @throws {ContentionError} and whatever the write, or the log, throws. */
  run<T>(write: () => T): Promise<T> {
    const result = this.#writing.then(() => this.#run(write));
    this.#writing = result.catch(() => undefined);
    return result;
  }

  async #run<T>(write: () => T): Promise<T> {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      await this.catchUp();
      const { place, lastId } = this.#position();
      const { result, changes } = changesOf(this.#database, write);
      if (changes.length === 0) {
        return result;
      }
      const entry = { id: randomUUID(), previousId: lastId, changes, schema: this.#schema };
      if (await this.#log.append(place + 1, entry)) {
        this.#apply(place + 1, [entry]);
        return result;
      }
    }
    throw new ContentionError("Others write so much that this was never first; try again");
  }

  async #readAll(): Promise<void> {
    for (let isAgain = false; ; ) {
      const { place, lastId } = this.#position();
      const { previousId, entries } = await this.#log.read(place);
      const isCopy = previousId === lastId && this.#apply(place + 1, entries);
      if (isCopy && entries.length === 0) {
        return;
      }
      if (!isCopy && isAgain) {
        throw new ContentionError("What is written in the cluster has not settled yet; try again");
      }
      if (!isCopy) {
        isAgain = true;
        this.#clear();
      }
    }
  }

  /** The last entry that the copy has. Another process may write to the same copy. */
  #position(): { place: number; lastId: string } {
    const row = this.#database.prepare(`SELECT place, last_id FROM ${POSITION_TABLE}`).get();
    return { place: Number(row?.["place"] ?? 0), lastId: String(row?.["last_id"] ?? "") };
  }

  /**
   * Applies entries from a place on, in one transaction: a new copy has many to read, and each commit is
   * a wait for the disk.
   *
   * @returns false, and applies none, if the copy has something before them that the log lacks.
   */
  #apply(first: number, entries: readonly ChangeLogEntry[]): boolean {
    if (entries.some(({ schema }) => schema > this.#schema)) {
      throw new SharedDatabaseError(
        "A later version of BookFinder writes to this cluster; this server has to become as new",
      );
    }
    try {
      this.#withoutForeignKeys(() => this.#applyAll(first, entries));
      return true;
    } catch (error) {
      if (error instanceof MisfitError) {
        return false;
      }
      throw error;
    }
  }

  #applyAll(first: number, entries: readonly ChangeLogEntry[]): void {
    const known = this.#position();
    // What is in already is passed over.
    const fresh = entries.slice(Math.max(0, known.place + 1 - first));
    let { lastId } = known;
    for (const { id, previousId, changes } of fresh) {
      const onConflict = () => constants.SQLITE_CHANGESET_ABORT;
      if (previousId !== lastId || !this.#database.applyChangeset(changes, { onConflict })) {
        throw new MisfitError();
      }
      lastId = id;
    }
    if (fresh.length > 0) {
      this.#database
        .prepare(`UPDATE ${POSITION_TABLE} SET place = ?, last_id = ?`)
        .run(first + entries.length - 1, lastId);
    }
  }

  /**
   * Forgets the copy, which is made anew. An entry can be read before it is acknowledged, and be lost with
   * the only node that had it.
   */
  #clear(): void {
    this.#withoutForeignKeys(() => {
      for (const { table } of tablesOf(this.#database)) {
        this.#database.exec(`DELETE FROM "${table}"`);
      }
      this.#database.exec(`UPDATE ${POSITION_TABLE} SET place = 0, last_id = ''`);
    });
  }

  /** What follows from a change (a deleted session's tokens) is in the log as well. */
  #withoutForeignKeys<T>(run: () => T): T {
    const { foreign_keys: state } = this.#database.prepare("PRAGMA foreign_keys").get() ?? {};
    this.#database.exec("PRAGMA foreign_keys = OFF");
    try {
      return inTransaction(this.#database, run);
    } finally {
      this.#database.exec(`PRAGMA foreign_keys = ${state === 1 ? "ON" : "OFF"}`);
    }
  }

  async #join(): Promise<void> {
    let place = 0;
    let lastId = "";
    for (const changes of rowsAsChanges(this.#database)) {
      place += 1;
      lastId = await this.#begin(place, lastId, changes);
    }
    this.#database
      .prepare(
        `INSERT OR REPLACE INTO ${POSITION_TABLE} (one, id, place, last_id) VALUES (1, ?, ?, ?)`,
      )
      .run(this.#log.id, place, lastId);
  }

  /** Begins the log with rows of its own, or finds that it began so; returns the entry's id. */
  async #begin(place: number, previousId: string, changes: Uint8Array): Promise<string> {
    const id = randomUUID();
    if (await this.#log.append(place, { id, previousId, changes, schema: this.#schema })) {
      return id;
    }
    const [present] = (await this.#log.read(place - 1)).entries;
    if (present === undefined || Buffer.compare(present.changes, changes) !== 0) {
      throw new SharedDatabaseError(
        `${this.#database.location() ?? "The file"} holds what was written without the cluster, which ` +
          "holds other writings: move the file away to go on with those of the cluster",
      );
    }
    return present.id;
  }
}

/** What a write would change, and what it returns; nothing is changed. */
function changesOf<T>(database: DatabaseSync, write: () => T): { result: T; changes: Uint8Array } {
  const session = database.createSession();
  database.exec("BEGIN IMMEDIATE");
  try {
    const result = write();
    return { result, changes: session.changeset() };
  } finally {
    database.exec("ROLLBACK");
    session.close();
  }
}

/** Rows that one entry of a log begins with. */
const ROWS_PER_ENTRY = 1_000;

/** All rows of a database, as changes of an empty one; the same each time. */
function* rowsAsChanges(database: DatabaseSync): Iterable<Uint8Array> {
  using empty = new DatabaseSync(":memory:", { enableForeignKeyConstraints: false });
  for (const { table, sql } of tablesOf(database)) {
    empty.exec(sql);
    const rows = database.prepare(`SELECT * FROM "${table}" ORDER BY ${keyOf(database, table)}`);
    rows.setReturnArrays(true);
    const places = rows.columns().map(() => "?");
    const insert = empty.prepare(`INSERT INTO "${table}" VALUES (${places.join(", ")})`);
    // Returned as arrays.
    const all = rows.all() as unknown as SQLInputValue[][];
    for (let start = 0; start < all.length; start += ROWS_PER_ENTRY) {
      const some = all.slice(start, start + ROWS_PER_ENTRY);
      yield changesOf(empty, () => some.forEach((row) => void insert.run(...row))).changes;
    }
  }
}

function keyOf(database: DatabaseSync, table: string): string {
  return database
    .prepare("SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk")
    .all(table)
    .map(({ name }) => `"${name}"`)
    .join(", ");
}

function tablesOf(database: DatabaseSync): { table: string; sql: string }[] {
  return database
    .prepare(
      "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' " +
        "AND name <> ? ORDER BY name",
    )
    .all(POSITION_TABLE)
    .map(({ name, sql }) => ({ table: String(name), sql: String(sql) }));
}

function schemaOf(database: DatabaseSync): number {
  return Number(database.prepare("PRAGMA user_version").get()?.["user_version"]);
}
