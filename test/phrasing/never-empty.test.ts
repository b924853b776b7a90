/** Words that stand nowhere together still find the books that have one of them. */
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Catalog } from "#server/catalog/catalog.ts";
import { plainSearch } from "#server/catalog/plain-search.ts";
import { starterCatalog } from "#server/testing/starter-catalog.ts";

let catalog: Catalog;
beforeAll(async () => {
  catalog = await starterCatalog();
});
afterAll(() => catalog?.[Symbol.asyncDispose]());

test("words of different titles find a book that has one of them", async () => {
  const browsed = plainSearch("", { order: "popularity", pageSize: 300 });
  const { results } = await catalog.search(browsed);
  const words = results.flatMap(({ work }) => work.title.toLowerCase().match(/[a-z]{4,}/g) ?? []);
  const queries = fc
    .array(fc.constantFrom(...words), { minLength: 2, maxLength: 4 })
    .map((some) => some.join(" "));
  await fc.assert(
    fc.asyncProperty(queries, async (query) => {
      expect((await catalog.search(plainSearch(query))).results).not.toEqual([]);
    }),
    { seed: 1, numRuns: 1000 },
  );
});
