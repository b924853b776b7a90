import { existsSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { verify } from "#server/admin/catalog-commands.ts";
import { catalogueFile } from "#server/catalog-file/catalogue-file.ts";
import { catalogueDigest } from "#server/testing/catalogue-digest.ts";
import { aDumpFile, anEditionLine, aWorkLine } from "#server/testing/dump.ts";
import { writeHobbitDump } from "#server/testing/hobbit-dump.ts";
import { ImportFolder } from "#server/testing/import-folder.ts";
import type { ImportOptions } from "./import-options.ts";

let folder: ImportFolder;
beforeEach(() => {
  folder = new ImportFolder();
});
afterEach(() => folder[Symbol.dispose]());

const run = (options: Partial<ImportOptions> = {}) => folder.import(options);
const open = () => folder.open();

test("refuses to replace a catalogue by one that lost a tenth, unless forced", async () => {
  writeHobbitDump(folder.dumps);
  await run();
  const before = catalogueDigest(catalogueFile(folder.dataDir));
  aDumpFile(folder.dumps, "editions.txt", [anEditionLine(1, 1, { title: "The Hobbit" })]);
  await expect(run()).rejects.toThrow(/2 works, the present one .* has 5.*--force/);
  expect(catalogueDigest(catalogueFile(folder.dataDir))).toBe(before);
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
  writeHobbitDump(folder.dumps);
  await run();
  const before = catalogueDigest(catalogueFile(folder.dataDir));
  const path = join(folder.dumps, "bad.txt.gz");
  write(path);
  await expect(run({ inputs: [folder.dumps, path] })).rejects.toThrow(message);
  expect(catalogueDigest(catalogueFile(folder.dataDir))).toBe(before);
});

test("refuses a truncated dump", async () => {
  const lines = Array.from({ length: 5000 }, (_, i) => aWorkLine(i + 1, { title: `${i * 7919}` }));
  const path = aDumpFile(folder.dumps, "works.txt.gz", lines);
  truncateSync(path, statSync(path).size / 2);
  await expect(run()).rejects.toThrow(/truncated/);
  expect(existsSync(catalogueFile(folder.dataDir))).toBe(false);
});

test("reports on a check and writes nothing", async () => {
  writeHobbitDump(folder.dumps);
  const report = await run({ checkOnly: true });
  expect(report.files.reduce((sum, { rows }) => sum + rows, 0)).toBe(23);
  expect(existsSync(folder.dataDir)).toBe(false);
});

test("finds damage", async () => {
  writeHobbitDump(folder.dumps);
  await run();
  truncateSync(catalogueFile(folder.dataDir), 40_000);
  await expect(verify(folder.dataDir)).rejects.toThrow();
});
