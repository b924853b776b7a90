import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { APPLICATION_ID, FORMAT_VERSION } from "./schema.ts";

export type DatabaseOptions = {
  /** Page cache per open file. */
  cacheBytes: number;
  /** How much of the file may be mapped; 0 for none. */
  mapBytes: number;
  /** True for a file that is written to while it is read. */
  isChanging?: boolean;
};

/** Only a file whose log is being recovered makes readers wait. */
const LOCK_WAIT_MS = 2_000;

/** A value of a result row. */
export type SqlValue = SQLInputValue;

/** A catalogue file, open for reading. Statements are prepared once and kept. */
export class ReadDatabase {
  #database: DatabaseSync;
  #statements = new Map<string, StatementSync>();

  /** @throws {Error} when the file is missing, unfinished, no catalogue or of another version. */
  constructor(path: string, options: DatabaseOptions) {
    const url = pathToFileURL(path);
    // An import replaces the file and never changes it: no statement needs locks, nor looks for a journal.
    if (options.isChanging !== true) {
      url.searchParams.set("immutable", "1");
    }
    this.#database = new DatabaseSync(url, { readOnly: true, timeout: LOCK_WAIT_MS });
    try {
      this.#expect("application_id", APPLICATION_ID, `${path} is no BookFinder catalogue`);
      this.#expect(
        "user_version",
        FORMAT_VERSION,
        `${path} is a catalogue of another version of BookFinder; import it again`,
      );
      this.#database.exec(`
        PRAGMA cache_size = ${-Math.ceil(options.cacheBytes / 1024)};
        PRAGMA mmap_size = ${options.mapBytes};
        PRAGMA query_only = ON;
      `);
    } catch (error) {
      this.#database.close();
      throw error;
    }
  }

  /** Rows as arrays in the order of the selected columns. */
  rows(sql: string, ...parameters: SqlValue[]): SqlValue[][] {
    // setReturnArrays (below) makes every row an array; its type declares objects only.
    return this.#prepared(sql).all(...parameters.map(exact)) as unknown as SqlValue[][];
  }

  /** The first row; undefined if there is none. */
  row(sql: string, ...parameters: SqlValue[]): SqlValue[] | undefined {
    // As in rows().
    return this.#prepared(sql).get(...parameters.map(exact)) as unknown as SqlValue[] | undefined;
  }

  /** The first column of all rows, as numbers. */
  numbers(sql: string, ...parameters: SqlValue[]): number[] {
    return this.rows(sql, ...parameters).map((row) => Number(row[0]));
  }

  /** Reads a changing file as it is now until `endSnapshot`. */
  beginSnapshot(): void {
    this.#database.exec("BEGIN");
  }

  endSnapshot(): void {
    this.#database.exec("COMMIT");
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #prepared(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) {
      return known;
    }
    // SQLite compiles a statement again whenever a bare parameter of LIMIT is bound, to plan by it.
    const statement = this.#database.prepare(sql.replaceAll("LIMIT ?", "LIMIT (? + 0)"));
    statement.setReturnArrays(true);
    this.#statements.set(sql, statement);
    return statement;
  }

  #expect(pragma: string, value: number, message: string): void {
    const row = this.#database.prepare(`PRAGMA ${pragma}`).get();
    if (row?.[pragma] !== value) {
      throw new Error(message);
    }
  }
}

/**
 * Whole numbers as integers: Node binds every number as a floating-point one, and FTS5 ignores bounds
 * of rowids that are none, so that every walk would read its lists from the first entry to the last.
 */
function exact(value: SqlValue): SqlValue {
  return typeof value === "number" && Number.isSafeInteger(value) ? BigInt(value) : value;
}
