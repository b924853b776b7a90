/** Pages of any search of the starter catalogue: no book twice, none lost, every count the same. */
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Catalog, SearchRequest, SearchResponse } from "#server/catalog/catalog.ts";
import { plainSearch } from "#server/catalog/plain-search.ts";
import { everyOrder } from "#server/testing/shared-catalog.ts";
import { starterCatalog } from "#server/testing/starter-catalog.ts";

let catalog: Catalog;
beforeAll(async () => {
  catalog = await starterCatalog();
});
afterAll(() => catalog?.[Symbol.asyncDispose]());

/** All pages of a search, their sizes taken in turn. */
async function pagesOf(request: SearchRequest, sizes: readonly number[]) {
  const pages: SearchResponse[] = [];
  for (let pageToken = ""; ; ) {
    const pageSize = sizes[pages.length % sizes.length] ?? 20;
    const page = await catalog.search({ ...request, pageSize, pageToken });
    expect(page.results.length).toBeLessThanOrEqual(pageSize);
    pages.push(page);
    pageToken = page.nextPageToken;
    if (pageToken === "") {
      return pages;
    }
  }
}

const keysOf = (pages: readonly SearchResponse[]) =>
  pages.flatMap(({ results }) => results.map(({ work }) => work.key));

const queries = fc.constantFrom(
  ..."|the|the a|novel|war|tolkien|author:king|tolkein|of the|murder OR love|subject:fiction".split(
    "|",
  ),
  ...'"of the"|the -"of the"|-"the"|-author:king|year:1900..1950|the year:<1900|love -year:>1950|-subject:fiction the'.split(
    "|",
  ),
);
const orders = fc.constantFrom(...everyOrder);
const values = (...all: string[]) =>
  fc.record({
    anyOf: fc.subarray(all, { maxLength: 2 }),
    noneOf: fc.subarray(all, { maxLength: 1 }),
  });
const filters = fc.record({
  language: values("eng", "fre", "rus"),
  subject: values("Fiction", "Love stories"),
  published: fc.constantFrom({}, {}, { from: 1900 }, { from: 1800, to: 1950 }),
});
const sizes = fc.array(fc.integer({ min: 7, max: 100 }), { minLength: 1, maxLength: 3 });

test("bring every book once, and agree on totals and facets", async () => {
  await fc.assert(
    fc.asyncProperty(
      queries,
      orders,
      filters,
      sizes,
      fc.boolean(),
      async (query, order, some, pageSizes, expandDuplicates) => {
        const filter = { ...plainSearch("").filter, ...some };
        const facets: SearchRequest["facets"] = ["language", "decade"];
        const request = plainSearch(query, { order, filter, facets, expandDuplicates });
        const pages = await pagesOf(request, pageSizes);
        const keys = keysOf(pages);
        const merged = pages.flatMap(({ results }) =>
          results.flatMap(({ duplicates }) => duplicates.map(({ key }) => key)),
        );
        expect(new Set([...keys, ...merged]).size).toBe(keys.length + merged.length);
        expect(keysOf(await pagesOf(request, [100]))).toEqual(keys);
        const [first] = pages;
        for (const { total, facets: counted } of pages) {
          expect(total).toEqual(first?.total);
          expect(counted).toEqual(first?.facets);
        }
        if (first?.total.lowerBound) {
          expect(keys.length).toBeGreaterThanOrEqual(first.total.value);
        } else {
          expect(keys.length).toBe(first?.total.value);
        }
      },
    ),
    { numRuns: 60 },
  );
});
