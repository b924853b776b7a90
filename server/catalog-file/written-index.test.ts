import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Catalog, SearchRequest } from "#server/catalog/catalog.ts";
import { plainSearch } from "#server/catalog/plain-search.ts";
import { EditedCatalog } from "#server/edits/edited-catalog.ts";
import { Edits } from "#server/edits/edits.ts";
import type { WriteContext } from "#server/edits/record-write.ts";
import { openSqliteCatalog } from "#server/sqlite/catalog.ts";
import { writeCatalogue } from "#server/testing/catalog.ts";
import { fewEntries } from "#server/testing/few-books.ts";
import { WrittenIndexes } from "./written-indexes.ts";

const anna: WriteContext = { actor: "user:1", address: "::1", requestId: "", validateOnly: false };
const rings = "OL27448W";

let dataDir = "";
let problems: string[] = [];
let opened: Awaited<ReturnType<typeof open>>;

const log = pino({}, { write: (line: string) => void problems.push(line) });

/** What a server has open. */
async function open({ isIndexed = true, name = "catalogue.db" } = {}) {
  const path = join(dataDir, name);
  const searched = openSqliteCatalog(path);
  const imported = openSqliteCatalog(path, { withWritten: false });
  const late: { indexes?: WrittenIndexes } = {};
  const edits = new Edits({
    dataDir,
    imported,
    now: () => new Date("2026-11-22T12:00:00Z"),
    onRevision: () => late.indexes?.update(),
  });
  const indexes = new WrittenIndexes(edits, log);
  if (isIndexed) {
    await indexes.prepare(path);
    await indexes.retireOthers();
    late.indexes = indexes;
  }
  const catalog: Catalog = new EditedCatalog(edits, searched);
  return {
    catalog,
    edits,
    indexes,
    async close() {
      await indexes[Symbol.asyncDispose]();
      edits[Symbol.dispose]();
      await searched[Symbol.asyncDispose]();
      await imported[Symbol.asyncDispose]();
    },
  };
}

async function restart(options?: Parameters<typeof open>[0]): Promise<void> {
  await opened.close();
  opened = await open(options);
}

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "bookfinder-written-"));
  problems = [];
  writeCatalogue(join(dataDir, "catalogue.db"), fewEntries);
  opened = await open();
});
afterEach(async () => {
  await opened.close();
  rmSync(dataDir, { recursive: true, force: true });
  expect(problems).toEqual([]);
});

async function found(query: string, request: Partial<SearchRequest> = {}): Promise<string[]> {
  const { results } = await opened.catalog.search(plainSearch(query, request));
  return results.map(({ work }) => work.key);
}

const exactly = { verbatim: true };

test("a book made here is found by title, slip, author, number, order, facet and total", async () => {
  const before = await opened.catalog.search(plainSearch("", { facets: ["subject"] }));
  const { revision } = await opened.catalog.info();
  const { key } = await opened.edits.createBook(
    {
      title: "Zanzibar Nocturne",
      authors: [{ key: "", name: "Quirina Velasquez" }],
      subjects: ["Lighthouses"],
      firstPublished: "2026",
    },
    anna,
  );
  await opened.edits.createEdition(
    key,
    { title: "Zanzibar Nocturne", isbn13: ["9780000000019"] },
    anna,
  );
  for (const query of [
    "zanzibar nocturne",
    "zanzibra",
    "velasquez",
    "velasqez",
    "9780000000019",
    "subject:lighthouses",
    "zanzi",
  ]) {
    expect((await found(query, { unfinished: query === "zanzi" }))[0]).toBe(key);
  }
  expect((await found("", { order: "newest" }))[0]).toBe(key);
  const after = await opened.catalog.search(plainSearch("", { facets: ["subject"] }));
  expect(after.total.value).toBe(before.total.value + 1);
  expect(after.facets[0]?.values.map(({ label }) => label)).toContain("Lighthouses");
  const info = await opened.catalog.info();
  expect(info.workCount).toBe(fewEntries.length + 1);
  // What is cached ends with a write.
  expect(info.revision).not.toBe(revision);
});

test("a changed book is found by what it says now, and its editions with it", async () => {
  await opened.edits.updateBook(rings, { title: "Zanzibar Nocturne" }, "", anna);
  await opened.edits.deleteEdition(rings, "OL51708686M", "", anna);
  await opened.edits.updateEdition(rings, "OL2M", { title: "Sansibar Nachtstück" }, "", anna);
  expect(await found("zanzibar nocturne")).toEqual([rings]);
  expect(await found("sansibar")).toEqual([rings]);
  expect(await found("lord of the rings", exactly)).toEqual([]);
  expect(await found("herr der ringe", exactly)).toEqual([]);
  expect(await found("OL999W")).toEqual([rings]);
});

test("a deleted book is gone, and back when it is undeleted", async () => {
  const searched = await found("lord of the rings");
  await opened.edits.setBookDeleted(rings, true, "", anna);
  expect(await found("lord of the rings", exactly)).toEqual([]);
  expect(await opened.catalog.suggest({ query: "lord of", kinds: ["book"], pageSize: 5 })).toEqual(
    [],
  );
  await opened.edits.setBookDeleted(rings, false, "", anna);
  expect(await found("lord of the rings")).toEqual(searched);
});

test("all is found after a restart", async () => {
  await opened.edits.updateBook(rings, { title: "Zanzibar Nocturne" }, "", anna);
  const { key } = await opened.edits.createBook({ title: "Samarkand Aubade" }, anna);
  await restart();
  expect(await found("zanzibar")).toEqual([rings]);
  expect(await found("samarkand")).toEqual([key]);
});

test("what a process did not live to index is indexed by the next", async () => {
  await opened.edits.updateBook(rings, { title: "Zanzibar Nocturne" }, "", anna);
  await restart({ isIndexed: false });
  await opened.edits.updateBook(rings, { title: "Samarkand Aubade" }, "", anna);
  expect(await found("samarkand", exactly)).toEqual([]);
  await restart();
  expect(await found("samarkand")).toEqual([rings]);
  expect(await found("zanzibar", exactly)).toEqual([]);
});

test("what a process that wrote without an index left is indexed by the next", async () => {
  await restart({ isIndexed: false });
  const { key } = await opened.edits.createBook({ title: "Samarkand Aubade" }, anna);
  expect(readdirSync(dataDir).filter((name) => name.includes("-written-"))).toEqual([]);
  await restart();
  expect(await found("samarkand")).toEqual([key]);
});

test("edits that were brought back from an earlier day take the place of the later ones", async () => {
  await opened.edits.updateBook(rings, { title: "Zanzibar Nocturne" }, "", anna);
  await opened.edits.createBook({ title: "Samarkand Aubade" }, anna);
  await opened.close();
  for (const name of readdirSync(dataDir)) {
    if (name.startsWith("edits.db")) {
      rmSync(join(dataDir, name));
    }
  }
  opened = await open();
  expect(await found("samarkand", exactly)).toEqual([]);
  await opened.edits.createBook({ title: "Bukhara Serenade" }, anna);
  await restart();
  expect(await found("zanzibar", exactly)).toEqual([]);
  expect((await found("lord of the rings"))[0]).toBe(rings);
  expect((await found("bukhara")).length).toBe(1);
});

test("over a new import the edits are found from its first search on, and the old index goes", async () => {
  const { key } = await opened.edits.createBook({ title: "Samarkand Aubade" }, anna);
  await opened.edits.setBookDeleted(rings, true, "", anna);
  const next = join(dataDir, "next.db");
  // Others of the same keys, at other places.
  writeCatalogue(next, fewEntries.slice(0, -1), { revision: "test-2" });
  await opened.indexes.prepare(next);
  await opened.edits.createBook({ title: "Bukhara Serenade" }, anna);
  await using searched = openSqliteCatalog(next);
  const keysOf = async (query: string) =>
    (await searched.search(plainSearch(query))).results.map(({ work }) => work.key);
  expect(await keysOf("samarkand")).toEqual([key]);
  expect(await keysOf("bukhara")).toHaveLength(1);
  expect(await searched.getWork(rings)).toBeUndefined();
  // Those who still search the old one lose nothing.
  expect(await found("bukhara")).toHaveLength(1);
});

test("an edit that an import took over costs searches nothing more", async () => {
  await opened.edits.updateBook(rings, { title: "Zanzibar Nocturne" }, "", anna);
  const taken = fewEntries.map((entry) =>
    entry.work.key === rings
      ? { ...entry, work: { ...entry.work, title: "Zanzibar Nocturne" } }
      : entry,
  );
  await opened.close();
  rmSync(join(dataDir, "catalogue.db"));
  writeCatalogue(join(dataDir, "catalogue.db"), taken, { revision: "test-2" });
  opened = await open();
  expect(await found("zanzibar")).toEqual([rings]);
  expect(readdirSync(dataDir).filter((name) => /-written-[^-]*$/.test(name))).toHaveLength(1);
});
