import type { Edition } from "#server/catalog/records.ts";
import { applyEditionPatch, type EditionPatch, valuesOfEdition } from "./edit.ts";
import type { RecordType } from "./record-write.ts";

/** How editions are written. */
export const editionRecords: RecordType<Edition, EditionPatch> = {
  kind: "edition",
  blank: blankEdition,
  apply: applyEditionPatch,
  valuesOf: valuesOfEdition,
  derive: (edition) => edition,
};

/** An edition of which nothing is known yet. */
export function blankEdition(key: string): Edition {
  return {
    key,
    title: "",
    subtitle: "",
    languages: [],
    publishers: [],
    published: { year: 0, precision: "unknown", text: "" },
    pageCount: 0,
    isbn13: [],
    isbn10: [],
    lccn: [],
    oclc: [],
    otherIds: [],
    series: [],
    physicalFormat: "",
    byStatement: "",
    editionStatement: "",
    coverId: 0,
  };
}
