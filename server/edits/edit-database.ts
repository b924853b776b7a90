/** The file of what is written here. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { openDatabase } from "#server/database/open-database.ts";

/** Raised with every change of the tables below; older files are brought up to it in order. */
const migrations: readonly string[] = [
  // As the first version made it, before it numbered its tables.
  `
  CREATE TABLE IF NOT EXISTS edit (
    work TEXT PRIMARY KEY, patch TEXT NOT NULL, base TEXT NOT NULL, edited_at TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS conflict (
    work TEXT PRIMARY KEY, reason TEXT NOT NULL, imported TEXT NOT NULL
  ) STRICT;
  `,
  `
  CREATE TABLE written (
    kind TEXT NOT NULL CHECK (kind IN ('book', 'edition')),
    key TEXT NOT NULL,
    -- The book of an edition; empty for books.
    parent TEXT NOT NULL,
    -- 'here': made here, and the patch holds all of its fields.
    origin TEXT NOT NULL CHECK (origin IN ('imported', 'here')),
    patch TEXT NOT NULL,
    base TEXT NOT NULL,
    deleted_at TEXT,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (kind, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX written_by_parent ON written (kind, parent);

  -- What was done, in the order in which it was done. Only added to.
  CREATE TABLE revision (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    action TEXT NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    address TEXT NOT NULL,
    changes TEXT NOT NULL
  ) STRICT;
  CREATE INDEX revision_by_key ON revision (kind, key, id);

  -- Requests that were carried out, so that one that is sent again is not carried out again.
  CREATE TABLE request (
    actor TEXT NOT NULL,
    request_id TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    key TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (actor, request_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX request_by_time ON request (at);

  CREATE TABLE last_number (kind TEXT PRIMARY KEY, number INTEGER NOT NULL) STRICT;

  INSERT INTO written SELECT 'book', work, '', 'imported', patch, base, NULL, edited_at FROM edit;
  DROP TABLE edit;
  `,
];

/** Where edits of a data folder are kept. */
export function editsFile(dataDir: string): string {
  return join(dataDir, "edits.db");
}

/** Whether anything was ever written in the data folder. */
export function hasEdits(dataDir: string): boolean {
  return existsSync(editsFile(dataDir));
}

/**
 * Opens the file, or creates it.
 *
 * @throws {Error} when it was written by a later version of this program.
 */
export function openEditDatabase(path: string): DatabaseSync {
  return openDatabase(path, { migrations });
}
