/** What was written here goes into the next import, and the index of what was written starts anew. */
import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { pino } from "pino";
import { afterEach, beforeEach, expect, test } from "vitest";
import { plainSearch } from "#server/catalog/plain-search.ts";
import { EditedCatalog } from "#server/edits/edited-catalog.ts";
import { Edits } from "#server/edits/edits.ts";
import { etagOf } from "#server/edits/etag.ts";
import type { WriteContext } from "#server/edits/record-write.ts";
import { openSqliteCatalog } from "#server/sqlite/catalog.ts";
import { ImportedEntries } from "#server/sqlite/written/imported-entries.ts";
import { writtenFile } from "#server/sqlite/written/written-file.ts";
import { writeHobbitDump } from "#server/testing/hobbit-dump.ts";
import { ImportFolder } from "#server/testing/import-folder.ts";
import { catalogueFile } from "./catalogue-file.ts";
import { WrittenIndexes } from "./written-indexes.ts";

const anna: WriteContext = { actor: "user:1", address: "::1", requestId: "", validateOnly: false };

let folder: ImportFolder;
let opened: Awaited<ReturnType<typeof open>>;

beforeEach(async () => {
  folder = new ImportFolder();
  writeHobbitDump(folder.dumps);
  await folder.import();
  opened = await open();
});
afterEach(async () => {
  await opened.close();
  folder[Symbol.dispose]();
});

/** What a server has open. */
async function open() {
  const path = catalogueFile(folder.dataDir);
  const searched = openSqliteCatalog(path);
  const imported = openSqliteCatalog(path, { withWritten: false });
  const late: { indexes?: WrittenIndexes } = {};
  const edits = new Edits({
    dataDir: folder.dataDir,
    imported,
    now: () => new Date("2026-11-22T12:00:00Z"),
    onRevision: () => late.indexes?.update(),
    indexedGeneration: () => late.indexes?.generation,
  });
  const indexes = new WrittenIndexes(edits, pino({ level: "silent" }));
  await indexes.prepare(path);
  await indexes.retireOthers();
  late.indexes = indexes;
  return {
    catalog: new EditedCatalog(edits, searched),
    imported,
    edits,
    async close() {
      await indexes[Symbol.asyncDispose]();
      edits[Symbol.dispose]();
      await searched[Symbol.asyncDispose]();
      await imported[Symbol.asyncDispose]();
    },
  };
}

async function importAgain(duringImport: () => void = () => undefined): Promise<void> {
  let isDone = false;
  await folder.import({
    onProgress({ stage }) {
      if (stage === "index" && !isDone) {
        isDone = true;
        duringImport();
      }
    },
  });
  await opened.close();
  opened = await open();
}

/** Keys of the books that the index of what was written has, as other than they were imported. */
function indexedKeys(): string[] {
  const entries = new ImportedEntries(catalogueFile(folder.dataDir));
  const path = writtenFile(catalogueFile(folder.dataDir), entries.info);
  entries.close();
  if (!existsSync(path)) {
    return [];
  }
  const database = new DatabaseSync(path, { readOnly: true });
  const rows = database.prepare("SELECT key FROM change WHERE hides OR shows ORDER BY key").all();
  database.close();
  return rows.map(({ key }) => String(key));
}

async function found(query: string): Promise<string[]> {
  const { results } = await opened.catalog.search(plainSearch(query, { verbatim: true }));
  return results.map(({ work }) => work.key);
}

/** All that a reader sees of a book, its editions in any order. */
async function seen(key: string) {
  const { catalog } = opened;
  const work = await catalog.getWork(key);
  const page = await catalog.listEditions({
    workKey: key,
    pageSize: 100,
    pageToken: "",
    preferredLanguages: [],
  });
  const editions = page?.editions.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  return { work, editions, etags: [work, ...(editions ?? [])].map((one) => etagOf(one ?? {})) };
}

test("books and editions that were written are imported, read the same, and are found once", async () => {
  const { edits } = opened;
  const author = (await opened.catalog.getWork("OL1W"))?.authors[0] ?? { key: "", name: "" };
  const made = await edits.createBook(
    { title: "Quixotic Lanterns", authors: [author, { key: "", name: "N. N." }], languages: [] },
    anna,
  );
  const gone = await edits.createBook({ title: "Quixotic Mistake" }, anna);
  await edits.setBookDeleted(gone.key, true, "", anna);
  const isbn13 = ["9780000000019"];
  await edits.createEdition(
    made.key,
    { title: "Quixotic Lanterns", isbn13, languages: ["fre"] },
    anna,
  );
  await edits.createEdition("OL1W", { title: "Hobbit at home", published: "1999" }, anna);
  const editions = (await seen("OL1W")).editions ?? [];
  const [first, second] = editions.filter(({ key }) => key !== "OL900000002M");
  await edits.updateEdition("OL1W", first?.key ?? "", { publishers: ["Zymurgy Press"] }, "", anna);
  await edits.deleteEdition("OL1W", second?.key ?? "", "", anna);
  await edits.updateBook("OL1W", { subtitle: "as its readers know it" }, "", anna);
  await edits.setBookDeleted("OL2W", true, "", anna);
  const keys = [made.key, gone.key, "OL1W", "OL2W"];
  const before = await Promise.all(keys.map(seen));

  await importAgain();
  expect(await Promise.all(keys.map(seen))).toEqual(before);
  expect((await opened.imported.getWork(made.key))?.title).toBe("Quixotic Lanterns");
  expect((await opened.imported.getWork("OL1W"))?.editionCount).toBe(before[2]?.editions?.length);
  // What is deleted can be brought back, so it is in the import and hidden.
  expect(indexedKeys()).toEqual(["OL2W"]);
  for (const query of ["quixotic", "isbn:9780000000019", "quixotic lanterns n. n."]) {
    expect([query, await found(query)]).toEqual([query, [made.key]]);
  }
  expect(await found("publisher:zymurgy")).toEqual(["OL1W"]);
  expect(await opened.catalog.getAuthor(author.key)).toMatchObject({
    workCount: (await found(`author:${author.key}`)).length,
  });

  // And again, with all of it imported already.
  await importAgain();
  expect(await Promise.all(keys.map(seen))).toEqual(before);
  expect(indexedKeys()).toEqual(["OL2W"]);
});

test("what is written while an import runs is not lost, and the only thing indexed anew", async () => {
  const { edits } = opened;
  const early = await edits.createBook({ title: "Quixotic Lanterns" }, anna);
  const other = await edits.createBook({ title: "Quixotic Beacons" }, anna);
  await importAgain(() => {
    void edits.createBook({ title: "Quixotic Latecomer" }, anna);
    void edits.updateBook(early.key, { title: "Quixotic Lamps" }, "", anna);
  });
  expect((await found("quixotic")).toSorted()).toEqual([early.key, other.key, "OL900000003W"]);
  expect(await found("quixotic lanterns")).toEqual([]);
  expect(await found("quixotic lamps")).toEqual([early.key]);
  expect(indexedKeys()).toEqual([early.key, "OL900000003W"]);
});

test("imported books and editions are changed, deleted and brought back as before", async () => {
  const made = await opened.edits.createBook({ title: "Quixotic Lanterns" }, anna);
  const { edition } = await opened.edits.createEdition(made.key, { title: "First" }, anna);
  const kept = await opened.edits.createEdition(made.key, { title: "Kept" }, anna);
  await importAgain();
  const { edits } = opened;
  await edits.updateBook(made.key, { title: "Quixotic Lamps" }, "", anna);
  await edits.updateEdition(made.key, kept.edition.key, { title: "Kept and changed" }, "", anna);
  await edits.deleteEdition(made.key, edition.key, "", anna);
  await edits.createEdition(made.key, { title: "Third" }, anna);
  const { work, editions } = await seen(made.key);
  expect(work).toMatchObject({ title: "Quixotic Lamps", editionCount: 2 });
  expect(editions?.map(({ title }) => title)).toEqual(["Kept and changed", "Third"]);
  expect(await found("quixotic lamps")).toEqual([made.key]);
  expect(await found("quixotic lanterns")).toEqual([]);
  await edits.setBookDeleted(made.key, true, "", anna);
  expect(await found("quixotic")).toEqual([]);
  await importAgain();
  expect(await found("quixotic")).toEqual([]);
  await opened.edits.setBookDeleted(made.key, false, "", anna);
  expect(await found("quixotic lamps")).toEqual([made.key]);
  expect((await seen(made.key)).editions).toHaveLength(2);
});

test("edits that were brought back from an earlier day are indexed whole", async () => {
  const made = await opened.edits.createBook({ title: "Quixotic Lanterns" }, anna);
  await importAgain();
  // The write that the import took over is another one in this history.
  const database = new DatabaseSync(`${folder.dataDir}/edits.db`);
  database.exec("UPDATE revision SET at = '2020-01-01T00:00:00.000Z'");
  database.exec(`UPDATE written SET patch = '{"title":"Quixotic Past"}' WHERE key = '${made.key}'`);
  database.close();
  await opened.close();
  const entries = new ImportedEntries(catalogueFile(folder.dataDir));
  expect(existsSync(writtenFile(catalogueFile(folder.dataDir), entries.info))).toBe(false);
  entries.close();
  opened = await open();
  expect(await found("quixotic past")).toEqual([made.key]);
  expect(await found("quixotic lanterns")).toEqual([]);
});
