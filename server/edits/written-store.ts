import { hash } from "node:crypto";
import type { DatabaseSync, SQLOutputValue, StatementSync } from "node:sqlite";
import { BadFieldError } from "./write-errors.ts";

export type RecordKind = "book" | "edition";

/** What was written of one book or edition. */
export type WrittenRecord<Patch> = {
  key: string;
  /** The book of an edition; empty for books. */
  parent: string;
  /** "here": made here, and the patch holds all of its fields. */
  origin: "imported" | "here";
  patch: Patch;
  /** What the import said in the fields of the patch. */
  base: Patch;
  deletedAt: string | undefined;
  updatedAt: string;
};

/** One field that a write changed. */
export type FieldChange = { field: string; before: unknown; after: unknown };

export type RevisionAction = "create" | "update" | "delete" | "undelete" | "resolve";

/** One write, as it is remembered. */
export type Revision = {
  id: number;
  kind: RecordKind;
  key: string;
  action: RevisionAction;
  at: string;
  /** A principal's subject ("key:laptop", "user:7"), or "command" for the machine's console. */
  actor: string;
  address: string;
  changes: FieldChange[];
};

/** Far above what Open Library (45 million) and the starter catalogue (90,000,001 up) give out. */
const FIRST_NUMBER = 900_000_001;
/** How long a request that is sent again is known; AIP-155 advises an hour at least. */
const REQUEST_MEMORY_MS = 7 * 86_400_000;

const letters: Record<RecordKind, string> = { book: "W", edition: "M" };

/** The rows of what is written here. Whoever writes several of them opens a transaction. */
export class WrittenStore {
  readonly #database: DatabaseSync;
  // Asked at every reading of a book, so prepared once.
  readonly #get: StatementSync;
  readonly #editionsOf: StatementSync;
  readonly #generation: StatementSync;
  // Asked at every row of an import.
  readonly #put: StatementSync;
  readonly #newNumber: StatementSync;
  readonly #addRevision: StatementSync;
  /** The last generation that was named; it is asked for at every call. */
  #named = { generation: 0, name: "" };

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#get = database.prepare("SELECT * FROM written WHERE kind = ? AND key = ?");
    // Left to itself SQLite walks all editions, because they are in the order of their keys.
    this.#editionsOf = database.prepare(
      `SELECT * FROM written INDEXED BY written_by_parent
       WHERE kind = 'edition' AND parent = ? ORDER BY key`,
    );
    this.#generation = database.prepare("SELECT max(id) AS id FROM revision");
    this.#put = database.prepare(
      `INSERT OR REPLACE INTO written
         (kind, key, parent, origin, patch, base, deleted_at, updated_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#newNumber = database.prepare(
      `INSERT INTO last_number (kind, number) VALUES (?1, ?2)
       ON CONFLICT (kind) DO UPDATE SET number = number + 1 RETURNING number`,
    );
    this.#addRevision = database.prepare(
      `INSERT INTO revision (kind, key, action, at, actor, address, changes)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    );
  }

  /** What was written of a record; undefined if nothing was. */
  get<Patch>(kind: RecordKind, key: string): WrittenRecord<Patch> | undefined {
    const row = this.#get.get(kind, key);
    return row === undefined ? undefined : toRecord<Patch>(row);
  }

  /** What was written of the editions of a book, oldest key first. */
  editionsOf<Patch>(parent: string): WrittenRecord<Patch>[] {
    return this.#editionsOf.all(parent).map((row) => toRecord<Patch>(row));
  }

  /** Whether nothing was ever written. */
  isEmpty(): boolean {
    return this.#database.prepare("SELECT 1 FROM written LIMIT 1").get() === undefined;
  }

  /** Keys of all books of which anything was written, of their editions too. */
  books(): string[] {
    return this.#keys(
      "SELECT key FROM written WHERE kind = 'book' UNION SELECT parent FROM written WHERE kind = 'edition'",
    );
  }

  /** Keys of the books of which anything was written after a generation. */
  booksChangedAfter(generation: number): string[] {
    return this.#keys(
      `SELECT DISTINCT iif(revision.kind = 'book', revision.key, parent) AS key
       FROM revision LEFT JOIN written USING (kind, key)
       WHERE revision.id > ? AND (revision.kind = 'book' OR parent IS NOT NULL)`,
      generation,
    );
  }

  #keys(sql: string, ...parameters: number[]): string[] {
    return this.#database
      .prepare(sql)
      .all(...parameters)
      .map((row) => String(row["key"]));
  }

  /** Keys of the books that are deleted. */
  deletedBooks(): string[] {
    return this.#keys("SELECT key FROM written WHERE kind = 'book' AND deleted_at IS NOT NULL");
  }

  /** The books made here that are not deleted, by key. */
  madeBooks<Patch>(): WrittenRecord<Patch>[] {
    return this.#database
      .prepare(
        `SELECT * FROM written WHERE kind = 'book' AND origin = 'here' AND deleted_at IS NULL
         ORDER BY key`,
      )
      .all()
      .map((row) => toRecord<Patch>(row));
  }

  /** All that was written of editions, by key. */
  editions<Patch>(): WrittenRecord<Patch>[] {
    return this.#database
      .prepare("SELECT * FROM written WHERE kind = 'edition' ORDER BY key")
      .all()
      .map((row) => toRecord<Patch>(row));
  }

  /** Tells the write of that number from one that another history has in its place; empty if there is none. */
  markOf(generation: number): string {
    const row = this.#database
      .prepare("SELECT kind, key, action, at, actor FROM revision WHERE id = ?")
      .get(generation);
    return row === undefined ? "" : hash("sha256", JSON.stringify(row), "hex").slice(0, 16);
  }

  /** A generation's number and mark: after a backup was restored, other writes have the same numbers. */
  nameOf(generation: number): string {
    if (generation !== this.#named.generation) {
      this.#named = { generation, name: `${generation}-${this.markOf(generation)}` };
    }
    return this.#named.name;
  }

  /** What was written of books that were imported. */
  importedBooks<Patch>(): WrittenRecord<Patch>[] {
    return this.#database
      .prepare("SELECT * FROM written WHERE kind = 'book' AND origin = 'imported' ORDER BY key")
      .all()
      .map((row) => toRecord<Patch>(row));
  }

  put<Patch>(kind: RecordKind, record: WrittenRecord<Patch>): void {
    this.#put.run(
      kind,
      record.key,
      record.parent,
      record.origin,
      JSON.stringify(record.patch),
      JSON.stringify(record.base),
      record.deletedAt ?? null,
      record.updatedAt,
    );
  }

  /** A key that no record had, has or will get from an import: "OL900000001W". */
  newKey(kind: RecordKind): string {
    const row = this.#newNumber.get(kind, FIRST_NUMBER);
    return `OL${Number(row?.["number"])}${letters[kind]}`;
  }

  addRevision(revision: Omit<Revision, "id">): void {
    const { kind, key, action, at, actor, address, changes } = revision;
    this.#addRevision.run(kind, key, action, at, actor, address, JSON.stringify(changes));
  }

  /** What was done to a book and its editions, newest first, before a revision of that id. */
  revisionsOfBook(key: string, count: number, beforeId: number): Revision[] {
    return this.#database
      .prepare(
        `SELECT * FROM (
           SELECT * FROM revision WHERE kind = 'book' AND key = ?1 AND id < ?2
           ORDER BY id DESC LIMIT ?3)
         UNION ALL
         SELECT * FROM (
           SELECT revision.* FROM written INDEXED BY written_by_parent
             CROSS JOIN revision USING (kind, key)
           WHERE kind = 'edition' AND parent = ?1 AND id < ?2
           ORDER BY id DESC LIMIT ?3)
         ORDER BY id DESC LIMIT ?3`,
      )
      .all(key, beforeId, count)
      .map(toRevision);
  }

  /** How many writes there were in all; changes with each. */
  generation(): number {
    return Number(this.#generation.get()?.["id"] ?? 0);
  }

  /**
   * The record that a request of that id wrote; undefined if it wasn't carried out yet.
   *
   * @throws {BadFieldError} when the id was used for another request.
   */
  keyOfRequest(actor: string, requestId: string, fingerprint: string): string | undefined {
    const row = this.#database
      .prepare("SELECT key, fingerprint FROM request WHERE actor = ? AND request_id = ?")
      .get(actor, requestId);
    if (row === undefined) {
      return undefined;
    }
    if (row["fingerprint"] !== fingerprint) {
      throw new BadFieldError(
        "request_id",
        "was used for another request: take a new one for each, and the same only to repeat one",
      );
    }
    return String(row["key"]);
  }

  addRequest(actor: string, requestId: string, fingerprint: string, key: string, at: Date): void {
    this.#database
      .prepare("DELETE FROM request WHERE at < ?")
      .run(new Date(at.getTime() - REQUEST_MEMORY_MS).toISOString());
    this.#database
      .prepare(
        "INSERT INTO request (actor, request_id, fingerprint, key, at) VALUES (?, ?, ?, ?, ?)",
      )
      .run(actor, requestId, fingerprint, key, at.toISOString());
  }
}

type Row = Record<string, SQLOutputValue>;

function toRecord<Patch>(row: Row): WrittenRecord<Patch> {
  return {
    key: String(row["key"]),
    parent: String(row["parent"]),
    origin: row["origin"] === "here" ? "here" : "imported",
    // Written by put() only.
    patch: JSON.parse(String(row["patch"])) as Patch,
    base: JSON.parse(String(row["base"])) as Patch,
    deletedAt: row["deleted_at"] === null ? undefined : String(row["deleted_at"]),
    updatedAt: String(row["updated_at"]),
  };
}

function toRevision(row: Row): Revision {
  return {
    id: Number(row["id"]),
    // Written by addRevision() only.
    kind: String(row["kind"]) as RecordKind,
    key: String(row["key"]),
    action: String(row["action"]) as RevisionAction,
    at: String(row["at"]),
    actor: String(row["actor"]),
    address: String(row["address"]),
    changes: JSON.parse(String(row["changes"])) as FieldChange[],
  };
}
