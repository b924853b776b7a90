/** What catalogues print wrongly, and what people call books and authors. */
import { describe, expect, test } from "vitest";
import { parsePublicationDate } from "#server/catalog/dates.ts";
import { plainSearch } from "#server/catalog/plain-search.ts";
import { cleanSubjects } from "#server/import/parse/subjects.ts";
import { book, catalogOf, titles } from "./catalogue.ts";

describe("complaint 18: years that can't be", () => {
  const printed = ["0001", "9999", "2049", "1900-01-01", "c1865", "[18--?]"];
  const works = printed.map((text, index) =>
    book(`Rose ${text}`, `Author ${index}`, {
      firstPublished: parsePublicationDate(text, 2026),
      popularity: 9 - index,
    }),
  );

  test("come last in either order", async () => {
    const credible = ["Rose [18--?]", "Rose c1865"];
    expect((await titles(works, "rose", { order: "oldest" })).slice(0, 2)).toEqual(credible);
    expect((await titles(works, "rose", { order: "newest" })).slice(0, 2)).toEqual(
      credible.toReversed(),
    );
  });

  test.each(["rose year:..100", "rose year:>2040", "rose year:1900"])(
    "aren't found by %s",
    async (query) => {
      expect(await titles(works, query, { verbatim: true })).toEqual([]);
    },
  );
});

test("complaint 24: marks of libraries are no subjects", async () => {
  const headings = ["Accessible book", "Protected DAISY", "In library", "Dragons"];
  const catalog = catalogOf([
    book("Eragon", "Christopher Paolini", { subjects: cleanSubjects(headings, 20) }),
  ]);
  const { facets } = await catalog.search(plainSearch("eragon", { facets: ["subject"] }));
  expect(facets[0]?.values.map(({ label }) => label)).toEqual(["Dragons"]);
  const { results } = await catalog.search(
    plainSearch('subject:"protected daisy"', { verbatim: true }),
  );
  expect(results).toEqual([]);
});

describe("other complaints: an author is known by other names", () => {
  const works = [
    book("Nineteen Eighty-Four", "George Orwell", {
      popularity: 9,
      authorAlternateNames: [["Eric Arthur Blair", "Джордж Оруэлл"]],
    }),
    book("The Blair Years", "Alastair Campbell", { popularity: 3 }),
  ];

  test.each(["eric blair", "Blair, Eric Arthur", "оруэлл", "author:оруэлл", "orwell"])(
    "%s",
    async (query) => {
      expect((await titles(works, query))[0]).toBe("Nineteen Eighty-Four");
    },
  );
});

test("other complaints: another order keeps to the books that were found", async () => {
  const works = [
    book("The Trial", "Franz Kafka", { popularity: 9 }),
    book("Trials of Apollo", "Rick Riordan", { popularity: 8 }),
    book("A New Novel", "Somebody Else", { popularity: 10 }),
  ];
  const byRelevance = await titles(works, "the trial kafka");
  expect(byRelevance).toEqual(["The Trial"]);
  for (const order of ["newest", "title", "popularity", "rating"] as const) {
    expect(await titles(works, "the trial kafka", { order })).toEqual(byRelevance);
  }
});
