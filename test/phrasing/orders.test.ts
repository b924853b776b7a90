/** However a query is phrased, it finds as many books in every order. */
import { expect, test } from "vitest";
import { plainSearch } from "#server/catalog/plain-search.ts";
import { allKeys, everyOrder, sharedCatalog } from "#server/testing/shared-catalog.ts";
import { aBook } from "./few-books.ts";

const catalog = sharedCatalog([
  ...Array.from({ length: 50 }, (_, place) =>
    aBook(`Night ${place}`, "Stephen King", {
      popularity: 9 - place / 10,
      year: 1960 + place,
      publisher: place === 45 ? "Rare Press" : "Vintage",
    }),
  ),
  aBook("Dune", "Frank Herbert", { popularity: 9 }),
  aBook("Dune Messiah", "Frank Herbert", { popularity: 8, languages: ["fre"] }),
  aBook("The Whale", "Nobody Known", { subjects: ["Whales"] }),
]);

test.each([
  ["books by stephen king", 50],
  ["books by stephen king before 1980", 50],
  ["stephen king book about whales", 50],
  ["who wrote dune", 2],
  ["dune in french", 2],
  ["novels in french", 1],
  ["Herbert, Frank. Dune. Philadelphia: Chilton Books, 1965. Print.", 2],
  ["https://www.goodreads.com/book/show/44767458-dune", 2],
  ["Frank Herbert - Dune Messiah (retail).epub", 1],
  ["dune mesiah", 1],
  ["dune messiah zebra", 1],
])("%s", async (query, count) => {
  for (const order of everyOrder) {
    const { total, results, nextPageToken } = await catalog.search(
      plainSearch(query, { order, pageSize: 30 }),
    );
    expect([order, total.value]).toEqual([order, count]);
    const { results: others } =
      nextPageToken === ""
        ? { results: [] }
        : await catalog.search(
            plainSearch(query, { order, pageSize: 30, pageToken: nextPageToken }),
          );
    const keys = [...results, ...others].map(({ work }) => work.key);
    expect([order, new Set(keys).size]).toEqual([order, count]);
  }
});

test("a filter that only a book further down passes is not given up", async () => {
  const request = plainSearch("stephen king book about whales");
  const { results, interpretation } = await catalog.search({
    ...request,
    filter: { ...request.filter, publisher: { anyOf: ["Rare Press"], noneOf: [] } },
  });
  expect(results.map(({ work }) => work.title)).toEqual(["Night 45"]);
  expect(interpretation.relaxations.map(({ kind }) => kind)).not.toContain("filterDropped");
});

test("duplicates that no lane looked at are merged in every order", async () => {
  const many = sharedCatalog(
    // Every fifth is the same book as the one before it.
    Array.from({ length: 400 }, (_, place) => {
      const book = place % 5 === 4 ? place - 1 : place;
      return aBook(`Harbour ${book}`, `Writer ${book}`, { popularity: 9 - place / 100 });
    }),
  );
  for (const order of everyOrder) {
    const { total } = await many.search(plainSearch("harbour", { order }));
    expect([order, total]).toEqual([order, { value: 320, lowerBound: false }]);
    const keys = await allKeys(many, plainSearch("harbour", { order, pageSize: 100 }));
    expect([order, new Set(keys).size]).toEqual([order, 320]);
  }
});
