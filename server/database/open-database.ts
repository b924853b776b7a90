/**
 * Small SQLite files that are written while the server runs. A commit is on the disk before it is
 * acknowledged (WAL, synchronous=FULL), so that nothing acknowledged is lost with the process or the
 * power.
 */
import { closeSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";

export type DatabaseOptions = {
  /** Statements that bring the file from one version to the next; the first make it. */
  migrations: readonly string[];
  /** Rights of a file that is created. Default: what the process gives. SQLite gives its journal the same. */
  mode?: number;
  /** Set on every connection, e.g. "foreign_keys = ON". */
  pragmas?: readonly string[];
};

/**
 * Opens the file, or creates it, and brings its tables up to date. ":memory:" is a database of this
 * process alone.
 *
 * @throws {Error} when the file can't be written to, or was written by a later version of this program.
 */
export function openDatabase(path: string, options: DatabaseOptions): DatabaseSync {
  const { migrations, mode, pragmas = [] } = options;
  if (path !== ":memory:") {
    mkdirSync(dirname(path), { recursive: true });
    // Says why it can't be written to, which SQLite does not.
    closeSync(openSync(path, "a", mode));
  }
  const database = new DatabaseSync(path, { timeout: 5000 });
  for (const pragma of ["journal_mode = WAL", "synchronous = FULL", ...pragmas]) {
    database.exec(`PRAGMA ${pragma}`);
  }
  inTransaction(database, () => {
    const version = Number(database.prepare("PRAGMA user_version").get()?.["user_version"]);
    if (version > migrations.length) {
      throw new Error(`${path} was written by a later version of BookFinder; use that one`);
    }
    for (const statements of migrations.slice(version)) {
      database.exec(statements);
    }
    database.exec(`PRAGMA user_version = ${migrations.length}`);
  });
  return database;
}

/**
 * Runs statements as one: all of them count, or none. Within another transaction they are part of it, and
 * can be undone by themselves.
 */
export function inTransaction<T>(database: DatabaseSync, run: () => T): T {
  const isInner = database.isTransaction;
  database.exec(isInner ? "SAVEPOINT inner_transaction" : "BEGIN IMMEDIATE");
  try {
    const result = run();
    database.exec(isInner ? "RELEASE inner_transaction" : "COMMIT");
    return result;
  } catch (error) {
    // A full disk ends the transaction itself.
    if (database.isTransaction) {
      database.exec(
        isInner ? "ROLLBACK TO inner_transaction; RELEASE inner_transaction" : "ROLLBACK",
      );
    }
    throw error;
  }
}
