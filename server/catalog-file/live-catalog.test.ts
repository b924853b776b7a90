import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { afterAll, beforeEach, expect, test } from "vitest";
import { plainSearch } from "#server/catalog/plain-search.ts";
import { openSqliteCatalog } from "#server/sqlite/catalog.ts";
import { anEntry } from "#server/testing/builders.ts";
import { writeCatalogue } from "#server/testing/catalog.ts";
import { waitUntil } from "#server/testing/wait-until.ts";
import { openLiveCatalog } from "./live-catalog.ts";

const folder = mkdtempSync(join(tmpdir(), "live-"));
afterAll(() => rmSync(folder, { recursive: true }));

const path = join(folder, "catalogue.db");
const pollMs = 10;

function replaceBy(title: string): void {
  const fresh = join(folder, "fresh.db");
  writeCatalogue(fresh, [anEntry({ work: { key: "OL1W", title } })]);
  renameSync(fresh, path);
}

beforeEach(() => replaceBy("First"));

test("serves the new file after a swap, to 20 clients of whom none fails or sees a mixture", async () => {
  let swaps = 0;
  const swapped = Promise.withResolvers<void>();
  await using catalog = await openLiveCatalog({
    path,
    pollMs,
    open: (file) => openSqliteCatalog(file),
    onSwap: () => {
      swaps += 1;
      if (swaps === 3) {
        swapped.resolve();
      }
    },
  });
  let isOver = false;
  const clients = Array.from({ length: 20 }, async () => {
    const titles: string[] = [];
    while (!isOver) {
      const work = await catalog.getWork("OL1W");
      const { results } = await catalog.search(plainSearch(work?.title ?? ""));
      titles.push(results[0]?.work.title ?? "nothing", work?.title ?? "nothing");
      await turn();
    }
    return titles;
  });
  for (const title of ["Second", "Third", "Fourth"]) {
    const before = swaps;
    replaceBy(title);
    await waitUntil(`"${title}" is served`, () => swaps > before);
  }
  await swapped.promise;
  isOver = true;
  const seen = (await Promise.all(clients)).flat();
  // A search just after a swap may look for the old title and find nothing; it must not fail.
  expect(new Set(seen.filter((title) => title !== "nothing"))).toEqual(
    new Set(["First", "Second", "Third", "Fourth"].filter((title) => seen.includes(title))),
  );
  expect((await catalog.getWork("OL1W"))?.title).toBe("Fourth");
});

test("keeps the old catalogue when the new file is none", async () => {
  const problems: unknown[] = [];
  await using catalog = await openLiveCatalog({
    path,
    pollMs,
    open: (file) => openSqliteCatalog(file),
    onProblem: (problem) => problems.push(problem),
  });
  for (const text of ["not a catalogue", "no catalogue either"]) {
    const bad = join(folder, "bad.db");
    writeFileSync(bad, text);
    renameSync(bad, path);
    const before = problems.length;
    await waitUntil(`"${text}" is looked at`, () => problems.length > before);
    expect((await catalog.getWork("OL1W"))?.title).toBe("First");
  }
  replaceBy("Second");
  await waitUntil(
    "the next catalogue is served",
    async () => (await catalog.getWork("OL1W"))?.title === "Second",
  );
  // Each was tried once, not at every look.
  expect(problems).toHaveLength(2);
});

test("refuses to start without a file", async () => {
  rmSync(path);
  const opening = openLiveCatalog({ path, open: (file) => openSqliteCatalog(file) });
  await expect(opening).rejects.toThrow(/ENOENT/);
});
