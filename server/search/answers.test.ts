/** What an answer says beside its books: facets, corrections, reasons, notices. */
import { describe, expect, test } from "vitest";
import type { Catalog } from "#server/catalog/catalog.ts";
import { plainSearch } from "#server/catalog/plain-search.ts";
import { anEntry, aYear } from "#server/testing/builders.ts";
import { aCatalog } from "#server/testing/catalog.ts";
import { allKeys, everyOrder, sharedCatalog } from "#server/testing/shared-catalog.ts";

const tolkien = { key: "OL26320A", name: "J. R. R. Tolkien" };
const lahiri = { key: "OL1420A", name: "Jhumpa Lahiri" };
const rowling = { key: "OL23919A", name: "J. K. Rowling" };

async function titlesOf(catalog: Catalog, ...search: Parameters<typeof plainSearch>) {
  const { results } = await catalog.search(plainSearch(...search));
  return results.map(({ work }) => work.title);
}

describe("in any order", () => {
  /** The fifth of them have the same year, rating, title and author each. */
  const catalog = sharedCatalog(
    Array.from({ length: 310 }, (_, index) =>
      anEntry({
        popularity: 10 - (index % 60) / 10,
        work: {
          key: `OL${index + 1}W`,
          title: `Sea Novel ${index % 60}`,
          authors: [index % 5 === 0 ? tolkien : { key: `OL${100 + index}A`, name: "N. N." }],
          firstPublished: aYear(1900 + (index % 7)),
          rating: { average: 4, count: index % 3 },
        },
      }),
    ),
    { ladder: { candidates: 50 } },
  );

  test.each(everyOrder)("%s brings 310 books once each, page by page", async (order) => {
    for (const query of ["sea", "", "-nothing"]) {
      const request = plainSearch(query, { order, pageSize: 40, expandDuplicates: true });
      const keys = await allKeys(catalog, request);
      expect(keys).toHaveLength(310);
      expect(new Set(keys).size).toBe(310);
    }
  });

  test.each(everyOrder)("%s has the same facets", async (order) => {
    for (const query of ["sea", ""]) {
      const { facets } = await catalog.search(
        plainSearch(query, {
          order,
          facets: ["author", "decade"],
          pageSize: 1,
          expandDuplicates: true,
        }),
      );
      expect(facets[0]?.values[0]).toEqual({
        value: tolkien.key,
        label: tolkien.name,
        count: { value: 62, lowerBound: false },
        selected: false,
      });
      expect(facets[1]?.values[0]?.label).toBe("1900s");
    }
  });
});

test("an order of more books than are sorted says so", async () => {
  await using catalog = aCatalog(
    Array.from({ length: 5_001 }, (_, index) =>
      anEntry({ work: { key: `OL${index + 1}W`, title: `Sea ${index}`, authors: [] } }),
    ),
  );
  const { total, interpretation } = await catalog.search(plainSearch("", { order: "title" }));
  expect(total).toEqual({ value: 5_000, lowerBound: true });
  expect(interpretation.notices.map(({ reason }) => reason)).toEqual(["ordered_within"]);
  const popular = await catalog.search(plainSearch("", { order: "popularity" }));
  expect(popular.total).toEqual({ value: 5_001, lowerBound: false });
  expect(popular.interpretation.notices).toEqual([]);
});

describe("what is left out", () => {
  const catalog = sharedCatalog([
    anEntry({ popularity: 9, work: { key: "OL1W", title: "The Hobbit", authors: [tolkien] } }),
    anEntry({ popularity: 8, work: { key: "OL2W", title: "The Namesake", authors: [lahiri] } }),
    anEntry({
      popularity: 7,
      work: { key: "OL3W", title: "Summary of Dune", demotion: "summary", languages: ["fre"] },
    }),
  ]);
  const filter = plainSearch("").filter;

  test("alone, by words, leaves everything else", async () => {
    expect(await titlesOf(catalog, "-tolkien")).toEqual(["The Namesake", "Summary of Dune"]);
    expect(await titlesOf(catalog, "-author:tolkien -dune")).toEqual(["The Namesake"]);
    const { total } = await catalog.search(plainSearch("-tolkien"));
    expect(total).toEqual({ value: 2, lowerBound: false });
  });

  test("alone, by filters, leaves everything else in every order", async () => {
    const author = { anyOf: [], noneOf: [tolkien.key] };
    for (const order of everyOrder) {
      const titles = await titlesOf(catalog, "", { order, filter: { ...filter, author } });
      expect(titles.toSorted()).toEqual(["Summary of Dune", "The Namesake"]);
    }
    expect(await titlesOf(catalog, "", { filter: { ...filter, hideDemoted: true } })).toEqual([
      "The Hobbit",
      "The Namesake",
    ]);
  });
});

describe("what a query demands beside words", () => {
  const hobbit = { authors: [tolkien], firstPublished: aYear(1937) };
  const catalog = sharedCatalog([
    anEntry({ popularity: 9, work: { key: "OL1W", title: "The Hobbit", ...hobbit } }),
    anEntry({ popularity: 5, work: { key: "OL2W", title: "Bilbo's Song", ...hobbit } }),
    anEntry({ popularity: 1, work: { key: "OL3W", title: "The Habit" } }),
  ]);

  test("is never broken to find the words", async () => {
    for (const query of ["-year:1937 habbit", "-author:tolkien hobit", "habbit -hobbit"]) {
      expect(await titlesOf(catalog, query)).toEqual(["The Habit"]);
    }
    expect(await titlesOf(catalog, "year:1937 habit", { verbatim: true })).toEqual([]);
  });

  test("is given up last, and the answer points at it", async () => {
    const { results, interpretation } = await catalog.search(plainSearch("bilbo year:1900"));
    expect(results[0]?.work.title).toBe("Bilbo's Song");
    expect(interpretation.relaxations).toEqual([
      { kind: "filterDropped", text: "year:1900", span: { start: 6, end: 15 } },
    ]);
    expect(await titlesOf(catalog, "bilbo -song")).toEqual([]);
  });
});

test("words beyond the thirty-first are not searched, and the answer points at them", async () => {
  const title = Array.from({ length: 31 }, (_, index) => `tale${index}`).join(" ");
  await using catalog = aCatalog([anEntry({ work: { key: "OL1W", title } })]);
  const query = `${title} and back again`;
  const { interpretation } = await catalog.search(plainSearch(query));
  const notice = interpretation.notices.find(({ reason }) => reason === "words_ignored");
  expect(query.slice(notice?.span?.start, notice?.span?.end)).toBe("and back again");
});

describe("what was begun", () => {
  const catalog = sharedCatalog([
    anEntry({
      popularity: 8,
      work: {
        title: "Interpreter of Maladies",
        authors: [lahiri],
        otherTitles: [{ title: "Толкователь болезней", language: "rus" }],
      },
    }),
    anEntry({
      popularity: 9,
      authorAlternateNames: [["Джон Рональд Руэл Толкин"]],
      work: {
        key: "OL2W",
        title: "The Fellowship of the Ring",
        authors: [tolkien],
        otherTitles: [{ title: "Ringens brorskap", language: "nor" }],
      },
    }),
  ]);

  test.each([true, false])("a family name counts like a title (unfinished: %s)", async (begun) => {
    const { results } = await catalog.search(plainSearch("tolk", { unfinished: begun }));
    expect(results[0]?.work.title).toBe("The Fellowship of the Ring");
    expect(results[0]?.reasons[0]?.text).toBe(tolkien.name);
  });

  test.each([true, false])("its own title explains a book (unfinished: %s)", async (unfinished) => {
    const { results } = await catalog.search(plainSearch("ring", { unfinished }));
    expect(results[0]?.reasons[0]).toMatchObject({
      field: "title",
      text: "The Fellowship of the Ring",
    });
  });
});

describe("corrections", () => {
  const harry = (key: string, rest: string, popularity: number, otherTitle: string) =>
    anEntry({
      popularity,
      work: {
        key,
        title: `Harry Potter and the ${rest}`,
        authors: [rowling],
        otherTitles: otherTitle === "" ? [] : [{ title: otherTitle, language: "srp" }],
      },
    });
  const catalog = sharedCatalog([
    harry("OL1W", "Goblet of Fire", 9, "Hari Poter i plameni pehar"),
    harry("OL2W", "Chamber of Secrets", 8, ""),
    anEntry({ popularity: 7, work: { key: "OL3W", title: "Midnight's Children" } }),
    anEntry({ popularity: 8, work: { key: "OL4W", title: "In the Night Kitchen" } }),
  ]);

  test("say that a word was split", async () => {
    const { results, interpretation } = await catalog.search(plainSearch("harrypotter"));
    expect(results).toHaveLength(2);
    expect(interpretation).toMatchObject({
      searchedText: "harry potter",
      corrections: [
        { original: "harrypotter", corrected: "harry potter", span: { start: 0, end: 11 } },
      ],
    });
    expect(interpretation.corrections[0]?.kind).toBe("split");
    expect(await titlesOf(catalog, "harrypotter", { verbatim: true })).toEqual([]);
  });

  test("a title run together is not all that was meant", async () => {
    const films = anEntry({ popularity: 3, work: { key: "OL9W", title: "Harry Potter" } });
    const shelf = aCatalog([films, harry("OL1W", "Goblet of Fire", 9, "")]);
    expect(await titlesOf(shelf, "harrypotter")).toEqual([
      "Harry Potter",
      "Harry Potter and the Goblet of Fire",
    ]);
    await shelf[Symbol.asyncDispose]();
  });

  test("say that words were joined", async () => {
    const { results, interpretation } = await catalog.search(plainSearch("mid night children"));
    expect(results[0]?.work.title).toBe("Midnight's Children");
    expect(interpretation.corrections).toEqual([
      {
        original: "mid night",
        corrected: "midnights",
        span: { start: 0, end: 9 },
        kind: "joined",
      },
    ]);
    expect(interpretation.relaxations).toEqual([]);
  });

  test("bring all books that are meant, not only those that have the slip", async () => {
    expect(await titlesOf(catalog, "harry poter")).toHaveLength(2);
  });
});

describe("where no title answers", () => {
  const catalog = sharedCatalog([
    anEntry({
      popularity: 9,
      work: { key: "OL1W", title: "Raise the Red Lantern", description: "Wives of a rich man." },
    }),
    anEntry({
      popularity: 1,
      work: {
        key: "OL2W",
        title: "The Jungle Book",
        languages: ["eng"],
        description: "Mowgli, a boy brought up by wolves, learns the laws of the jungle.",
        subjects: ["Magic realism", "Fiction"],
      },
    }),
    anEntry({
      popularity: 8,
      work: { key: "OL3W", title: "The Year of Magical Thinking", description: "A memoir." },
    }),
  ]);
  const described = "boy raised by wolves in the jungle";

  test("descriptions do, even short ones", async () => {
    const { results, interpretation } = await catalog.search(plainSearch(described));
    expect(results[0]?.work.title).toBe("The Jungle Book");
    expect(results[0]?.reasons[0]?.field).toBe("description");
    expect(interpretation.corrections).toEqual([]);
    expect(interpretation.relaxations).toEqual([{ kind: "anyWords", text: "", span: undefined }]);
  });

  test("descriptions respect filters", async () => {
    const { filter } = plainSearch("");
    const language = { anyOf: [], noneOf: ["eng"] };
    expect(await titlesOf(catalog, described, { filter: { ...filter, language } })).not.toContain(
      "The Jungle Book",
    );
  });

  test("nor do descriptions if told to search what was typed", async () => {
    expect(await titlesOf(catalog, described, { verbatim: true })).toEqual([]);
  });

  test("subjects do in other forms of their words", async () => {
    const { results, interpretation } = await catalog.search(plainSearch("magical realism"));
    expect(results[0]?.work.title).toBe("The Jungle Book");
    expect(results[0]?.reasons[0]).toMatchObject({ field: "subject", text: "Magic realism" });
    expect(interpretation).toMatchObject({ corrections: [], relaxations: [] });
  });
});
