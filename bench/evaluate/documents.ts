import { DatabaseSync } from "node:sqlite";
import type { Edition, Work } from "#server/catalog/records.ts";
import { decodeWork } from "#server/index-entries/documents.ts";
import { EditionRow, StoredEditions } from "#server/index-entries/stored-editions.ts";

/** A book as the engines beside BookFinder index it: all words that BookFinder knows of it. */
export type BaselineDocument = {
  key: string;
  title: string;
  otherTitles: string;
  authors: string;
  series: string;
  subjects: string;
  isbns: string;
  description: string;
  readerCount: number;
};

export type StoredBook = { work: Work; editions: Edition[]; alternateNames: string[] };

/** All works of a catalogue file in order of popularity. */
export function* readBooks(catalogueFile: string): Generator<StoredBook> {
  const database = new DatabaseSync(catalogueFile, { readOnly: true });
  try {
    const alternateNames = readAlternateNames(database);
    const readRow = database.prepare("SELECT documents FROM edition WHERE id = ?");
    const statement = database.prepare("SELECT id, document FROM work ORDER BY id");
    for (const { id, document } of statement.iterate()) {
      const work = decodeWork(String(document));
      const editions = (row: number) =>
        new EditionRow(String(readRow.get(Number(id) + row)?.["documents"] ?? ""));
      yield {
        work,
        editions: [...new StoredEditions(editions(0), editions)],
        alternateNames: work.authors.flatMap(({ key }) => alternateNames.get(key) ?? []),
      };
    }
  } finally {
    database.close();
  }
}

/** The same words for every engine. */
export function baselineDocument({ work, editions, alternateNames }: StoredBook): BaselineDocument {
  return {
    key: work.key,
    title: `${work.title} ${work.subtitle}`,
    otherTitles: [
      ...work.otherTitles.map(({ title }) => title),
      ...editions.map(({ title, subtitle }) => `${title} ${subtitle}`),
    ].join(" / "),
    authors: [...work.authors.map(({ name }) => name), ...alternateNames].join(" / "),
    series: work.series.map(({ title, position }) => `${title} ${position}`).join(" / "),
    subjects: [...work.subjects, ...work.people, ...work.places, ...work.times].join(" / "),
    isbns: editions.flatMap(({ isbn13, isbn10 }) => [...isbn13, ...isbn10]).join(" "),
    description: work.description,
    readerCount: work.readerCount,
  };
}

function readAlternateNames(database: DatabaseSync): Map<string, string[]> {
  const names = new Map<string, string[]>();
  const statement = database.prepare("SELECT number, document FROM author");
  statement.setReturnArrays(true);
  for (const row of statement.iterate()) {
    // As above.
    const [number, document] = row as unknown as [number, string];
    // The engine's own writer made this text; the second place holds the alternate names.
    const [, alternate] = JSON.parse(document) as [string, string[]];
    if (alternate.length > 0) {
      names.set(`OL${number}A`, alternate);
    }
  }
  return names;
}
