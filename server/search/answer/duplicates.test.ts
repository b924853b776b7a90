import { describe, expect, test } from "vitest";
import { plainSearch } from "#server/catalog/plain-search.ts";
import { anEntry, aYear } from "#server/testing/builders.ts";
import { allKeys, everyOrder, sharedCatalog } from "#server/testing/shared-catalog.ts";

const herbert = { key: "OL1A", name: "Frank Herbert" };
const same = { title: "Dune", authors: [herbert] };
const catalog = sharedCatalog([
  anEntry({ popularity: 9, work: { key: "OL1W", ...same, firstPublished: aYear(1965) } }),
  anEntry({ popularity: 5, work: { key: "OL3W", title: "Children of Dune", authors: [herbert] } }),
  anEntry({ popularity: 1, work: { key: "OL2W", ...same, firstPublished: aYear(2005) } }),
]);

describe.each(everyOrder)("by %s, works of the same title and author", (order) => {
  test.each(["dune", ""])("are one result, which lists the others (%j)", async (query) => {
    const { results, total } = await catalog.search(plainSearch(query, { order }));
    expect(results.map(({ work }) => work.key).toSorted()).toEqual(["OL1W", "OL3W"]);
    const merged = results.find(({ work }) => work.key === "OL1W")?.duplicates;
    expect(merged?.map(({ key }) => key)).toEqual(["OL2W"]);
    expect(total).toEqual({ value: 2, lowerBound: false });
  });

  test("count once in a facet, chosen or not", async () => {
    for (const anyOf of [[], [herbert.key]]) {
      const filter = { ...plainSearch("").filter, author: { anyOf, noneOf: [] } };
      const { facets } = await catalog.search(
        plainSearch("dune", { order, filter, facets: ["author"] }),
      );
      expect(facets[0]?.values.map(({ count }) => count.value)).toEqual([2]);
    }
  });

  test("stand alone if asked for", async () => {
    const { results } = await catalog.search(
      plainSearch("dune", { order, expandDuplicates: true }),
    );
    expect(results).toHaveLength(3);
  });
});

test("a book stands where its most read work stands, not where a reprint does", async () => {
  const newest = await catalog.search(plainSearch("dune", { order: "newest" }));
  expect(newest.results.map(({ work }) => work.firstPublished.year)).toEqual([1969, 1965]);
});

/** 200 works, of which each two neighbours in popularity are the same book. */
const twins = sharedCatalog(
  Array.from({ length: 200 }, (_, index) =>
    anEntry({
      popularity: 200 - index,
      work: { key: `OL${index + 1}W`, title: `Sea Novel ${Math.floor(index / 2)}` },
    }),
  ),
  { ladder: { candidates: 50 } },
);

test("where more match than are ranked, pages bring each book once and keep to the total", async () => {
  for (const order of everyOrder) {
    const request = plainSearch("sea", { order, pageSize: 30 });
    const { total } = await twins.search(request);
    const keys = await allKeys(twins, request);
    expect(new Set(keys).size).toBe(keys.length);
    expect(total).toEqual({ value: keys.length, lowerBound: false });
  }
});
