/** Values of fields and numbers that the catalogue has otherwise, or not at all. */
import { describe, expect, test } from "vitest";
import { plainSearch } from "#server/catalog/plain-search.ts";
import { anEdition, anEntry } from "#server/testing/builders.ts";
import { sharedCatalog } from "#server/testing/shared-catalog.ts";

const christie = { key: "OL27695A", name: "Agatha Christie" };
const monks = { key: "OL5A", name: "Monastery of Corpus Christi" };
const catalog = sharedCatalog(
  [
    anEntry({
      popularity: 9,
      work: {
        key: "OL1W",
        title: "Murder at the Vicarage",
        authors: [christie],
        subjects: ["Detective stories", "Philosophy of law"],
        series: [{ title: "Miss Marple", position: "1" }],
      },
      editions: [
        anEdition({ publishers: ["Penguin"], isbn13: ["9780261103252"], languages: ["eng"] }),
      ],
    }),
    anEntry({ popularity: 1, work: { key: "OL2W", title: "Rules", authors: [monks] } }),
    anEntry({
      popularity: 2,
      work: { key: "OL3W", title: "A Penguin on the Moon", authors: [{ key: "", name: "N. N." }] },
      editions: [anEdition({ key: "OL3M", isbn13: ["9780140449136"] })],
    }),
    anEntry({
      popularity: 3,
      work: { key: "OL4W", title: "The Hobbit", authors: [{ key: "OL7A", name: "J. Tolkien" }] },
    }),
  ],
  { redirects: [["OL99A", "OL27695A"]] },
);

async function answerTo(query: string, verbatim = false) {
  const { results, interpretation } = await catalog.search(plainSearch(query, { verbatim }));
  return { ...interpretation, keys: results.map(({ work }) => work.key) };
}

describe("a misspelt or unfinished value of a field", () => {
  test.each([
    ["author:christei", "christie"],
    ["author:christi murder", "christie"],
    ["author:(agata christie)", "agatha"],
    ["title:vicarge", "vicarage"],
    ["subject:detektive", "detective"],
    ["subject:philosofy murder", "philosophy"],
    ["subject:philosoph", "philosophy"],
    ["publisher:pengiun", "penguin"],
    ['series:"mis marple"', "miss"],
    ['subject:"detective storie"', "stories"],
    ["title:moonx OR author:christei", "christie"],
  ])("is corrected and named: %s", async (query, corrected) => {
    const { keys, corrections } = await answerTo(query);
    expect(keys).toContain("OL1W");
    const correction = corrections.find((one) => one.corrected === corrected);
    const { start = 0, end = 0 } = correction?.span ?? {};
    expect(query.slice(start, end)).toBe(correction?.original);
    expect((await answerTo(query, true)).keys).toEqual([]);
  });

  test("is taken for the beginning of one at the end of a query", async () => {
    for (const query of ["author:chris", "author:christi", "murder author:chr"]) {
      const { keys, corrections } = await answerTo(query);
      expect(keys[0]).toBe("OL1W");
      expect(corrections).toEqual([]);
    }
  });

  test("of a topic is taken for the commonest it begins, while it is typed", async () => {
    const { results } = await catalog.search(plainSearch("subject:phil", { unfinished: true }));
    expect(results.map(({ work }) => work.key)).toEqual(["OL1W"]);
  });

  test("that is like no other is pointed at", async () => {
    const { keys, notices } = await answerTo("publisher:xyzzy murder");
    expect(keys).toEqual(["OL1W"]);
    expect(notices).toEqual([
      { reason: "value_not_found", message: expect.any(String), span: { start: 10, end: 15 } },
    ]);
  });

  test("brings nothing else where a book has it as it was typed", async () => {
    expect((await answerTo("author:christie")).keys).toEqual(["OL1W"]);
    expect((await answerTo("author:tolkien title:hobbit")).keys).toEqual(["OL4W"]);
  });

  test("that no heading is, is searched word by word, and the answer points at it", async () => {
    const { keys, notices } = await answerTo('murder subject:"law philosophy"');
    expect(keys).toEqual(["OL1W"]);
    expect(notices).toEqual([
      { reason: "phrase_not_found", message: expect.any(String), span: { start: 7, end: 31 } },
    ]);
  });
});

describe("a number", () => {
  test.each([
    ["978026110325", 12],
    ["97802611032521", 14],
    ["isbn 978-0-261-10325", 12],
    ["murder 978026110325", 12],
    ["026110325", 9],
  ])("of too few or too many digits finds the book that was meant: %s", async (query, digits) => {
    const { keys, notices, corrections } = await answerTo(query);
    expect(keys).toEqual(["OL1W"]);
    expect(corrections[0]).toMatchObject({ corrected: "9780261103252", kind: "checkDigit" });
    const [notice] = notices;
    expect(notice?.reason).toBe("bad_isbn");
    expect(notice?.message).toMatch(new RegExp(`10 or 13 digits; [0-9]+ has ${digits}\\.`));
    expect(query.slice(notice?.span?.start, notice?.span?.end)).toMatch(/[0-9]$/);
  });

  test("of too few digits that is no book's says what is wrong with it", async () => {
    const { keys, notices } = await answerTo("97899999999");
    expect(keys).toEqual([]);
    expect(notices.map(({ reason }) => reason)).toEqual(["bad_isbn"]);
  });

  test("among many that is not here is pointed at", async () => {
    const query = "9780261103252 9780306406157 OL4W https://www.goodreads.com/book/show/77 OL8A";
    const { keys, notices } = await answerTo(query);
    expect(keys).toEqual(["OL1W", "OL4W"]);
    expect(
      notices.map(({ reason, span }) => [reason, query.slice(span?.start, span?.end)]),
    ).toEqual([
      ["identifier_not_found", "OL8A"],
      ["identifier_not_found", "9780306406157"],
      ["identifier_not_found", "https://www.goodreads.com/book/show/77"],
    ]);
  });

  test("that is not here leaves the words beside it to be searched", async () => {
    const { keys, notices } = await answerTo("hobbit 9780306406157");
    expect(keys).toEqual(["OL4W"]);
    expect(notices.map(({ reason }) => reason)).toEqual(["identifier_not_found"]);
  });

  test("that names a book says that the words beside it were not searched", async () => {
    const { keys, notices } = await answerTo("9780140449136 whatever");
    expect(keys).toEqual(["OL3W"]);
    expect(notices.map(({ reason }) => reason)).toEqual(["words_not_searched"]);
  });

  test("of an author that was merged into another is the other's", async () => {
    expect((await answerTo("OL99A")).keys).toEqual(["OL1W"]);
    const author = { anyOf: ["OL99A"], noneOf: [] };
    const filter = { ...plainSearch("").filter, author };
    const { results } = await catalog.search(plainSearch("", { filter }));
    expect(results.map(({ work }) => work.key)).toEqual(["OL1W"]);
  });
});
