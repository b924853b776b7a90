/** The right work, but not the edition, ISBN, series or publisher that was meant. */
import { describe, expect, test } from "vitest";
import { anEdition } from "#server/testing/builders.ts";
import { book, find, titles } from "./catalogue.ts";

describe("complaint 4: the edition shown is not the one that was asked for", () => {
  const works = [
    book("Emma", "Jane Austen", {
      editions: [
        anEdition({ key: "OL1M", title: "Emma", isbn13: ["9780141439587"] }),
        anEdition({ key: "OL2M", title: "Emma: an annotated edition", isbn13: ["9780674048843"] }),
      ],
    }),
  ];

  test("by ISBN", async () => {
    const { results } = await find(works, "9780674048843");
    expect(results[0]?.edition?.key).toBe("OL2M");
  });

  test("by the edition's own subtitle", async () => {
    const { results } = await find(works, "emma an annotated edition");
    expect(results[0]?.edition?.key).toBe("OL2M");
  });
});

describe("complaint 6: editions in a language that I don't read", () => {
  const works = [
    book("The Name of the Rose", "Umberto Eco", {
      popularity: 9,
      originalLanguage: "ita",
      editions: [
        anEdition({ key: "OL1M", title: "Il nome della rosa", languages: ["ita"] }),
        anEdition({ key: "OL2M", title: "The Name of the Rose", languages: ["eng"] }),
        anEdition({ key: "OL3M", title: "Der Name der Rose", languages: ["ger"] }),
      ],
    }),
    book("Rose", "Martin Cruz Smith", {
      popularity: 8,
      editions: [anEdition({ languages: ["ger"] })],
    }),
  ];

  test.each([
    [["ger"], "OL3M"],
    [["eng", "ger"], "OL2M"],
    [["spa", "ita"], "OL1M"],
  ])("readers of %s see edition %s", async (preferredLanguages, key) => {
    const { results } = await find(works, "umberto eco", { preferredLanguages });
    expect(results[0]?.edition?.key).toBe(key);
  });

  test("and the language changes no rank", async () => {
    const english = await titles(works, "rose", { preferredLanguages: ["eng"] });
    expect(await titles(works, "rose", { preferredLanguages: ["ger"] })).toEqual(english);
  });
});

describe("complaint 12: ISBNs", () => {
  const works = [
    book("The Lord of the Rings", "J. R. R. Tolkien", {
      editions: [anEdition({ isbn13: ["9780261103252"], isbn10: ["0261103253"] })],
    }),
    book("The Art of Computer Programming", "Donald Knuth", {
      editions: [anEdition({ key: "OL2M", isbn13: ["9780201896831"] })],
    }),
  ];

  test.each([
    "9780261103252",
    "978-0-261-10325-2",
    "0261103253",
    "0-261-10325-3",
    "ISBN-13: 978 0 261 10325 2",
    "isbn:0261103253",
    "  9780261103252 (pbk.)",
    "978‑0‑261‑10325‑2",
  ])("%s", async (query) => {
    expect(await titles(works, query)).toEqual(["The Lord of the Rings"]);
  });

  test("a wrong check digit is said, and the book that was meant is found", async () => {
    const { results, interpretation } = await find(works, "9780261103253");
    expect(interpretation.notices.map(({ reason }) => reason)).toContain("invalid_check_digit");
    expect(results[0]?.work.title).toBe("The Lord of the Rings");
  });

  test("several at once", async () => {
    const found = await titles(works, "9780201896831 9780261103252");
    expect(found.toSorted()).toEqual(["The Art of Computer Programming", "The Lord of the Rings"]);
  });
});

describe("complaint 20: series and publishers", () => {
  const discworld = (title: string, position: string, publisher: string) =>
    book(title, "Terry Pratchett", {
      series: [{ title: "Discworld", position }],
      editions: [anEdition({ title, publishers: [publisher] })],
    });
  const works = [
    discworld("Guards! Guards!", "8", "Gollancz"),
    discworld("Mort", "4", "Gollancz"),
    discworld("Snuff", "39", "Doubleday"),
  ];

  test.each([
    ["discworld 8", "Guards! Guards!"],
    ["discworld book 4", "Mort"],
    ["discworld #39", "Snuff"],
  ])("%s is %s", async (query, title) => {
    expect((await titles(works, query))[0]).toBe(title);
  });

  test("they can be asked for by name and filtered by", async () => {
    expect(await titles(works, "series:discworld publisher:doubleday")).toEqual(["Snuff"]);
    const found = await titles(works, "series:discworld publisher:gollancz");
    expect(found.toSorted()).toEqual(["Guards! Guards!", "Mort"]);
  });
});
