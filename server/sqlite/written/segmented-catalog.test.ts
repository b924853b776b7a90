import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Catalog, SearchRequest } from "#server/catalog/catalog.ts";
import { plainSearch } from "#server/catalog/plain-search.ts";
import { Budget } from "#server/search/effort.ts";
import type { SearchIndex } from "#server/search/index-port.ts";
import { writeCatalogue } from "#server/testing/catalog.ts";
import { openSqliteCatalog } from "../catalog.ts";
import { ReadDatabase } from "../database.ts";
import { SqliteIndex } from "../read/sqlite-index.ts";
import { ImportedEntries } from "./imported-entries.ts";
import { changed, imported, made, seen } from "./testing/sea-books.ts";
import { writtenFile } from "./written-file.ts";
import { WrittenReader } from "./written-reader.ts";
import { type BookChange, WrittenWriter } from "./written-writer.ts";

let folder = "";
let path = "";
let entries: ImportedEntries;
let writer: WrittenWriter;
let catalog: Catalog;
let generation = 0;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bookfinder-written-"));
  path = join(folder, "catalogue.db");
  writeCatalogue(path, imported);
  entries = new ImportedEntries(path);
  catalog = openSqliteCatalog(path);
  writer = new WrittenWriter(writtenFile(path, entries.info), entries);
});
afterEach(async () => {
  await catalog[Symbol.asyncDispose]();
  writer.close();
  entries.close();
  rmSync(folder, { recursive: true, force: true });
});

function write(...changes: BookChange[]): void {
  generation += 1;
  writer.write(changes, generation);
}

async function keys(query: string, request: Partial<SearchRequest> = {}): Promise<string[]> {
  const { results } = await catalog.search(plainSearch(query, { pageSize: 100, ...request }));
  return results.map(({ work }) => work.key);
}

test("reads as if all had been imported so", async () => {
  write(
    { key: "OL3W", present: changed(3, { title: "Tales of Number3" }) },
    { key: "OL5W", present: "deleted" },
    { key: "OL900000001W", present: made },
  );
  write({ key: "OL7W", present: changed(7, { description: "Nothing about ships." }) });
  const whole = join(folder, "whole.db");
  const now = imported.filter(({ work }) => !["OL3W", "OL5W", "OL7W"].includes(work.key));
  writeCatalogue(whole, [
    ...now,
    changed(3, { title: "Tales of Number3" }),
    changed(7, { description: "Nothing about ships." }),
    made,
  ]);
  await using other = openSqliteCatalog(whole);
  const answers = await seen(catalog);
  const expected = await seen(other);
  for (const [place, answer] of answers.entries()) {
    expect(answer).toEqual(expected[place]);
  }
});

test("what is as it was imported again reads as if nothing had been written", async () => {
  const before = await seen(catalog);
  write(
    { key: "OL3W", present: changed(3, { title: "Tales of Zanzibar" }) },
    { key: "OL5W", present: "deleted" },
    { key: "OL900000001W", present: made },
  );
  expect(await seen(catalog)).not.toEqual(before);
  write(
    { key: "OL3W", present: "asImported" },
    { key: "OL5W", present: "asImported" },
    { key: "OL900000001W", present: "deleted" },
  );
  expect(await seen(catalog)).toEqual(before);
});

describe("a changed book", () => {
  test("is found by its new title, also misspelt, and no longer by the old one", async () => {
    write({ key: "OL3W", present: changed(3, { title: "Tales of Zanzibar" }, []) });
    expect(await keys("zanzibar")).toEqual(["OL3W"]);
    expect(await keys("zanzibra tales")).toEqual(["OL3W"]);
    expect(await keys("number3", { verbatim: true })).not.toContain("OL3W");
    write({ key: "OL3W", present: changed(3, { title: "Tales of Samarkand" }, []) });
    expect(await keys("samarkand")).toEqual(["OL3W"]);
    expect(await keys("zanzibar", { verbatim: true })).toEqual([]);
    // The word is nobody's any more, so that nothing is corrected to it.
    const { interpretation } = await catalog.search(plainSearch("zanzibra tales"));
    expect(JSON.stringify(interpretation.corrections)).not.toContain("zanzibar");
  });

  test("keeps its place among the others", async () => {
    write({ key: "OL3W", present: changed(3, { title: "Another Sea" }) });
    expect((await keys("", { order: "popularity" })).slice(0, 4)).toEqual([
      "OL1W",
      "OL2W",
      "OL3W",
      "OL4W",
    ]);
  });
});

test("a deleted book is gone from searches, facets, totals, keys and numbers", async () => {
  write({ key: "OL5W", present: "deleted" });
  expect(await keys("sea")).not.toContain("OL5W");
  expect(await keys("lccn:775", { verbatim: true })).toEqual([]);
  expect(await catalog.getWork("OL5W")).toBeUndefined();
  const answer = await catalog.search(plainSearch("", { facets: ["author"] }));
  expect(answer.total).toEqual({ value: 39, lowerBound: false });
  expect(answer.facets[0]?.values.find(({ value }) => value === "OL7A")?.count.value).toBe(7);
  expect((await catalog.getAuthor("OL7A"))?.workCount).toBe(7);
});

test("so many changed works that a page of others lies behind them", async () => {
  const changes = Array.from({ length: 35 }, (_, index) => ({
    key: `OL${index + 1}W`,
    present: "deleted" as const,
  }));
  write(...changes);
  expect(await keys("sea")).toEqual(["OL36W", "OL37W", "OL38W", "OL39W", "OL40W"]);
  expect(await keys("", { order: "popularity", pageSize: 3 })).toEqual(["OL36W", "OL37W", "OL38W"]);
});

test("neither index crowds out the other where a list is cut short", async () => {
  const words = { description: "Another voyage on the brigantine." };
  const numbers = Array.from({ length: 20 }, (_, index) => 2 * index + 1);
  write(...numbers.map((number) => ({ key: `OL${number}W`, present: changed(number, words) })));
  const whole = join(folder, "whole.db");
  writeCatalogue(
    whole,
    imported.map((entry, place) => (place % 2 === 0 ? changed(place + 1, words) : entry)),
  );
  const sizes = { cacheBytes: 1 << 20, mapBytes: 0 };
  await using index = new SqliteIndex(new ReadDatabase(path, sizes));
  const reader = new WrittenReader(writtenFile(path, entries.info), index);
  await using other = new SqliteIndex(new ReadDatabase(whole, sizes));
  const stems = ["anoth", "brigantin", "voyag"];
  const found = (one: SearchIndex, limit: number) =>
    one.describedBy(stems, limit, new Budget(1_000_000).stage("descriptions"));
  for (const limit of [5, 30, 100]) {
    expect(await found(reader.begin(), limit)).toEqual(await found(other, limit));
    reader.end();
  }
  reader.close();
});

test("a listing goes on over a write", async () => {
  const request = plainSearch("sea", { pageSize: 10 });
  const { nextPageToken } = await catalog.search(request);
  write({ key: "OL900000001W", present: made });
  const next = await catalog.search({ ...request, pageToken: nextPageToken });
  expect(next.results).toHaveLength(10);
});

test("searches that run while something is written end as they began", async () => {
  write({ key: "OL3W", present: changed(3, { title: "Tales of Zanzibar" }) });
  const running = Array.from({ length: 12 }, () => keys("zanzibar"));
  write({ key: "OL3W", present: changed(3, { title: "Tales of Samarkand" }) });
  const later = keys("samarkand");
  for (const found of await Promise.all(running)) {
    expect([["OL3W"], []]).toContainEqual(found);
  }
  expect(await later).toEqual(["OL3W"]);
});

test("a write that fails changes nothing, and the next one goes on", async () => {
  const broken = { ...made, editions: undefined as unknown as [] };
  expect(() =>
    write({ key: "OL5W", present: "deleted" }, { key: "OL9W", present: broken }),
  ).toThrow();
  expect(await catalog.getWork("OL5W")).toBeDefined();
  write({ key: "OL5W", present: "deleted" });
  expect((await catalog.info()).workCount).toBe(39);
});
