import { describe, expect, test } from "vitest";
import { BadPageTokenError, type Catalog, type SearchRequest } from "#server/catalog/catalog.ts";
import { plainSearch } from "#server/catalog/plain-search.ts";
import { anEdition, anEntry, aYear } from "#server/testing/builders.ts";
import { aCatalog } from "#server/testing/catalog.ts";
import { allKeys, sharedCatalog } from "#server/testing/shared-catalog.ts";

const tolkien = { key: "OL26320A", name: "J. R. R. Tolkien" };
const christie = { key: "OL27695A", name: "Agatha Christie" };

/** Numbered novels, the first most popular. */
const novels = Array.from({ length: 45 }, (_, index) =>
  anEntry({
    popularity: 10 - index / 10,
    work: {
      key: `OL${index + 1}W`,
      title: `Sea Novel ${String(index + 1).padStart(2, "0")}`,
      authors: [index % 2 === 0 ? tolkien : christie],
      firstPublished: aYear(1900 + index),
      languages: index % 3 === 0 ? ["fre"] : ["eng"],
      subjects: ["Sea stories"],
      rating: { average: 3 + (index % 5) / 4, count: index },
      series: index === 44 ? [] : [{ title: "Sea Novels", position: String(index + 1) }],
    },
    editions: index === 44 ? [] : [anEdition({ key: `OL${index + 1}M`, title: "Sea Novel" })],
  }),
);

async function keysOf(catalog: Catalog, request: SearchRequest): Promise<string[]> {
  const { results } = await catalog.search(request);
  return results.map(({ work }) => work.key);
}

describe("paging", () => {
  const catalog = sharedCatalog(novels, { ladder: { candidates: 20 } });

  test.each(["relevance", "popularity", "rating", "newest", "oldest", "title", "author"] as const)(
    "by %s brings every book once, also beyond the candidates that are ranked",
    async (order) => {
      for (const query of ["sea", ""]) {
        const keys = await allKeys(catalog, plainSearch(query, { order, pageSize: 7 }));
        expect(keys).toHaveLength(45);
        expect(new Set(keys).size).toBe(45);
      }
    },
  );

  test.each(["relevance", "popularity", "newest"] as const)(
    "by %s explains the books of every page",
    async (order) => {
      const request = plainSearch("sea", { order, pageSize: 20, explain: true });
      for (let pageToken = ""; ; ) {
        const { results, nextPageToken } = await catalog.search({ ...request, pageToken });
        for (const { reasons, explanation } of results) {
          expect(reasons[0]).toMatchObject({ field: "title", highlights: [{ start: 0, end: 3 }] });
          expect(explanation?.lanes).not.toEqual([]);
          expect(explanation?.criteria).not.toEqual([]);
        }
        pageToken = nextPageToken;
        if (pageToken === "") {
          break;
        }
      }
    },
  );

  test("orders by year, unknown years last", async () => {
    const keys = await keysOf(catalog, plainSearch("", { order: "oldest", pageSize: 3 }));
    expect(keys).toEqual(["OL1W", "OL2W", "OL3W"]);
  });

  test("refuses a token of another search", async () => {
    const { nextPageToken } = await catalog.search(plainSearch("sea", { pageSize: 5 }));
    const other = plainSearch("novel", { pageSize: 5, pageToken: nextPageToken });
    await expect(catalog.search(other)).rejects.toThrow(BadPageTokenError);
  });

  test("lets the page size change between pages", async () => {
    const { nextPageToken } = await catalog.search(plainSearch("sea", { pageSize: 5 }));
    const next = await catalog.search(
      plainSearch("sea", { pageSize: 40, pageToken: nextPageToken }),
    );
    expect(next.results).toHaveLength(40);
  });

  test("counts exactly where it is cheap", async () => {
    const { total } = await catalog.search(plainSearch("sea", { pageSize: 5 }));
    expect(total).toEqual({ value: 45, lowerBound: false });
  });
});

describe("filters", () => {
  const catalog = sharedCatalog(novels);
  const none = plainSearch("").filter;

  test("combine facets with and, values of one with or, and exclude", async () => {
    const filter = {
      ...none,
      author: { anyOf: ["OL26320A", "OL27695A"], noneOf: [] },
      language: { anyOf: ["fre"], noneOf: [] },
      published: { from: 1900, to: 1909 },
    };
    expect(await keysOf(catalog, plainSearch("sea", { filter }))).toEqual([
      "OL1W",
      "OL4W",
      "OL7W",
      "OL10W",
    ]);
    const without = { ...filter, author: { anyOf: [], noneOf: ["OL26320A"] } };
    expect(await keysOf(catalog, plainSearch("sea", { filter: without }))).toEqual([
      "OL4W",
      "OL10W",
    ]);
  });

  test("exclude by any facet", async () => {
    const all = await allKeys(catalog, plainSearch("sea", { expandDuplicates: true }));
    const keys = (filter: Partial<SearchRequest["filter"]>) =>
      allKeys(catalog, plainSearch("sea", { filter: { ...none, ...filter } }));
    const but = (value: string) => ({ anyOf: [], noneOf: [value] });
    const french = all.filter((_, index) => index % 3 === 0);
    expect(await keys({ language: but("fre") })).toEqual(
      all.filter((key) => !french.includes(key)),
    );
    expect(await keys({ author: but(tolkien.key) })).toEqual(
      all.filter((_, index) => index % 2 === 1),
    );
    expect(await keys({ subject: but("sea stories") })).toEqual([]);
    expect(await keys({ series: but("Sea Novels") })).toEqual(["OL45W"]);
    expect(await keys({ publisher: but("Ace Books") })).toEqual(["OL45W"]);
  });

  test("compare headings without regard to case and punctuation", async () => {
    const filter = { ...none, subject: { anyOf: ["SEA-STORIES"], noneOf: [] } };
    const { total } = await catalog.search(plainSearch("", { filter, pageSize: 1 }));
    expect(total.value).toBe(45);
  });

  test("are given up last, and the answer says so", async () => {
    const filter = { ...none, language: { anyOf: ["jpn"], noneOf: [] } };
    const { results, interpretation } = await catalog.search(
      plainSearch("sea novel 01", { filter }),
    );
    expect(results[0]?.work.key).toBe("OL1W");
    expect(interpretation.relaxations).toEqual([
      { kind: "filterDropped", text: "language", span: undefined },
    ]);
    const strict = await catalog.search(plainSearch("sea novel 01", { filter, verbatim: true }));
    expect(strict.results).toEqual([]);
  });

  test("count the other values of a facet as if none of its values were chosen", async () => {
    const filter = { ...plainSearch("").filter, language: { anyOf: ["fre"], noneOf: [] } };
    const { facets, total } = await catalog.search(
      plainSearch("sea", { filter, facets: ["language", "decade"], pageSize: 1 }),
    );
    expect(total.value).toBe(15);
    const counts = facets[0]?.values.map(({ value, count }) => [value, count.value]);
    expect(counts).toEqual([
      ["fre", 15],
      ["eng", 30],
    ]);
    const decades = facets[1]?.values.reduce((sum, { count }) => sum + count.value, 0);
    expect(decades).toBe(15);
  });

  test("have facets that count what was found", async () => {
    const { facets } = await catalog.search(
      plainSearch("sea", { facets: ["language", "decade", "author"], pageSize: 1 }),
    );
    expect(facets[0]?.values).toEqual([
      { value: "eng", label: "English", count: { value: 30, lowerBound: false }, selected: false },
      { value: "fre", label: "French", count: { value: 15, lowerBound: false }, selected: false },
    ]);
    expect(facets[1]?.values[0]?.label).toBe("1900s");
    expect(facets[2]?.values.map(({ label }) => label)).toEqual([tolkien.name, christie.name]);
  });
});

describe("records", () => {
  const editions = [
    anEdition({ key: "OL1M", languages: ["eng"], published: aYear(1969) }),
    anEdition({ key: "OL2M", languages: ["fre"], published: aYear(1971) }),
    anEdition({ key: "OL3M", languages: ["fre"], published: aYear(1985) }),
  ];
  const catalog = sharedCatalog(
    [anEntry({ work: { key: "OL5W" }, editions, formerKeys: ["OL4W"] })],
    {
      redirects: [
        ["OL9A", "OL1A"],
        ["OL8W", "OL4W"],
      ],
    },
  );

  test("are found by key, former key and edition key", async () => {
    for (const key of ["OL5W", "OL4W", "OL8W", "OL2M"]) {
      expect((await catalog.getWork(key))?.key).toBe("OL5W");
    }
    expect(await catalog.getWork("OL6W")).toBeUndefined();
  });

  test("list editions in the reader's languages first, newer before older", async () => {
    const request = { workKey: "OL5W", pageSize: 2, preferredLanguages: ["fre"], pageToken: "" };
    const first = await catalog.listEditions(request);
    expect(first?.editions.map(({ key }) => key)).toEqual(["OL3M", "OL2M"]);
    expect(first?.totalSize).toBe(3);
    const token = first?.nextPageToken ?? "";
    const second = await catalog.listEditions({ ...request, pageToken: token });
    expect(second?.editions.map(({ key }) => key)).toEqual(["OL1M"]);
    expect(second?.nextPageToken).toBe("");
  });

  test("of authors follow redirects", async () => {
    expect(await catalog.getAuthor("OL9A")).toMatchObject({ key: "OL1A", workCount: 1 });
    expect(await catalog.getAuthor("OL7A")).toBeUndefined();
  });

  test("show the edition that fits the reader's languages", async () => {
    const request = plainSearch("left hand of darkness", { preferredLanguages: ["fre"] });
    const { results } = await catalog.search(request);
    expect(results[0]?.edition?.key).toBe("OL3M");
  });
});

describe("suggestions", () => {
  const catalog = sharedCatalog([
    anEntry({
      popularity: 9,
      work: {
        key: "OL1W",
        title: "Small Gods",
        authors: [{ key: "OL2A", name: "Terry Pratchett" }],
        series: [{ title: "Discworld", position: "13" }],
        subjects: ["Discworld (imaginary place)"],
      },
    }),
  ]);

  test.each([
    ["smal", "book", "Small Gods"],
    ["pratch", "author", "Terry Pratchett"],
    ["discw", "series", "Discworld"],
    ["imagin", "subject", "Discworld (imaginary place)"],
  ] as const)("%s completes to a %s", async (query, kind, text) => {
    const suggestions = await catalog.suggest({ query, pageSize: 8, kinds: [kind] });
    expect(suggestions[0]).toMatchObject({ kind, text });
    expect(suggestions[0]?.highlights).not.toEqual([]);
  });

  test("of nothing are none", async () => {
    const kinds = ["book" as const];
    expect(await catalog.suggest({ query: " … ", pageSize: 8, kinds })).toEqual([]);
  });
});

test("a book is found by a description of it", async () => {
  await using catalog = aCatalog([
    anEntry({
      popularity: 9,
      work: { key: "OL1W", title: "Emma", description: "A matchmaker in a village errs in love." },
    }),
    anEntry({
      popularity: 1,
      work: {
        key: "OL2W",
        title: "The Eater of Forests",
        description:
          "A hungry boy swallows a whole forest, tree by tree, until a squirrel stops him.",
      },
    }),
  ]);
  const query =
    "I remember a children's book about a boy who was always hungry and swallowed trees of a forest";
  const { results, interpretation } = await catalog.search(plainSearch(query));
  expect(results[0]?.work.key).toBe("OL2W");
  expect(results[0]?.reasons[0]?.field).toBe("description");
  expect(interpretation.relaxations[0]?.kind).toBe("anyWords");
});
