import type { Work } from "#server/catalog/records.ts";
import { applyPatch, type EditionPatch, valuesOf, type WorkPatch } from "./edit.ts";
import type { RecordType } from "./record-writer.ts";
import type { WrittenStore } from "./written-store.ts";

/** How books are written. */
export function bookRecords(store: WrittenStore): RecordType<Work, WorkPatch> {
  return {
    kind: "book",
    blank: blankWork,
    apply: applyPatch,
    valuesOf,
    derive: (work) => withWrittenEditions(work, store),
  };
}

/** A work of which nothing is known yet. */
function blankWork(key: string): Work {
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

/** The work with the count, languages and ISBN of editions that were written here. */
function withWrittenEditions(work: Work, store: WrittenStore): Work {
  const written = store.editionsOf<EditionPatch>(work.key);
  if (written.length === 0) {
    return work;
  }
  const made = written.filter(
    ({ origin, deletedAt }) => origin === "here" && deletedAt === undefined,
  );
  const lost = written.filter(
    ({ origin, deletedAt }) => origin === "imported" && deletedAt !== undefined,
  );
  const languages = made.flatMap(({ patch }) => patch.languages ?? []);
  const [isbn13 = ""] = made.flatMap(({ patch }) => patch.isbn13 ?? []);
  return {
    ...work,
    editionCount: Math.max(0, work.editionCount + made.length - lost.length),
    languages: [...new Set([...work.languages, ...languages])],
    isbn13: work.isbn13 || isbn13,
  };
}
