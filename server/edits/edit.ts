/**
 * A change that somebody made to a book here. Edits live apart from what is imported and are
 * replayed over every new import; where the imported record changed under an edit, the edit stays
 * in force and is listed, so that a person can decide.
 */
import { parsePublicationDate } from "#server/catalog/dates.ts";
import type { Work } from "#server/catalog/records.ts";

/** Fields that can be edited, with the values that replace the imported ones. */
export type WorkPatch = {
  title?: string;
  subtitle?: string;
  description?: string;
  /** As catalogued, e.g. "c1965". */
  firstPublished?: string;
  originalLanguage?: string;
  subjects?: string[];
  people?: string[];
  places?: string[];
  times?: string[];
};

export type PatchField = keyof WorkPatch;

export const textFields = [
  "title",
  "subtitle",
  "description",
  "firstPublished",
  "originalLanguage",
] as const satisfies PatchField[];
export const listFields = ["subjects", "people", "places", "times"] as const satisfies PatchField[];

export type Edit = {
  /** "OL27448W" */
  work: string;
  patch: WorkPatch;
  /** What the imported record said in the fields of the patch when the edit was made. */
  base: WorkPatch;
  editedAt: string;
};

export type EditConflict = {
  work: string;
  reason: "changed" | "merged" | "missing";
  /** What the imported record says now in the edited fields; empty where there is none. */
  imported: WorkPatch;
};

/** What a work says in the fields of a patch. */
export function valuesOf(work: Work, patch: WorkPatch): WorkPatch {
  const values: WorkPatch = {};
  for (const field of textFields) {
    if (patch[field] === undefined) continue;
    values[field] = field === "firstPublished" ? work.firstPublished.text : work[field];
  }
  for (const field of listFields) {
    if (patch[field] !== undefined) values[field] = work[field];
  }
  return values;
}

/** The work with the patch over it. */
export function applyPatch(work: Work, patch: WorkPatch, nowYear: number): Work {
  const { firstPublished, ...others } = patch;
  const edited = { ...work, ...others };
  if (firstPublished !== undefined) {
    edited.firstPublished = parsePublicationDate(firstPublished, nowYear);
  }
  return edited;
}

/** Whether the imported record still says what the editor saw, or already says what the editor wrote. */
export function isUnderEdit({ patch, base }: Edit, imported: WorkPatch): boolean {
  return same(imported, base) || same(imported, patch);
}

function same(a: WorkPatch, b: WorkPatch): boolean {
  return [...textFields, ...listFields].every(
    (field) => JSON.stringify(a[field] ?? "") === JSON.stringify(b[field] ?? ""),
  );
}
