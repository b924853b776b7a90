import { describe, expect, test } from "vitest";
import type { Catalog, SearchRequest } from "#server/catalog/catalog.ts";
import { plainSearch } from "#server/catalog/plain-search.ts";
import { anEntry, aYear } from "#server/testing/builders.ts";
import { aCatalog } from "#server/testing/catalog.ts";
import { sharedCatalog } from "#server/testing/shared-catalog.ts";

const tolkien = { key: "OL26320A", name: "J. R. R. Tolkien" };
const christie = { key: "OL27695A", name: "Agatha Christie" };

async function keysOf(catalog: Catalog, request: SearchRequest): Promise<string[]> {
  const { results } = await catalog.search(request);
  return results.map(({ work }) => work.key);
}

describe("the query language", () => {
  const catalog = sharedCatalog([
    anEntry({ popularity: 9, work: { key: "OL1W", title: "The Hobbit", authors: [tolkien] } }),
    anEntry({
      popularity: 8,
      work: {
        key: "OL2W",
        title: "A Tolkien Compass",
        authors: [{ key: "", name: "Jared Lobdell" }],
      },
    }),
    anEntry({
      popularity: 7,
      work: {
        key: "OL3W",
        title: "Murder on the Links",
        authors: [christie],
        firstPublished: aYear(1923),
        subjects: ["Detective stories"],
      },
    }),
  ]);

  test.each([
    ["author:tolkien", ["OL1W"]],
    ["title:tolkien", ["OL2W"]],
    ["tolkien -hobbit", ["OL2W"]],
    ["hobbit OR links", ["OL1W", "OL3W"]],
    ["year:1920..1925", ["OL3W"]],
    ['"on the links"', ["OL3W"]],
    ["subject:detective", ["OL3W"]],
    ["OL27695A", ["OL3W"]],
  ])("%s", async (query, keys) => {
    expect((await keysOf(catalog, plainSearch(query))).toSorted()).toEqual(keys);
  });

  test("comes back parsed", async () => {
    const { interpretation } = await catalog.search(plainSearch("author:tolkien hobbit"));
    expect(interpretation.root?.kind).toBe("all");
  });
});

describe("the ladder", () => {
  const catalog = sharedCatalog([
    anEntry({ popularity: 9, work: { key: "OL1W", title: "The Hobbit", authors: [tolkien] } }),
    anEntry({ popularity: 5, work: { key: "OL2W", title: "Habits", authors: [christie] } }),
  ]);

  test("corrects spelling, and says where", async () => {
    const { results, interpretation } = await catalog.search(plainSearch("tolkein hobit"));
    expect(results[0]?.work.key).toBe("OL1W");
    expect(interpretation.searchedText).toBe("tolkien hobbit");
    expect(interpretation.corrections).toEqual([
      { original: "tolkein", corrected: "tolkien", span: { start: 0, end: 7 }, kind: "spelling" },
      { original: "hobit", corrected: "hobbit", span: { start: 8, end: 13 }, kind: "spelling" },
    ]);
    expect(results[0]?.reasons.map(({ kind }) => kind)).toContain("spelling");
  });

  test("corrects nothing if told to search what was typed", async () => {
    expect(await keysOf(catalog, plainSearch("tolkein hobit", { verbatim: true }))).toEqual([]);
  });

  test("leaves out what no book has, and says so", async () => {
    const { results, interpretation } = await catalog.search(plainSearch("hobbit qqqqqq"));
    expect(results[0]?.work.key).toBe("OL1W");
    expect(interpretation.relaxations).toEqual([
      { kind: "wordDropped", text: "qqqqqq", span: { start: 7, end: 13 } },
    ]);
  });

  test("explains what ranked a book", async () => {
    const { results } = await catalog.search(plainSearch("hobbit", { explain: true }));
    const names = results[0]?.explanation?.criteria.map(({ name }) => name);
    expect(names).toContain("exactness");
    expect(results[0]?.explanation?.lanes).toContain("exact_title");
  });
});

test("a query of nothing but signs finds a title of them, and nothing else", async () => {
  await using catalog = aCatalog([
    anEntry({ work: { key: "OL1W", title: "???" } }),
    anEntry({ work: { key: "OL2W", title: "Emma" } }),
  ]);
  expect(await keysOf(catalog, plainSearch("???"))).toEqual(["OL1W"]);
  expect(await keysOf(catalog, plainSearch("!"))).toEqual([]);
});
