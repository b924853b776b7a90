import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeEach, expect, test } from "vitest";
import { plainSearch } from "#server/catalog/plain-search.ts";
import { openSqliteCatalog } from "#server/sqlite/catalog.ts";
import { anEntry } from "#server/testing/builders.ts";
import { writeCatalogue } from "#server/testing/catalog.ts";
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
      if (swaps === 3) swapped.resolve();
    },
  });
  let isOver = false;
  const clients = Array.from({ length: 20 }, async () => {
    const titles: string[] = [];
    while (!isOver) {
      const work = await catalog.getWork("OL1W");
      const { results } = await catalog.search(plainSearch(work?.title ?? ""));
      titles.push(results[0]?.work.title ?? "nothing", work?.title ?? "nothing");
      await sleep(1);
    }
    return titles;
  });
  for (const title of ["Second", "Third", "Fourth"]) {
    const before = swaps;
    replaceBy(title);
    while (swaps === before) await sleep(pollMs);
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
  const bad = join(folder, "bad.db");
  writeFileSync(bad, "not a catalogue");
  renameSync(bad, path);
  while (problems.length === 0) await sleep(pollMs);
  expect((await catalog.getWork("OL1W"))?.title).toBe("First");
  await sleep(5 * pollMs);
  expect(problems.length).toBe(1);
  replaceBy("Second");
  while ((await catalog.getWork("OL1W"))?.title !== "Second") await sleep(pollMs);
});

test("refuses to start without a file", async () => {
  rmSync(path);
  const opening = openLiveCatalog({ path, open: (file) => openSqliteCatalog(file) });
  await expect(opening).rejects.toThrow(/ENOENT/);
});
