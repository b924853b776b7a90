/** A filter only ever narrows, and a facet's number is what a click on it gives. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { FacetField, SearchFilter, SearchRequest } from "#server/catalog/catalog.ts";
import { plainSearch } from "#server/catalog/plain-search.ts";
import { anEdition, anEntry, aYear } from "#server/testing/builders.ts";
import { allKeys, sharedCatalog } from "#server/testing/shared-catalog.ts";

const nouns = ["cats", "cuts", "acts", "chats", "oceans", "ocean", "winter", "harbour", "tales"];
const others = ["old", "silent", "northern", "history", "love", "island"];
const languages = ["eng", "ger", "fre"];
const subjects = ["Animals", "Sea stories", "Winter", "Travel"];
const pick = (list: readonly string[], place: number) => list[place % list.length] ?? "";

/** Some three hundred works; every sixth is the same book as another one in another language. */
const entries = Array.from({ length: 320 }, (_, place) => {
  const book = place % 6 === 5 ? place - 5 : place;
  const title = `${pick(others, book * 5)} ${pick(nouns, book * 7 + (book >> 3))}`;
  const author = `Author ${pick(others, book >> 2)} ${pick(nouns, book >> 1)}`;
  return anEntry({
    popularity: 1_000 - place,
    work: {
      key: `OL${place + 1}W`,
      title: book % 4 === 0 ? `The ${title}: ${pick(nouns, book)}` : title,
      authors: [{ key: `OL${(book % 40) + 1}A`, name: author }],
      firstPublished: aYear(1930 + (place % 60)),
      languages: [pick(languages, place)],
      subjects: [pick(subjects, place), pick(subjects, place >> 3)],
      places: place % 5 === 0 ? ["Travel"] : [],
      series: place % 9 === 0 ? [{ title: "Tales of Winter", position: String(place) }] : [],
    },
    editions: [
      anEdition({
        key: `OL${place + 1}M`,
        title,
        languages: [pick(languages, place)],
        publishers: [pick(["Harbour Press", "Island Books"], place >> 1)],
      }),
    ],
  });
});
const catalog = sharedCatalog(entries);

const queries = fc.constantFrom(
  ..."cats|cuts|catz|the|the cats|tales|winter tails|oceanz|silent harbor|author old|northern acts|histroy love|cats 1940|tales of winter|year:1935..1950 cats|subject:winter ocean|-cats winter|(cats OR cuts) old|old old|cats cats|winter winter".split(
    "|",
  ),
);
const fields: FacetField[] = ["author", "language", "subject", "series", "decade", "publisher"];

function clickOn(field: FacetField, value: string): SearchFilter {
  const { filter } = plainSearch("");
  if (field === "decade") {
    return { ...filter, published: { from: Number(value), to: Number(value) + 9 } };
  }
  return { ...filter, [field]: { anyOf: [value], noneOf: [] } };
}

async function worksOf(request: SearchRequest): Promise<Set<string>> {
  return new Set(await allKeys(catalog, { ...request, pageSize: 100, expandDuplicates: true }));
}

test("a filter narrows, keeps the corrections, and gives what its facet said", async () => {
  await fc.assert(
    fc.asyncProperty(queries, fc.constantFrom(...fields), fc.nat(5), async (query, field, nth) => {
      const request = plainSearch(query, { facets: fields, pageSize: 100 });
      const open = await catalog.search(request);
      const value = open.facets.find((facet) => facet.field === field)?.values[nth];
      if (value === undefined) {
        return;
      }
      const filter = clickOn(field, value.value);
      const clicked = await catalog.search({ ...request, filter });
      expect(clicked.interpretation.relaxations).toEqual(open.interpretation.relaxations);
      expect(clicked.interpretation.corrections).toEqual(open.interpretation.corrections);
      const { count } = value;
      if (!count.lowerBound) {
        expect(clicked.total).toEqual({ ...count, lowerBound: false });
      } else {
        expect(clicked.total.value).toBeGreaterThanOrEqual(count.value);
      }
      const all = await worksOf(request);
      for (const key of await worksOf({ ...request, filter })) {
        expect(all).toContain(key);
      }
    }),
    { numRuns: 1_000, seed: 20261126 },
  );
}, 180_000);

test("conditions that nothing meets are given up together, the last named first", async () => {
  const filter = { ...clickOn("language", "eng"), published: { from: 2001, to: 2009 } };
  const { results, interpretation } = await catalog.search(plainSearch("cats", { filter }));
  expect(results.length).toBeGreaterThan(0);
  expect(interpretation.relaxations).toEqual([
    { kind: "filterDropped", text: "published", span: undefined },
  ]);
  expect(results.every(({ work }) => work.languages.includes("eng"))).toBe(true);
});
