import { existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Edit, EditConflict, WorkPatch } from "./edit.ts";

/** Where edits of a data folder are kept. */
export function editsFile(dataDir: string): string {
  return join(dataDir, "edits.db");
}

/** The edits made here: a file of their own, which no import touches but to note conflicts. */
export class EditStore {
  readonly #database: DatabaseSync;

  /** Opens the file, or creates it. */
  constructor(path: string) {
    mkdirSync(dirname(path), { recursive: true });
    this.#database = new DatabaseSync(path);
    this.#database.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      PRAGMA busy_timeout = 5000;
      CREATE TABLE IF NOT EXISTS edit (
        work TEXT PRIMARY KEY,
        patch TEXT NOT NULL,
        base TEXT NOT NULL,
        edited_at TEXT NOT NULL
      ) STRICT;
      CREATE TABLE IF NOT EXISTS conflict (
        work TEXT PRIMARY KEY,
        reason TEXT NOT NULL,
        imported TEXT NOT NULL
      ) STRICT;
    `);
  }

  /** Adds an edit, or further fields to the one the work has; settles a conflict of the work. */
  save(edit: Edit): void {
    const known = this.get(edit.work);
    const patch = { ...known?.patch, ...edit.patch };
    // Of a field that was edited before, what the import said counts, not the first edit.
    const settled = this.conflicts().find(({ work }) => work === edit.work)?.imported;
    const base = { ...edit.base, ...known?.base, ...settled };
    this.#database.exec("BEGIN IMMEDIATE");
    this.#database
      .prepare("INSERT OR REPLACE INTO edit (work, patch, base, edited_at) VALUES (?, ?, ?, ?)")
      .run(edit.work, JSON.stringify(patch), JSON.stringify(base), edit.editedAt);
    this.#database.prepare("DELETE FROM conflict WHERE work = ?").run(edit.work);
    this.#database.exec("COMMIT");
  }

  get(work: string): Edit | undefined {
    return this.all().find((edit) => edit.work === work);
  }

  /** All edits by work key. */
  all(): Edit[] {
    const rows = this.#database
      .prepare("SELECT work, patch, base, edited_at FROM edit ORDER BY work")
      .all();
    return rows.map((row) => ({
      work: String(row["work"]),
      patch: readPatch(row["patch"]),
      base: readPatch(row["base"]),
      editedAt: String(row["edited_at"]),
    }));
  }

  /** Notes what the latest import found, in the place of what the one before found. */
  replaceConflicts(conflicts: readonly EditConflict[]): void {
    this.#database.exec("BEGIN IMMEDIATE; DELETE FROM conflict");
    const insert = this.#database.prepare(
      "INSERT OR REPLACE INTO conflict (work, reason, imported) VALUES (?, ?, ?)",
    );
    for (const { work, reason, imported } of conflicts) {
      insert.run(work, reason, JSON.stringify(imported));
    }
    this.#database.exec("COMMIT");
  }

  conflicts(): (EditConflict & { edit: Edit | undefined })[] {
    const edits = new Map(this.all().map((edit) => [edit.work, edit]));
    const rows = this.#database
      .prepare("SELECT work, reason, imported FROM conflict ORDER BY work")
      .all();
    return rows.map((row) => ({
      work: String(row["work"]),
      // Written by replaceConflicts() only.
      reason: String(row["reason"]) as EditConflict["reason"],
      imported: readPatch(row["imported"]),
      edit: edits.get(String(row["work"])),
    }));
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }
}

/** The edits of a data folder; none if nobody edited anything yet. */
export function readEdits(dataDir: string): Edit[] {
  const path = editsFile(dataDir);
  if (!existsSync(path)) return [];
  using store = new EditStore(path);
  return store.all();
}

function readPatch(value: unknown): WorkPatch {
  // Written by the statements above only.
  return JSON.parse(String(value)) as WorkPatch;
}
