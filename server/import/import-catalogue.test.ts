import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  backUp,
  compact,
  conflicts,
  edit,
  status,
  verify,
} from "#server/admin/catalog-commands.ts";
import { plainSearch } from "#server/catalog/plain-search.ts";
import { catalogueFile } from "#server/catalog-file/catalogue-file.ts";
import { catalogueDigest } from "#server/testing/catalogue-digest.ts";
import {
  aDumpFile,
  anAuthorLine,
  anEditionLine,
  aRedirectLine,
  aWorkLine,
} from "#server/testing/dump.ts";
import { tolkien, writeHobbitDump } from "#server/testing/hobbit-dump.ts";
import { ImportFolder } from "#server/testing/import-folder.ts";
import type { ImportOptions } from "./import-options.ts";

let folder: ImportFolder;
beforeEach(() => {
  folder = new ImportFolder();
});
afterEach(() => folder[Symbol.dispose]());

const run = (options: Partial<ImportOptions> = {}) => folder.import(options);
const open = () => folder.open();

test("joins works, editions, authors, readers and merged keys", async () => {
  writeHobbitDump(folder.dumps);
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
    madeBooks: 0,
    conflicts: 0,
  });
  for (const file of report.files) {
    const sum = [...Object.values(file.kept), ...Object.values(file.skipped)];
    expect(sum.reduce((total, { count: some }) => total + some, 0)).toBe(file.rows);
  }
});

test("finds redirects in a file whose beginning shows none", async () => {
  const works = Array.from({ length: 300 }, (_, i) => aWorkLine(i + 1, { title: `Book ${i}` }));
  aDumpFile(folder.dumps, "all.txt", [...works, aRedirectLine("/works/OL2W", "/works/OL1W")]);
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
  aDumpFile(folder.dumps, name, [aWorkLine(1, { title: "Emma", ...fields })]);
  expect((await run()).source).toBe(source);
});

test("gives the same catalogue with threads, without, and for files in any order", async () => {
  writeHobbitDump(folder.dumps);
  await run();
  const alone = catalogueDigest(catalogueFile(folder.dataDir));
  await run({ workers: 2 });
  expect(catalogueDigest(catalogueFile(folder.dataDir))).toBe(alone);
});

test("continues an interrupted import from whatever stage it was in", async () => {
  writeHobbitDump(folder.dumps);
  await run();
  const undisturbed = catalogueDigest(catalogueFile(folder.dataDir));
  for (const stage of ["records", "authors", "join", "index", "proof", "swap"] as const) {
    using again = new ImportFolder();
    writeHobbitDump(again.dumps);
    const onProgress = (progress: { stage: string }) => {
      if (progress.stage === stage) {
        throw new Error("interrupted");
      }
    };
    await expect(again.import({ onProgress })).rejects.toThrow("interrupted");
    expect(existsSync(catalogueFile(again.dataDir))).toBe(false);
    await again.import({ now: new Date("2027-01-01T00:00:00Z") });
    expect(catalogueDigest(catalogueFile(again.dataDir)), stage).toBe(undisturbed);
    expect(readdirSync(again.dataDir)).not.toContain("import");
  }
});

test("continues after its swap, with the catalogue that it made, until that is where else it belongs", async () => {
  writeHobbitDump(folder.dumps);
  const stages: string[] = [];
  const interrupted = run({
    afterSwap() {
      throw new Error("interrupted");
    },
  });
  await expect(interrupted).rejects.toThrow("interrupted");
  const made = catalogueDigest(catalogueFile(folder.dataDir));
  let loaded: unknown;
  const report = await run({
    now: new Date("2027-01-01T00:00:00Z"),
    onProgress: ({ stage }) => void stages.push(stage),
    async afterSwap({ catalogueFile: path }) {
      loaded = catalogueDigest(path);
    },
  });
  expect(loaded).toBe(made);
  expect(stages).toEqual([]);
  expect(report.joined?.entries).toBeGreaterThan(0);
  expect(readdirSync(folder.dataDir)).not.toContain("import");
});

test("starts anew when the input changed meanwhile", async () => {
  writeHobbitDump(folder.dumps);
  const onProgress = ({ stage }: { stage: string }) => {
    if (stage === "join") {
      throw new Error("interrupted");
    }
  };
  await expect(run({ onProgress })).rejects.toThrow("interrupted");
  aDumpFile(folder.dumps, "authors.txt", [anAuthorLine(26320, { name: "Tolkien" })]);
  await run();
  await using catalog = open();
  expect((await catalog.getAuthor("OL26320A"))?.name).toBe("Tolkien");
});

test("replays edits and lists those that the import disagrees with", async () => {
  writeHobbitDump(folder.dumps);
  await run();
  await edit(folder.dataDir, ["books/OL1W", "title=The Hobbit, or There and Back Again"]);
  await edit(folder.dataDir, ["books/OL2W", "subjects=Elves; Jewels", "firstPublished=ca. 1977"]);
  await edit(folder.dataDir, ["books/OL3M", "description=A dragon is tamed."]);
  await run();
  {
    await using catalog = open();
    expect((await catalog.getWork("OL1W"))?.title).toBe("The Hobbit, or There and Back Again");
    expect(await catalog.getWork("OL2W")).toMatchObject({
      subjects: ["Elves", "Jewels"],
      firstPublished: { year: 1977, precision: "circa" },
    });
  }
  expect(conflicts(folder.dataDir)).toEqual(["No conflicts."]);
  aDumpFile(folder.dumps, "works.txt.gz", [
    aWorkLine(1, { title: "The Hobbit (1937)", authors: [tolkien] }),
    aWorkLine(9, { title: "The Silmarillion", authors: [tolkien] }),
  ]);
  aDumpFile(folder.dumps, "more.txt", [aRedirectLine("/works/OL2W", "/works/OL9W")]);
  aDumpFile(folder.dumps, "editions.txt", [anEditionLine(1, 1, {}), anEditionLine(2, 1, {})]);
  await run({ force: true });
  {
    await using catalog = open();
    expect((await catalog.getWork("OL1W"))?.title).toBe("The Hobbit, or There and Back Again");
    expect((await catalog.getWork("OL9W"))?.subjects).toEqual(["Elves", "Jewels"]);
  }
  const listed = conflicts(folder.dataDir).join("\n");
  expect(listed).toMatch(/books\/OL1W: the imported record changed/);
  expect(listed).toMatch(/books\/OL2W: the book was merged/);
  expect(listed).toMatch(/books\/OL3M: the book is not in the dump/);
});

test("tells about, verifies, compacts and backs up a catalogue", async () => {
  writeHobbitDump(folder.dumps);
  await run();
  const before = catalogueDigest(catalogueFile(folder.dataDir));
  expect((await status(folder.dataDir)).join("\n")).toMatch(/Books: 5; editions: 5; authors: 1/);
  expect((await verify(folder.dataDir)).join("\n")).toMatch(/is whole/);
  await compact(folder.dataDir);
  expect(catalogueDigest(catalogueFile(folder.dataDir))).toBe(before);
  const copy = join(folder.dumps, "copy.db");
  await backUp(folder.dataDir, copy);
  expect(catalogueDigest(copy)).toBe(before);
});
