import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { plainSearch } from "#server/catalog/plain-search.ts";
import { prepareEntry } from "#server/index-entries/prepare-entry.ts";
import { anAuthor, anEntry, aWork } from "#server/testing/builders.ts";
import { openSqliteCatalog } from "./catalog.ts";
import { IndexWriter } from "./index-writer.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bookfinder-writer-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const info = { source: "test", buildTime: new Date(0), revision: "r1" };
const entries = [3, 2, 1].map((popularity) =>
  prepareEntry(anEntry({ popularity, work: aWork({ key: `OL${popularity}W` }) })),
);

/** What searches see of a file, for comparing two of them. */
function contents(path: string): unknown[] {
  using database = new DatabaseSync(path, { readOnly: true });
  return [
    "ranking",
    "work",
    "author",
    "redirect",
    "meta",
    "term",
    "heading",
    "stem",
    "topic_term",
  ].map((table) => database.prepare(`SELECT * FROM ${table}`).all());
}

test("continues at the last checkpoint with the same result", () => {
  const whole = join(folder, "whole.db");
  const writer = new IndexWriter(whole);
  for (const entry of entries) {
    writer.add(entry);
  }
  writer.addAuthor(anAuthor(), 3);
  writer.finish(info);

  const broken = join(folder, "broken.db");
  const first = new IndexWriter(broken);
  for (const entry of entries.slice(0, 2)) {
    first.add(entry);
  }
  first.checkpoint();
  for (const entry of entries.slice(2)) {
    first.add(entry);
  }
  first.close();
  const second = new IndexWriter(broken);
  expect(second.workCount).toBe(2);
  for (const entry of entries.slice(second.workCount)) {
    second.add(entry);
  }
  second.addAuthor(anAuthor(), 3);
  second.finish(info);
  expect(contents(broken)).toEqual(contents(whole));
});

test("refuses to go on with a finished file", () => {
  const path = join(folder, "done.db");
  new IndexWriter(path).finish(info);
  expect(() => new IndexWriter(path)).toThrow(/finished catalogue/);
});

test("an unfinished file, and what is no catalogue, can't be opened", () => {
  const path = join(folder, "half.db");
  const writer = new IndexWriter(path);
  writer.checkpoint();
  writer.close();
  expect(() => openSqliteCatalog(path)).toThrow(/no BookFinder catalogue/);
  expect(() => openSqliteCatalog(join(folder, "none.db"))).toThrow();
});

test("an empty catalogue answers", async () => {
  const path = join(folder, "empty.db");
  new IndexWriter(path).finish(info);
  await using catalog = openSqliteCatalog(path);
  expect((await catalog.search(plainSearch("dune"))).results).toEqual([]);
  expect((await catalog.search(plainSearch(""))).total).toEqual({ value: 0, lowerBound: false });
  expect(await catalog.info()).toMatchObject({ workCount: 0, source: "test", revision: "r1" });
});
