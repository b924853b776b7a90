/**
 * The file of the accounts: users, sessions, API keys, trusted certificates and the audit. It lies
 * beside the catalogue and no import touches it. The server and the commands open it at the same
 * time; each call reads what is in force, so that a key revoked by a command is refused at once.
 */
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { openDatabase } from "#server/database/open-database.ts";

/** Raised with every change of the tables below; older files are brought up to it in order. */
const migrations: readonly string[] = [
  `
  CREATE TABLE user (
    -- Never reused: a deleted account's number must not lead to another's.
    id INTEGER PRIMARY KEY AUTOINCREMENT CHECK (id BETWEEN 1 AND 2147483647),
    email TEXT NOT NULL,
    -- The address in lower case, as accounts are found by.
    email_key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    scopes TEXT NOT NULL,
    created_at TEXT NOT NULL,
    disabled_at TEXT
  ) STRICT;

  CREATE TABLE api_key (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    secret_hash BLOB NOT NULL,
    scopes TEXT NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT,
    revoked_at TEXT,
    last_used_on TEXT
  ) STRICT;

  CREATE TABLE session (
    id TEXT PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    scopes TEXT NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX session_by_user ON session (user_id, created_at);
  CREATE INDEX session_by_end ON session (expires_at);

  CREATE TABLE session_token (
    hash BLOB PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('access', 'refresh')),
    expires_at TEXT NOT NULL,
    -- When a refresh token was exchanged. A second exchange means that somebody copied it.
    used_at TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX session_token_by_session ON session_token (session_id, expires_at);

  CREATE TABLE certificate (
    subject TEXT PRIMARY KEY,
    scopes TEXT NOT NULL,
    created_at TEXT NOT NULL
  ) STRICT;

  CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    target TEXT NOT NULL,
    address TEXT NOT NULL,
    detail TEXT NOT NULL
  ) STRICT;
  `,
];

/** Where the accounts of a data folder are kept. */
export function accountsFile(dataDir: string): string {
  return join(dataDir, "accounts.db");
}

/**
 * Opens the accounts of a data folder, or creates them; without a folder, in memory.
 *
 * @throws {Error} when the file was written by a later version of this program.
 */
export function openAccountDatabase(dataDir: string | undefined): DatabaseSync {
  return openDatabase(dataDir === undefined ? ":memory:" : accountsFile(dataDir), {
    migrations,
    // Nobody else on the machine may read it.
    mode: 0o600,
    pragmas: ["foreign_keys = ON", "secure_delete = ON"],
  });
}
