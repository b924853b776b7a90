/** The right book is there, but not first. */
import { describe, expect, test } from "vitest";
import { plainSearch } from "#server/catalog/plain-search.ts";
import { anEdition } from "#server/testing/builders.ts";
import { book, catalogOf, find, titles } from "./catalogue.ts";

describe("complaint 1: the exact title is not first", () => {
  const habits = [
    book("The Power of Habit", "Charles Duhigg", { popularity: 6 }),
    ...[
      "Habit: the Power of Small Things",
      "Atomic Habits of Power",
      "The Power of Now",
      "Power",
    ].map((title) => book(title, "Famous Author", { popularity: 10 })),
  ];

  test.each(["The Power of Habit", "power of habit"])("%s", async (query) => {
    expect((await titles(habits, query))[0]).toBe("The Power of Habit");
  });
});

describe("complaint 2: the exact title of a translation loses", () => {
  const editions = Array.from({ length: 30 }, (_, index) =>
    anEdition({ key: `OL${index + 1}M`, title: `Title number ${index} in some language` }),
  );
  const works = [
    book("One Hundred Years of Solitude", "Gabriel García Márquez", {
      popularity: 9,
      editions: [
        ...editions,
        anEdition({ key: "OL99M", title: "Cien años de soledad", languages: ["spa"] }),
      ],
    }),
    book("Cien años de soledad: guía de lectura", "Study Guide", { popularity: 8 }),
    book("Soledad", "Another Author", { popularity: 11 }),
  ];

  test.each(["Cien años de soledad", "cien anos de soledad"])("%s", async (query) => {
    expect((await titles(works, query))[0]).toBe("One Hundred Years of Solitude");
  });

  test("and the edition that bears it is the one that is shown", async () => {
    const { results } = await find(works, "Cien años de soledad");
    expect(results[0]?.edition?.key).toBe("OL99M");
    expect(results[0]?.reasons[0]).toMatchObject({ text: "Cien años de soledad", kind: "exact" });
  });
});

test("complaint 3: an irrelevant classic does not come first because many read it", async () => {
  const works = [
    book("Frankenstein", "Mary Shelley", {
      popularity: 10,
      subjects: ["Science fiction", "Textbook examples"],
    }),
    book("A Textbook of Science", "Obscure Teacher", { popularity: 1 }),
  ];
  expect((await titles(works, "science textbook"))[0]).toBe("A Textbook of Science");
});

describe("complaint 10: short titles and titles of small words", () => {
  const short = ["It", "We", "There There", "S.", "V.", "Us", "The The", "Q", "Who"];
  const works = [
    ...short.map((title) => book(title, `Author of ${title}`, { popularity: 6 })),
    ...["It Ends with Us", "We Were Liars", "And Then There Were None", "V for Vendetta"].map(
      (title) => book(title, "Famous Author", { popularity: 10 }),
    ),
  ];

  test.each(short)("%s", async (title) => {
    expect((await titles(works, title.toLowerCase()))[0]).toBe(title);
  });
});

describe("complaint 11: title and author in one box", () => {
  const works = [
    book("The Stranger", "Albert Camus", { popularity: 8 }),
    book("The Stranger", "Harlan Coben", { popularity: 11 }),
    book("The Stranger Beside Me", "Ann Rule", { popularity: 12 }),
    book("Camus: a Stranger", "Some Biographer", { popularity: 3 }),
  ];

  test.each([
    "the stranger camus",
    "camus the stranger",
    "The Stranger by Albert Camus",
    "stranger, camus albert",
  ])("%s", async (query) => {
    const { results } = await find(works, query);
    expect(results[0]?.work.authors[0]?.name).toBe("Albert Camus");
  });
});

test("complaint 13: duplicate works are one result, with the others listed", async () => {
  const works = [
    book("Dracula", "Bram Stoker", { popularity: 9 }),
    book("Dracula", "Bram Stoker", { popularity: 2 }),
    book("DRACULA.", "Bram Stoker", { popularity: 1 }),
    book("Dracula", "Another Author", { popularity: 3 }),
  ];
  const catalog = catalogOf(works);
  const merged = await catalog.search(plainSearch("dracula"));
  expect(merged.results.map(({ duplicates }) => duplicates.length)).toEqual([2, 0]);
  const apart = await catalog.search(plainSearch("dracula", { expandDuplicates: true }));
  expect(apart.results).toHaveLength(4);
});

describe("complaint 14: reprints, summaries and notebooks stand in the way", () => {
  const works = [
    book("Educated", "Tara Westover", { popularity: 8 }),
    book("Educated", "Reprint Press", { popularity: 8.5, demotion: "reprint" }),
    book("Summary of Educated by Tara Westover", "Quick Reads", {
      popularity: 9,
      demotion: "summary",
    }),
    book("Educated: Lined Notebook", "Notebook Press", { popularity: 9, demotion: "notebook" }),
  ];

  test("they rank below the real book", async () => {
    const { results } = await find(works, "educated");
    expect(results[0]?.work.authors[0]?.name).toBe("Tara Westover");
  });

  test("and can be hidden", async () => {
    const { filter } = plainSearch("");
    const found = await titles(works, "educated", { filter: { ...filter, hideDemoted: true } });
    expect(found).toEqual(["Educated"]);
  });
});
