import type { CatalogueEntry } from "#server/catalog/entry.ts";
import {
  applyPatch,
  type Edit,
  type EditConflict,
  isUnderEdit,
  valuesOf,
} from "#server/edits/edit.ts";
import type { RedirectTable } from "../files/redirect-table.ts";
import { type PackedKey, packKey, writeKey } from "../keys.ts";

/** Edits by the present key of their work. An edited work that was merged takes its edit along. */
export class EditReplay {
  readonly #edits = new Map<PackedKey, Edit[]>();
  readonly #nowYear: number;

  constructor(edits: readonly Edit[], redirects: RedirectTable, nowYear: number) {
    this.#nowYear = nowYear;
    for (const edit of edits) {
      const key = packKey(edit.work);
      if (key === undefined) {
        continue;
      }
      const present = redirects.resolve(key);
      this.#edits.set(present, [...(this.#edits.get(present) ?? []), edit]);
    }
  }

  /** Puts the edits of a work over its entry and returns where the import disagrees with them. */
  apply(entry: CatalogueEntry): { edited: string[]; conflicts: EditConflict[] } {
    if (this.#edits.size === 0) {
      return { edited: [], conflicts: [] };
    }
    const edits = this.#edits.get(packKey(entry.work.key) ?? 0) ?? [];
    const conflicts: EditConflict[] = [];
    for (const edit of edits) {
      const imported = valuesOf(entry.work, edit.patch);
      const isMerged = edit.work !== entry.work.key;
      if (isMerged) {
        conflicts.push({ work: edit.work, reason: "merged", imported });
      } else if (!isUnderEdit(edit, imported)) {
        conflicts.push({ work: edit.work, reason: "changed", imported });
      }
    }
    // Edits of the work itself come last: they outrank those of works merged into it.
    const own = edits.toSorted(
      (a, b) => Number(a.work === entry.work.key) - Number(b.work === entry.work.key),
    );
    for (const edit of own) {
      applyEdit(entry, edit, this.#nowYear);
    }
    return { edited: edits.map((edit) => edit.work), conflicts };
  }
}

function applyEdit(entry: CatalogueEntry, { patch }: Edit, nowYear: number): void {
  const { authors } = entry.work;
  entry.work = applyPatch(entry.work, patch, nowYear);
  if (patch.authors !== undefined) {
    const names = new Map(
      authors.map(({ key }, index) => [key, entry.authorAlternateNames[index] ?? []]),
    );
    // Whom an edit adds is known by the credited name alone.
    entry.authorAlternateNames = patch.authors.map(({ key }) =>
      key === "" ? [] : (names.get(key) ?? []),
    );
  }
}

/** Conflicts for edits whose work the import doesn't have any more. */
export function missingWorks(edits: readonly Edit[], applied: readonly string[]): EditConflict[] {
  const found = new Set(applied);
  return edits
    .filter(({ work }) => !found.has(work))
    .map(({ work }) => ({ work, reason: "missing", imported: {} }));
}

/** Whether a key can be edited: only works (and editions standing as works) can. */
export function editableKey(text: string): string | undefined {
  const key = packKey(text.startsWith("books/") ? text.slice(6) : text);
  return key === undefined || key % 4 === 2 ? undefined : writeKey(key);
}
