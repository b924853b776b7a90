import type { Work } from "#server/catalog/records.ts";
import { applyPatch, type EditionPatch, valuesOf, type WorkPatch } from "./edit.ts";
import type { RecordType } from "./record-write.ts";
import type { WrittenRecord, WrittenStore } from "./written-store.ts";

/** How books are written. */
export function bookRecords(store: WrittenStore): RecordType<Work, WorkPatch> {
  return {
    kind: "book",
    blank: blankWork,
    apply: applyPatch,
    valuesOf,
    derive: (work, importedEditions) =>
      withWrittenEditions(work, store.editionsOf<EditionPatch>(work.key), importedEditions),
  };
}

/** A work of which nothing is known yet. */
export function blankWork(key: string): Work {
  return {
    key,
    title: "",
    subtitle: "",
    authors: [],
    description: "",
    firstPublished: { year: 0, precision: "unknown", text: "" },
    languages: [],
    originalLanguage: "",
    subjects: [],
    people: [],
    places: [],
    times: [],
    series: [],
    otherTitles: [],
    editionCount: 0,
    rating: { average: 0, count: 0 },
    readerCount: 0,
    coverId: 0,
    isbn13: "",
    demotion: "none",
  };
}

/**
 * The work with the count, languages and ISBN of editions that were written here.
 *
 * @param imported - Keys of the editions that the work counts already.
 */
export function withWrittenEditions(
  work: Work,
  written: readonly WrittenRecord<EditionPatch>[],
  imported: ReadonlySet<string>,
): Work {
  if (written.length === 0) {
    return work;
  }
  const made = written.filter(
    ({ key, origin, deletedAt }) =>
      origin === "here" && deletedAt === undefined && !imported.has(key),
  );
  const lost = written.filter(({ key, deletedAt }) => deletedAt !== undefined && imported.has(key));
  const languages = made.flatMap(({ patch }) => patch.languages ?? []);
  const [isbn13 = ""] = made.flatMap(({ patch }) => patch.isbn13 ?? []);
  return {
    ...work,
    editionCount: Math.max(0, work.editionCount + made.length - lost.length),
    languages: [...new Set([...work.languages, ...languages])],
    isbn13: work.isbn13 || isbn13,
  };
}
