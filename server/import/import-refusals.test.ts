import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeEach, expect, test } from "vitest";
import { verify } from "#server/admin/catalog-commands.ts";
import type { Catalog } from "#server/catalog/catalog.ts";
import { catalogueFile } from "#server/catalog-file/catalogue-file.ts";
import { openSqliteCatalog } from "#server/sqlite/catalog.ts";
import { catalogueDigest } from "#server/testing/catalogue-digest.ts";
import { aDumpFile, anEditionLine, aWorkLine } from "#server/testing/dump.ts";
import { writeHobbitDump } from "#server/testing/hobbit-dump.ts";
import { importCatalogue } from "./import-catalogue.ts";
import type { ImportOptions } from "./import-options.ts";

const root = mkdtempSync(join(tmpdir(), "import-"));
afterAll(() => rmSync(root, { recursive: true }));

let dataDir = "";
let dumps = "";
let count = 0;
beforeEach(() => {
  count += 1;
  dataDir = join(root, `data${count}`);
  dumps = join(root, `dumps${count}`);
  mkdirSync(dumps);
});

const now = new Date("2026-11-22T12:00:00Z");

async function run(options: Partial<ImportOptions> = {}) {
  return (await importCatalogue({ inputs: [dumps], dataDir, workers: 0, now, ...options })).report;
}

function open(): Catalog {
  return openSqliteCatalog(catalogueFile(dataDir));
}

test("refuses to replace a catalogue by one that lost a tenth, unless forced", async () => {
  writeHobbitDump(dumps);
  await run();
  const before = catalogueDigest(catalogueFile(dataDir));
  aDumpFile(dumps, "editions.txt", [anEditionLine(1, 1, { title: "The Hobbit" })]);
  await expect(run()).rejects.toThrow(/2 works, the present one .* has 5.*--force/);
  expect(catalogueDigest(catalogueFile(dataDir))).toBe(before);
  await run({ force: true });
  await using catalog = open();
  expect((await catalog.info()).workCount).toBe(2);
});

test.each([
  ["an empty file", (path: string) => writeFileSync(path, ""), /is empty \(0 bytes\)/],
  [
    "a gzip of nothing",
    (path: string) => writeFileSync(path, gzipSync("")),
    /is empty \(20 bytes\)/,
  ],
  ["a page of HTML", (path: string) => writeFileSync(path, "<html>404</html>"), /is no dump/],
  ["a missing file", () => {}, /doesn't exist/],
])("refuses %s and leaves the catalogue alone", async (_name, write, message) => {
  writeHobbitDump(dumps);
  await run();
  const before = catalogueDigest(catalogueFile(dataDir));
  const path = join(dumps, "bad.txt.gz");
  write(path);
  await expect(run({ inputs: [dumps, path] })).rejects.toThrow(message);
  expect(catalogueDigest(catalogueFile(dataDir))).toBe(before);
});

test("refuses a truncated dump", async () => {
  const lines = Array.from({ length: 5000 }, (_, i) => aWorkLine(i + 1, { title: `${i * 7919}` }));
  const path = aDumpFile(dumps, "works.txt.gz", lines);
  truncateSync(path, statSync(path).size / 2);
  await expect(run()).rejects.toThrow(/truncated/);
  expect(existsSync(catalogueFile(dataDir))).toBe(false);
});

test("reports on a check and writes nothing", async () => {
  writeHobbitDump(dumps);
  const report = await run({ checkOnly: true });
  expect(report.files.reduce((sum, { rows }) => sum + rows, 0)).toBe(23);
  expect(existsSync(dataDir)).toBe(false);
});

test("finds damage", async () => {
  writeHobbitDump(dumps);
  await run();
  truncateSync(catalogueFile(dataDir), 40_000);
  await expect(verify(dataDir)).rejects.toThrow();
});
