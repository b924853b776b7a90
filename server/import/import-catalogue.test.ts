import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import {
  backUp,
  compact,
  conflicts,
  edit,
  status,
  verify,
} from "#server/admin/catalog-commands.ts";
import type { Catalog } from "#server/catalog/catalog.ts";
import { plainSearch } from "#server/catalog/plain-search.ts";
import { catalogueFile } from "#server/catalog-file/catalogue-file.ts";
import { openSqliteCatalog } from "#server/sqlite/catalog.ts";
import { catalogueDigest } from "#server/testing/catalogue-digest.ts";
import {
  aDumpFile,
  anAuthorLine,
  anEditionLine,
  aRedirectLine,
  aWorkLine,
} from "#server/testing/dump.ts";
import { tolkien, writeHobbitDump } from "#server/testing/hobbit-dump.ts";
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

test("joins works, editions, authors, readers and merged keys", async () => {
  writeHobbitDump(dumps);
  const report = await run();
  await using catalog = open();
  expect(await catalog.getWork("OL1W")).toMatchObject({
    title: "The Hobbit",
    authors: [{ key: "OL26320A", name: "J. R. R. Tolkien" }],
    firstPublished: { year: 1937 },
    languages: ["eng", "ger"],
    otherTitles: [{ title: "Der Hobbit", language: "ger" }],
    editionCount: 2,
    rating: { average: 4.5, count: 2 },
    readerCount: 2,
  });
  expect((await catalog.getWork("OL5W"))?.key).toBe("OL1W");
  expect((await catalog.getWork("OL3W"))?.title).toBe("The Silmarillion");
  expect(await catalog.getWork("OL4W")).toBeUndefined();
  expect((await catalog.getAuthor("OL2A"))?.workCount).toBe(2);
  expect((await catalog.getWork("OL3M"))?.firstPublished).toMatchObject({ year: 1949 });
  const { results } = await catalog.search(plainSearch("3-423-08566-5"));
  expect(results.map(({ work }) => work.key)).toEqual(["OL1W"]);
  expect(report.joined).toEqual({
    works: 2,
    editions: 5,
    orphanEditions: 3,
    olderCopiesOfWorks: 1,
    olderCopiesOfEditions: 0,
    entries: 5,
    authors: 1,
    olderCopiesOfAuthors: 0,
    edits: 0,
    conflicts: 0,
  });
  for (const file of report.files) {
    const sum = [...Object.values(file.kept), ...Object.values(file.skipped)];
    expect(sum.reduce((total, { count: some }) => total + some, 0)).toBe(file.rows);
  }
});

test("finds redirects in a file whose beginning shows none", async () => {
  const works = Array.from({ length: 300 }, (_, i) => aWorkLine(i + 1, { title: `Book ${i}` }));
  aDumpFile(dumps, "all.txt", [...works, aRedirectLine("/works/OL2W", "/works/OL1W")]);
  const report = await run();
  expect(report.files[0]?.skipped["merged into another"]?.count).toBe(1);
  await using catalog = open();
  expect((await catalog.getWork("OL2W"))?.key).toBe("OL1W");
});

test.each([
  ["ol_dump_works_2026-10-31.txt.gz", {}, "Open Library dump 2026-10-31"],
  ["works.txt", {}, "Open Library dump"],
  ["works.txt", { source_records: ["bookfinder-generated"] }, "generated, not real books"],
])("tells where %s with %o is from: %s", async (name, fields, source) => {
  aDumpFile(dumps, name, [aWorkLine(1, { title: "Emma", ...fields })]);
  expect((await run()).source).toBe(source);
});

test("gives the same catalogue with threads, without, and for files in any order", async () => {
  writeHobbitDump(dumps);
  await run();
  const alone = catalogueDigest(catalogueFile(dataDir));
  await run({ workers: 2 });
  expect(catalogueDigest(catalogueFile(dataDir))).toBe(alone);
});

test("continues an interrupted import from whatever stage it was in", async () => {
  writeHobbitDump(dumps);
  await run();
  const undisturbed = catalogueDigest(catalogueFile(dataDir));
  for (const stage of ["records", "authors", "join", "index", "proof", "swap"] as const) {
    dataDir = join(root, `data${count}-${stage}`);
    const onProgress = (progress: { stage: string }) => {
      if (progress.stage === stage) {
        throw new Error("interrupted");
      }
    };
    await expect(run({ onProgress })).rejects.toThrow("interrupted");
    expect(existsSync(catalogueFile(dataDir))).toBe(false);
    await run({ now: new Date("2027-01-01T00:00:00Z") });
    expect(catalogueDigest(catalogueFile(dataDir)), stage).toBe(undisturbed);
    expect(readdirSync(dataDir)).not.toContain("import");
  }
});

test("starts anew when the input changed meanwhile", async () => {
  writeHobbitDump(dumps);
  const onProgress = ({ stage }: { stage: string }) => {
    if (stage === "join") {
      throw new Error("interrupted");
    }
  };
  await expect(run({ onProgress })).rejects.toThrow("interrupted");
  aDumpFile(dumps, "authors.txt", [anAuthorLine(26320, { name: "Tolkien" })]);
  await run();
  await using catalog = open();
  expect((await catalog.getAuthor("OL26320A"))?.name).toBe("Tolkien");
});

test("replays edits and lists those that the import disagrees with", async () => {
  writeHobbitDump(dumps);
  await run();
  await edit(dataDir, ["books/OL1W", "title=The Hobbit, or There and Back Again"]);
  await edit(dataDir, ["books/OL2W", "subjects=Elves; Jewels", "firstPublished=ca. 1977"]);
  await edit(dataDir, ["books/OL3M", "description=A dragon is tamed."]);
  await run();
  {
    await using catalog = open();
    expect((await catalog.getWork("OL1W"))?.title).toBe("The Hobbit, or There and Back Again");
    expect(await catalog.getWork("OL2W")).toMatchObject({
      subjects: ["Elves", "Jewels"],
      firstPublished: { year: 1977, precision: "circa" },
    });
  }
  expect(conflicts(dataDir)).toEqual(["No conflicts."]);
  aDumpFile(dumps, "works.txt.gz", [
    aWorkLine(1, { title: "The Hobbit (1937)", authors: [tolkien] }),
    aWorkLine(9, { title: "The Silmarillion", authors: [tolkien] }),
  ]);
  aDumpFile(dumps, "more.txt", [aRedirectLine("/works/OL2W", "/works/OL9W")]);
  aDumpFile(dumps, "editions.txt", [anEditionLine(1, 1, {}), anEditionLine(2, 1, {})]);
  await run({ force: true });
  {
    await using catalog = open();
    expect((await catalog.getWork("OL1W"))?.title).toBe("The Hobbit, or There and Back Again");
    expect((await catalog.getWork("OL9W"))?.subjects).toEqual(["Elves", "Jewels"]);
  }
  const listed = conflicts(dataDir).join("\n");
  expect(listed).toMatch(/books\/OL1W: the imported record changed/);
  expect(listed).toMatch(/books\/OL2W: the book was merged/);
  expect(listed).toMatch(/books\/OL3M: the book is not in the dump/);
});

test("tells about, verifies, compacts and backs up a catalogue", async () => {
  writeHobbitDump(dumps);
  await run();
  const before = catalogueDigest(catalogueFile(dataDir));
  expect((await status(dataDir)).join("\n")).toMatch(/Books: 5; editions: 5; authors: 1/);
  expect((await verify(dataDir)).join("\n")).toMatch(/is whole/);
  await compact(dataDir);
  expect(catalogueDigest(catalogueFile(dataDir))).toBe(before);
  const copy = join(root, "copy.db");
  await backUp(dataDir, copy);
  expect(catalogueDigest(copy)).toBe(before);
});
