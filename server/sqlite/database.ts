import { statSync } from "node:fs";
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { APPLICATION_ID, FORMAT_VERSION } from "./schema.ts";

export type DatabaseOptions = {
  /** Page cache per open file. */
  cacheBytes: number;
  /** How much of the file's rows may be mapped; 0 for nothing, lists neither. */
  mapBytes: number;
  /** True for a file that is written to while it is read. */
  isChanging?: boolean;
};

/** Only a file whose log is being recovered makes readers wait. */
const LOCK_WAIT_MS = 2_000;

/** A third of a file is lists of words: of a larger one they would take half a gigabyte of memory. */
const MAX_MAPPED_FILE_BYTES = 1.5 * 1024 ** 3;

/** A value of a result row. */
export type SqlValue = SQLInputValue;

/** Pages of lists that are mapped need no cache. */
const MAPPED_CACHE_BYTES = 2 * 1024 * 1024;

/**
 * A catalogue file, open for reading. Statements are prepared once and kept.
 *
 * SQLite maps a file from its first byte up to a limit, and the lists of words stand at the end, behind
 * rows of which a search reads few. So where the file is small enough a connection of their own maps all
 * of it and reads lists only: what is never read of a mapping takes no memory.
 */
export class ReadDatabase {
  #database: DatabaseSync;
  /** For full-text searches; the same connection where lists are not mapped. */
  #lists: DatabaseSync;
  #statements = new Map<string, StatementSync>();

  /** @throws {Error} when the file is missing, unfinished, no catalogue or of another version. */
  constructor(path: string, options: DatabaseOptions) {
    this.#database = open(path, options);
    this.#lists = openLists(path, options, this.#database) ?? this.#database;
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
    this.#prepared("BEGIN").run();
  }

  endSnapshot(): void {
    this.#prepared("COMMIT").run();
  }

  close(): void {
    this.#statements.clear();
    if (this.#lists !== this.#database) {
      this.#lists.close();
    }
    this.#database.close();
  }

  #prepared(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) {
      return known;
    }
    // SQLite compiles a statement again whenever a bare parameter of LIMIT is bound, to plan by it.
    const database = sql.includes(" MATCH ") ? this.#lists : this.#database;
    const statement = database.prepare(sql.replaceAll("LIMIT ?", "LIMIT (? + 0)"));
    statement.setReturnArrays(true);
    this.#statements.set(sql, statement);
    return statement;
  }
}

/** The connection that maps all of a file for its lists; undefined where they are not mapped. */
function openLists(
  path: string,
  options: DatabaseOptions,
  rows: DatabaseSync,
): DatabaseSync | undefined {
  const { size } = statSync(path);
  if (options.mapBytes === 0 || options.isChanging === true || size > MAX_MAPPED_FILE_BYTES) {
    return undefined;
  }
  const lists = open(path, { ...options, cacheBytes: MAPPED_CACHE_BYTES, mapBytes: size });
  const revisionOf = (database: DatabaseSync) =>
    database.prepare("SELECT value FROM meta WHERE name = 'revision'").get()?.["value"];
  if (revisionOf(lists) === revisionOf(rows)) {
    return lists;
  }
  // An import replaced the file between the two.
  lists.close();
  return undefined;
}

/** @throws {Error} as the constructor of ReadDatabase. */
function open(path: string, { cacheBytes, mapBytes, isChanging }: DatabaseOptions): DatabaseSync {
  const url = pathToFileURL(path);
  // An import replaces the file and never changes it: no statement needs locks, nor looks for a journal.
  if (isChanging !== true) {
    url.searchParams.set("immutable", "1");
  }
  const database = new DatabaseSync(url, { readOnly: true, timeout: LOCK_WAIT_MS });
  const expect = (pragma: string, value: number, message: string) => {
    const row = database.prepare(`PRAGMA ${pragma}`).get();
    if (row?.[pragma] !== value) {
      throw new Error(message);
    }
  };
  try {
    expect("application_id", APPLICATION_ID, `${path} is no BookFinder catalogue`);
    expect(
      "user_version",
      FORMAT_VERSION,
      `${path} is a catalogue of another version of BookFinder; import it again`,
    );
    database.exec(`
      PRAGMA cache_size = ${-Math.ceil(cacheBytes / 1024)};
      PRAGMA mmap_size = ${mapBytes};
      PRAGMA query_only = ON;
    `);
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}

/**
 * Whole numbers as integers: Node binds every number as a floating-point one, and FTS5 ignores bounds
 * of rowids that are none, so that every walk would read its lists from the first entry to the last.
 */
function exact(value: SqlValue): SqlValue {
  return typeof value === "number" && Number.isSafeInteger(value) ? BigInt(value) : value;
}
