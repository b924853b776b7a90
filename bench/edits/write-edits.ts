import type { CatalogueEntry } from "#server/catalog/entry.ts";
import { ROWID_GAP } from "#server/index-entries/row-numbers.ts";
import { ImportedEntries } from "#server/sqlite/written/imported-entries.ts";
import { writtenFile } from "#server/sqlite/written/written-file.ts";
import { type BookChange, WrittenWriter } from "#server/sqlite/written/written-writer.ts";
import type { Random } from "../evaluate/slips.ts";

const BATCH = 1000;
const FIRST_KEY = 900_000_001;

/** Indexes edits of works all over a catalogue; returns the path of their index. */
export function writeEdits(cataloguePath: string, count: number, random: Random): string {
  const imported = new ImportedEntries(cataloguePath);
  const path = writtenFile(cataloguePath, imported.info);
  const writer = new WrittenWriter(path, imported);
  for (let written = 0; written < count; written += BATCH) {
    const changes = Array.from({ length: Math.min(BATCH, count - written) }, (_, index) =>
      anEdit(imported, written + index, random),
    );
    writer.write(changes, written + changes.length);
  }
  // As a server does that starts with so many.
  writer.optimize();
  writer.close();
  imported.close();
  return path;
}

function anEdit(imported: ImportedEntries, number: number, random: Random): BookChange {
  const work = 1 + Math.floor(random.next() * imported.info.workCount);
  const entry = imported.entry(work * ROWID_GAP);
  if (number % 8 === 0) {
    return made(entry, `OL${FIRST_KEY + number}W`);
  }
  // Of the books made here only: who asks for one of the others still finds it.
  if (number % 16 === 1) {
    return { key: `OL${FIRST_KEY + number - 1}W`, present: "deleted" };
  }
  // A book that had no description is not to become one of those that have: that would be another
  // catalogue, in which books described from memory have more rivals.
  const before = entry.work.description;
  const description = before === "" ? "" : `${before} Revised by its readers.`;
  const subjects = [...entry.work.subjects, "Corrected records"];
  return {
    key: entry.work.key,
    present: { ...entry, work: { ...entry.work, description, subjects } },
  };
}

function made(like: CatalogueEntry, key: string): BookChange {
  const title = `A Companion to ${like.work.title}`;
  const none = { otherTitles: [], series: [], readerCount: 0, isbn13: "", editionCount: 0 };
  const work = { ...like.work, ...none, key, title };
  return { key, present: { ...like, work, editions: [], popularity: 0 } };
}
