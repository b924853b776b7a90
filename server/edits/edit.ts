/**
 * What people write here: fields of books and editions that differ from what was imported, or all
 * fields of records made here. What is written lives apart from what is imported and is replayed over
 * every new import; where the imported record changed under an edit, the edit stays in force and is
 * listed, so that a person can decide.
 */
import { parsePublicationDate } from "#server/catalog/dates.ts";
import type { Edition, Work } from "#server/catalog/records.ts";

/** Fields of a book that can be written, with the values that replace the imported ones. */
export type WorkPatch = Partial<
  Pick<
    Work,
    | "title"
    | "subtitle"
    | "authors"
    | "description"
    | "languages"
    | "originalLanguage"
    | "subjects"
    | "people"
    | "places"
    | "times"
    | "series"
    | "otherTitles"
    | "coverId"
  >
> & {
  /** As catalogued, e.g. "c1965". */
  firstPublished?: string;
};

/** Fields of an edition that can be written. */
export type EditionPatch = Partial<
  Pick<
    Edition,
    | "title"
    | "subtitle"
    | "languages"
    | "publishers"
    | "pageCount"
    | "isbn13"
    | "isbn10"
    | "lccn"
    | "oclc"
    | "series"
    | "physicalFormat"
    | "byStatement"
    | "editionStatement"
    | "coverId"
  >
> & {
  /** As printed. */
  published?: string;
};

export type PatchField = keyof WorkPatch;

/** Fields that hold a text, as the command line writes them. */
export const textFields = [
  "title",
  "subtitle",
  "description",
  "firstPublished",
  "originalLanguage",
] as const satisfies PatchField[];

/** Fields that hold a list of texts, as the command line writes them. */
export const listFields = ["subjects", "people", "places", "times"] as const satisfies PatchField[];

/** A book's edit, as an import replays it. */
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
  return Object.fromEntries(
    Object.keys(patch).map((field) => [
      field,
      // The keys of a patch are its fields.
      field === "firstPublished" ? work.firstPublished.text : work[field as keyof Work],
    ]),
  );
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

/** What an edition says in the fields of a patch. */
export function valuesOfEdition(edition: Edition, patch: EditionPatch): EditionPatch {
  return Object.fromEntries(
    Object.keys(patch).map((field) => [
      field,
      // The keys of a patch are its fields.
      field === "published" ? edition.published.text : edition[field as keyof Edition],
    ]),
  );
}

/** The edition with the patch over it. */
export function applyEditionPatch(edition: Edition, patch: EditionPatch, nowYear: number): Edition {
  const { published, ...others } = patch;
  const edited = { ...edition, ...others };
  if (published !== undefined) {
    edited.published = parsePublicationDate(published, nowYear);
  }
  return edited;
}

/** Whether the imported record still says what the editor saw, or already says what the editor wrote. */
export function isUnderEdit({ patch, base }: Edit, imported: WorkPatch): boolean {
  return same(imported, base) || same(imported, patch);
}

function same(a: WorkPatch, b: WorkPatch): boolean {
  const fields = new Set([...Object.keys(a), ...Object.keys(b)]);
  // The keys of a patch are its fields.
  return ([...fields] as PatchField[]).every((field) => isSameValue(a[field], b[field]));
}

/** Whether two values of a field say the same; an empty one and none do. */
export function isSameValue(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? "") === JSON.stringify(b ?? "");
}
