import type { DatabaseSync } from "node:sqlite";
import { inTransaction } from "#server/database/open-database.ts";
import { ConflictStore } from "./conflict-store.ts";
import type { Edit, EditConflict, EditionPatch, WorkPatch } from "./edit.ts";
import { editsFile, hasEdits, openEditDatabase } from "./edit-database.ts";
import { type WrittenRecord, WrittenStore } from "./written-store.ts";

/** The last write of a state of the edits, and what tells it from another of the same number. */
export type LastWrite = { generation: number; mark: string };

/** What an import takes over of what was written here. Deleted books wait to be brought back. */
export type EditsToReplay = {
  lastWrite: LastWrite;
  /** Of imported books. */
  works: Edit[];
  madeBooks: { key: string; patch: WorkPatch }[];
  /** Made here, changed or deleted. */
  editions: WrittenRecord<EditionPatch>[];
};

/** The edits of imported books, as imports replay them and note where they disagree. */
export class EditStore {
  readonly #database: DatabaseSync;
  readonly #store: WrittenStore;
  readonly #conflicts: ConflictStore;

  /** Opens the file, or creates it. */
  constructor(path: string) {
    this.#database = openEditDatabase(path);
    this.#store = new WrittenStore(this.#database);
    this.#conflicts = new ConflictStore(this.#database);
  }

  /** Adds an edit, or further fields to the one the work has; settles a conflict of the work. */
  save(edit: Edit): void {
    inTransaction(this.#database, () => {
      const known = this.#store.get<WorkPatch>("book", edit.work);
      // Of a field that was edited before, what the import said counts, not the first edit.
      const settled = this.#conflicts.get(edit.work)?.imported;
      this.#store.put<WorkPatch>("book", {
        key: edit.work,
        parent: "",
        origin: "imported",
        deletedAt: undefined,
        ...known,
        patch: { ...known?.patch, ...edit.patch },
        base: { ...edit.base, ...known?.base, ...settled },
        updatedAt: edit.editedAt,
      });
      this.#conflicts.remove(edit.work);
      this.#store.addRevision({
        kind: "book",
        key: edit.work,
        action: "update",
        at: edit.editedAt,
        actor: "command",
        address: "",
        changes: Object.entries(edit.patch).map(([field, after]) => ({
          field,
          before: edit.base[field as keyof WorkPatch],
          after,
        })),
      });
    });
  }

  /** All that an import takes over, as it is at one moment. */
  toReplay(): EditsToReplay {
    // Reads one state, and lets others write meanwhile.
    this.#database.exec("BEGIN");
    try {
      const generation = this.#store.generation();
      return {
        lastWrite: { generation, mark: this.#store.markOf(generation) },
        works: this.all(),
        madeBooks: this.#store.madeBooks<WorkPatch>(),
        editions: this.#store.editions<EditionPatch>(),
      };
    } finally {
      this.#database.exec("COMMIT");
    }
  }

  get(work: string): Edit | undefined {
    const record = this.#store.get<WorkPatch>("book", work);
    return record?.origin === "imported" ? toEdit(record) : undefined;
  }

  /** All edits of imported books, by work key. */
  all(): Edit[] {
    return this.#store
      .importedBooks<WorkPatch>()
      .filter(({ patch }) => Object.keys(patch).length > 0)
      .map(toEdit);
  }

  /** Notes what the latest import found, in the place of what the one before found. */
  replaceConflicts(conflicts: readonly EditConflict[]): void {
    inTransaction(this.#database, () => this.#conflicts.replace(conflicts));
  }

  conflicts(): (EditConflict & { edit: Edit | undefined })[] {
    return this.#conflicts
      .list(Number.MAX_SAFE_INTEGER, "")
      .map(({ work, reason, imported }) => ({ work, reason, imported, edit: this.get(work) }));
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }
}

/** The edits of a data folder; none if nobody edited anything yet. */
export function readEdits(dataDir: string): EditsToReplay {
  if (!hasEdits(dataDir)) {
    return { lastWrite: { generation: 0, mark: "" }, works: [], madeBooks: [], editions: [] };
  }
  using store = new EditStore(editsFile(dataDir));
  return store.toReplay();
}

function toEdit({ key, patch, base, updatedAt }: WrittenRecord<WorkPatch>): Edit {
  return { work: key, patch, base, editedAt: updatedAt };
}
