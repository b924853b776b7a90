/** Words that must stand together, or must not. */
import { describe, expect, test } from "vitest";
import type { SearchOrder } from "#server/catalog/catalog.ts";
import { plainSearch } from "#server/catalog/plain-search.ts";
import { anEntry } from "#server/testing/builders.ts";
import { allKeys, sharedCatalog } from "#server/testing/shared-catalog.ts";

const book = (key: string, title: string, popularity: number, subjects: string[] = []) =>
  anEntry({ popularity, work: { key, title, subjects, authors: [] } });

const catalog = sharedCatalog([
  book("OL1W", "Gone with the Wind", 9),
  book("OL2W", "With the Wind, Gone", 8),
  book("OL3W", "The Wind", 7, ["Gone with everything"]),
  book("OL4W", "Emma", 6),
  ...Array.from({ length: 300 }, (_, index) => book(`OL${index + 10}W`, `Of Sea, the ${index}`, 5)),
  book("OL5W", "Lord of the Sea", 1),
]);

const orders: SearchOrder[] = ["relevance", "popularity", "newest", "title"];

describe.each(orders)("by %s", (order) => {
  const keys = (query: string) => allKeys(catalog, plainSearch(query, { order, pageSize: 40 }));

  test("a phrase is found where its words stand together, and nowhere else", async () => {
    expect(await keys('"gone with the wind"')).toEqual(["OL1W"]);
  });

  test("a phrase is left out where its words stand together, and nowhere else", async () => {
    expect((await keys('wind -"gone with"')).toSorted()).toEqual(["OL2W", "OL3W"]);
    const others = await keys('-"gone with"');
    expect(others).toHaveLength(304);
    expect(others).not.toContain("OL1W");
  });

  test("a phrase of a book that few read is found behind hundreds that only have its words", async () => {
    expect(await keys('"of the sea"')).toEqual(["OL5W"]);
    const { total, interpretation } = await catalog.search(plainSearch('"of the sea"', { order }));
    expect(total).toEqual({ value: 1, lowerBound: false });
    expect(interpretation.notices).toEqual([]);
  });
});

test("an excluded field of several words is left out where the field has them all", async () => {
  expect(await allKeys(catalog, plainSearch('wind -subject:"gone with everything"'))).not.toContain(
    "OL3W",
  );
  expect(await allKeys(catalog, plainSearch("wind -subject:(gone with)"))).not.toContain("OL3W");
});
