import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import type { EditConflict, WorkPatch } from "./edit.ts";
import { NothingThereError } from "./write-errors.ts";
import { type FieldChange, WrittenStore } from "./written-store.ts";

/** An edit that the last import disagrees with, with both sides. */
export type Conflict = EditConflict & { patch: WorkPatch; base: WorkPatch };

/** What the last import noted, and how people settle it. */
export class ConflictStore {
  readonly #database: DatabaseSync;
  readonly #store: WrittenStore;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#store = new WrittenStore(database);
  }

  /** Notes what the latest import found, in the place of what the one before found. */
  replace(conflicts: readonly EditConflict[]): void {
    this.#database.exec("DELETE FROM conflict");
    const insert = this.#database.prepare(
      "INSERT OR REPLACE INTO conflict (work, reason, imported) VALUES (?, ?, ?)",
    );
    for (const { work, reason, imported } of conflicts) {
      insert.run(work, reason, JSON.stringify(imported));
    }
  }

  get(work: string): Conflict | undefined {
    const row = this.#database
      .prepare("SELECT work, reason, imported FROM conflict WHERE work = ?")
      .get(work);
    return row === undefined ? undefined : this.#toConflict(row);
  }

  /** By key, after a key. */
  list(count: number, afterKey: string): Conflict[] {
    return this.#database
      .prepare("SELECT work, reason, imported FROM conflict WHERE work > ? ORDER BY work LIMIT ?")
      .all(afterKey, count)
      .map((row) => this.#toConflict(row));
  }

  /** Takes a conflict off the list. */
  remove(work: string): void {
    this.#database.prepare("DELETE FROM conflict WHERE work = ?").run(work);
  }

  /**
   * Settles a conflict, inside a transaction; returns what it changes.
   *
   * @throws {NothingThereError} when the book has none.
   */
  resolve(work: string, keep: "edit" | "import", at: string): FieldChange[] {
    const conflict = this.get(work);
    const written = this.#store.get<WorkPatch>("book", work);
    if (conflict === undefined || written === undefined) {
      throw new NothingThereError("conflict", work, `The book "${work}" has no conflict`);
    }
    const { imported } = conflict;
    // The file in use was built with the edit in it, so the imported values are written over it; the
    // next import finds the two the same.
    const patch = keep === "edit" ? written.patch : { ...written.patch, ...imported };
    this.#store.put<WorkPatch>("book", {
      ...written,
      patch,
      base: { ...written.base, ...imported },
      updatedAt: at,
    });
    this.remove(work);
    return keep === "edit" ? [] : changesBetween(written.patch, imported);
  }

  #toConflict(row: Record<string, SQLOutputValue>): Conflict {
    const work = String(row["work"]);
    const written = this.#store.get<WorkPatch>("book", work);
    return {
      work,
      // Written by replace() only.
      reason: String(row["reason"]) as EditConflict["reason"],
      imported: JSON.parse(String(row["imported"])) as WorkPatch,
      patch: written?.patch ?? {},
      base: written?.base ?? {},
    };
  }
}

function changesBetween(before: WorkPatch, after: WorkPatch): FieldChange[] {
  const known = new Map<string, unknown>(Object.entries(before));
  return Object.entries(after).map(([field, value]) => ({
    field,
    before: known.get(field),
    after: value,
  }));
}
