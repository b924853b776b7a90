/** Filters, operators, orders, pages, and what happens when nothing fits. */
import { describe, expect, test } from "vitest";
import { plainSearch } from "#server/catalog/plain-search.ts";
import { aYear } from "#server/testing/builders.ts";
import { book, catalogOf, filtered, find, titles } from "./catalogue.ts";

test("complaint 15: anything can be excluded", async () => {
  const works = [
    book("Dune", "Frank Herbert", { languages: ["eng"], subjects: ["Science fiction"] }),
    book("Dune: der Film", "Ein Autor", { languages: ["ger"], subjects: ["Film"] }),
    book("Dune Coloring Book", "Artist", { languages: ["eng"], subjects: ["Coloring books"] }),
  ];
  expect(await titles(works, "dune", filtered("language", { noneOf: ["ger"] }))).not.toContain(
    "Dune: der Film",
  );
  expect(await titles(works, "dune -coloring -film")).toEqual(["Dune"]);
  expect(await titles(works, "dune -subject:film")).not.toContain("Dune: der Film");
});

test("complaint 16: queries of one letter or of common words are answered", async () => {
  const works = Array.from({ length: 300 }, (_, index) =>
    book(`The Book of the A ${index}`, `An Author ${index}`, { popularity: 300 - index }),
  );
  for (const query of ["a", "the", "book", "of the", "the book of the"]) {
    const catalog = catalogOf(works);
    const { results, total } = await catalog.search(plainSearch(query));
    expect(results).toHaveLength(20);
    expect(total.value).toBeGreaterThanOrEqual(20);
  }
});

describe("complaint 19: sorting by date", () => {
  const unknown = { year: 0, precision: "unknown", text: "" } as const;
  const works = [
    book("Rose unknown", "A", { firstPublished: unknown, popularity: 9 }),
    book("Rose 1980", "B", { firstPublished: aYear(1980) }),
    book("Rose 2001", "C", { firstPublished: aYear(2001), popularity: 5 }),
    book("Rose before our era", "D", { firstPublished: aYear(-400), popularity: 3 }),
  ];

  test("the oldest first, unknown years last", async () => {
    expect(await titles(works, "rose", { order: "oldest" })).toEqual([
      "Rose before our era",
      "Rose 1980",
      "Rose 2001",
      "Rose unknown",
    ]);
  });

  test("the newest first, unknown years last", async () => {
    expect(await titles(works, "rose", { order: "newest" })).toEqual([
      "Rose 2001",
      "Rose 1980",
      "Rose before our era",
      "Rose unknown",
    ]);
  });
});

describe("complaint 21: a search ends in nothing, or its pages repeat and omit", () => {
  const works = Array.from({ length: 57 }, (_, index) =>
    book(`Garden number ${index}`, `Gardener ${index % 5}`, { popularity: index % 7 }),
  );

  test("a word that no book has is left out, and the answer says so", async () => {
    const { results, interpretation } = await find(works, "garden zzyzzyx number");
    expect(results.length).toBeGreaterThan(0);
    expect(interpretation.relaxations).toEqual([
      expect.objectContaining({ kind: "wordDropped", text: "zzyzzyx" }),
    ]);
  });

  test("a filter that no book meets is given up, and the answer says so", async () => {
    const { results, interpretation } = await find(
      works,
      "garden",
      filtered("language", { anyOf: ["fre"] }),
    );
    expect(results.length).toBeGreaterThan(0);
    expect(interpretation.relaxations.map(({ kind }) => kind)).toEqual(["filterDropped"]);
  });

  test.each(["relevance", "popularity", "newest", "title", "author", "rating"] as const)(
    "all pages together have every book once, by %s",
    async (order) => {
      const catalog = catalogOf(works);
      const seen: string[] = [];
      let pageToken = "";
      do {
        const page = await catalog.search(
          plainSearch("garden", { order, pageSize: 10, pageToken }),
        );
        seen.push(...page.results.map(({ work }) => work.key));
        pageToken = page.nextPageToken;
      } while (pageToken !== "");
      expect(seen).toHaveLength(works.length);
      expect(new Set(seen).size).toBe(works.length);
    },
  );
});

describe("complaint 22: operators", () => {
  const works = [
    book("The Trial", "Franz Kafka", {
      firstPublished: aYear(1925),
      languages: ["ger"],
      subjects: ["Courts"],
      description: "A clerk is arrested one morning and never told why.",
    }),
    book("The Castle", "Franz Kafka", { firstPublished: aYear(1926), languages: ["ger"] }),
    book("Kafka on the Shore", "Haruki Murakami", {
      firstPublished: aYear(2002),
      languages: ["jpn"],
    }),
    book("Ficciones", "Jorge Luis Borges", { firstPublished: aYear(1944), languages: ["spa"] }),
  ];

  test.each([
    ["author:kafka", ["The Castle", "The Trial"]],
    ["title:kafka", ["Kafka on the Shore"]],
    ["author:kafka year:1925", ["The Trial"]],
    ["kafka year:>2000", ["Kafka on the Shore"]],
    ["author:kafka OR author:borges", ["Ficciones", "The Castle", "The Trial"]],
    ['"kafka on the shore"', ["Kafka on the Shore"]],
    ["kafka -author:kafka", ["Kafka on the Shore"]],
    ["language:ger kafka", ["The Castle", "The Trial"]],
    ["(castle OR trial) author:kafka", ["The Castle", "The Trial"]],
    ["subject:courts", ["The Trial"]],
  ])("%s", async (query, expected) => {
    expect((await titles(works, query)).toSorted()).toEqual(expected);
  });

  test("what can't be parsed is searched as words, and the answer points at it", async () => {
    const { results, interpretation } = await find(works, 'kafka "on the shore');
    expect(results[0]?.work.title).toBe("Kafka on the Shore");
    expect(interpretation.notices[0]?.span).toBeDefined();
  });

  test("descriptions are searched", async () => {
    expect((await titles(works, "a clerk arrested one morning and never told why"))[0]).toBe(
      "The Trial",
    );
  });
});
