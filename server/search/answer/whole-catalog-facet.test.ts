/** Who browses sees exact numbers, of the whole catalogue, and a click on one gives as many. */
import { expect, test } from "vitest";
import type { FacetField, SearchFilter } from "#server/catalog/catalog.ts";
import { plainSearch } from "#server/catalog/plain-search.ts";
import { anEntry, aYear } from "#server/testing/builders.ts";
import { everyOrder, sharedCatalog } from "#server/testing/shared-catalog.ts";

const author = { key: "OL1A", name: "Agatha Author" };

/**
 * 1,300 works: more than are looked at, and values of which counts are kept beside rarer ones. The most
 * read are no sample of the others; each two neighbours of the first 60 are the same book.
 */
const entries = Array.from({ length: 1_300 }, (_, place) =>
  anEntry({
    popularity: 2_000 - place,
    work: {
      key: `OL${place + 1}W`,
      title: `Sea Novel ${place < 60 ? place >> 1 : place}`,
      authors: place < 700 ? [author] : [],
      languages: [place < 30 ? "ger" : place < 300 ? "fre" : "eng"],
      firstPublished: aYear(place % 13 === 0 ? 1915 : 1920 + (place % 10)),
      subjects: place % 2 === 0 ? ["Sea stories"] : place % 50 === 1 ? ["Harbours"] : [],
      series: place < 20 ? [{ title: "Tales of the Sea", position: String(place) }] : [],
    },
  }),
);
const catalog = sharedCatalog(entries);
const fields: FacetField[] = ["author", "language", "subject", "series", "decade"];

function clickOn(field: FacetField, value: string): SearchFilter {
  const { filter } = plainSearch("");
  if (field === "decade") {
    return { ...filter, published: { from: Number(value), to: Number(value) + 9 } };
  }
  return { ...filter, [field]: { anyOf: [value], noneOf: [] } };
}

test("every value of every facet has the number that a click on it gives", async () => {
  const { total, facets } = await catalog.search(plainSearch("", { facets: fields }));
  expect(total).toEqual({ value: 1_300, lowerBound: false });
  for (const { field, values } of facets) {
    expect(values.length).toBeGreaterThan(0);
    for (const { value, count } of values) {
      const clicked = await catalog.search(plainSearch("", { filter: clickOn(field, value) }));
      expect(count.lowerBound).toBe(false);
      expect([field, value, clicked.total]).toEqual([field, value, count]);
    }
  }
});

test("values stand in the order of the whole catalogue, not of its most read works", async () => {
  const { facets } = await catalog.search(plainSearch("", { facets: ["language"] }));
  expect(facets[0]?.values.map(({ value, count }) => [value, count.value])).toEqual([
    ["eng", 1_000],
    ["fre", 270],
    ["ger", 15],
  ]);
});

test("a chosen value is counted like the others, and they like without it", async () => {
  const request = plainSearch("", { filter: clickOn("language", "ger"), facets: ["language"] });
  const { facets } = await catalog.search(request);
  expect(facets[0]?.values.map(({ value, selected, count }) => [value, selected, count])).toEqual([
    ["ger", true, { value: 15, lowerBound: false }],
    ["eng", false, { value: 1_000, lowerBound: false }],
    ["fre", false, { value: 270, lowerBound: false }],
  ]);
});

test.each(everyOrder)("no number is more than a click gives, ordered by %s", async (order) => {
  const { facets } = await catalog.search(plainSearch("", { facets: fields, order }));
  for (const { field, values } of facets) {
    for (const { value, count } of values) {
      const filter = clickOn(field, value);
      const clicked = await catalog.search(plainSearch("", { filter, order }));
      expect(clicked.total.value).toBeGreaterThanOrEqual(count.value);
      if (!count.lowerBound) {
        expect([order, field, value, clicked.total]).toEqual([order, field, value, count]);
      }
    }
  }
});
