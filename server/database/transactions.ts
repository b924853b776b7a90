import type { DatabaseSync } from "node:sqlite";
import { inTransaction } from "./open-database.ts";

/** How a small database is written: on this machine alone, or by several servers (shared-transactions.ts). */
export type Transactions = {
  /** Brings in what other servers had written when it was asked. */
  catchUp(): Promise<void>;
  /**
   * Runs statements as one: all of them count, or none. They may run again, over what another server
   * has written meanwhile, so that they do nothing besides.
   */
  run<T>(write: () => T): Promise<T>;
};

/** A file and what servers share don't go together; the message says what to do. */
export class SharedDatabaseError extends Error {
  override name = "SharedDatabaseError";
}

/** Where a copy notes which log it is of (shared-transactions.ts). */
export const POSITION_TABLE = "change_log";

/** True for a copy of what several servers write. */
export function isShared(database: DatabaseSync): boolean {
  const sql = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?";
  return database.prepare(sql).get(POSITION_TABLE) !== undefined;
}

/** Makes a copy a file of its own again, with what is in it; returns whether it was one. */
export function detach(database: DatabaseSync): boolean {
  const wasShared = isShared(database);
  database.exec(`DROP TABLE IF EXISTS ${POSITION_TABLE}`);
  return wasShared;
}

/** Of a file that this machine alone writes. */
export class LocalTransactions implements Transactions {
  readonly #database: DatabaseSync;
  #isShared: boolean | undefined;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  async catchUp(): Promise<void> {
    // Whoever reads the file reads what is written.
  }

  /** @throws {SharedDatabaseError} when the file is a copy of what several servers write. */
  async run<T>(write: () => T): Promise<T> {
    this.#isShared ??= isShared(this.#database);
    if (this.#isShared) {
      throw new SharedDatabaseError(
        "What is written here belongs to a cluster: set BOOKFINDER_CATALOG as its servers have it, " +
          "or leave it with `npm run catalog -- detach`",
      );
    }
    return inTransaction(this.#database, write);
  }
}
