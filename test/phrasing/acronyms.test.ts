/** First letters of what many read stand for it; elided articles are words of their own. */
import { describe, expect, test } from "vitest";
import { plainSearch } from "#server/catalog/plain-search.ts";
import { sharedCatalog } from "#server/testing/shared-catalog.ts";
import { aBook, searchesIn } from "./few-books.ts";

const { first, titles, ask } = searchesIn([
  aBook("The Lord of the Rings", "J. R. R. Tolkien", { popularity: 9 }),
  aBook("The Two Towers", "J. R. R. Tolkien", {
    popularity: 8,
    series: ["The Lord of the Rings", "2"],
  }),
  aBook("The Hitchhiker's Guide to the Galaxy", "Douglas Adams", { popularity: 8 }),
  aBook("A Game of Thrones", "George R. R. Martin", {
    popularity: 8,
    series: ["A Song of Ice and Fire", "1"],
  }),
  aBook("A Clash of Kings", "George R. R. Martin", {
    popularity: 7,
    series: ["A Song of Ice and Fire", "2"],
  }),
  aBook("To Kill a Mockingbird", "Harper Lee", { popularity: 9 }),
  aBook("Emma", "Jane Austen", { popularity: 9 }),
  aBook("Every Man Alive", "Nobody Known", { popularity: 5 }),
  aBook("Xylophones of Quiet Zebras", "Nobody Read", { popularity: 1 }),
  aBook("Lotte in Weimar", "Thomas Mann", { popularity: 4 }),
  aBook("The God of Small Things", "Arundhati Roy", { popularity: 8 }),
  aBook("The Tgost", "Nobody Known", { popularity: 7 }),
  aBook("Ghost Story", "Peter Straub", { popularity: 6 }),
  aBook("The Pillars of Earth", "Ken Follett", { popularity: 9 }),
  aBook("Tales of the Grotesque", "Edgar Allan Poe", { popularity: 0 }),
]);

describe("an acronym of what many read", () => {
  test.each([
    ["lotr", "The Lord of the Rings", "The Lord of the Rings"],
    ["LOTR", "The Lord of the Rings", "The Lord of the Rings"],
    ["tlotr", "The Lord of the Rings", "The Lord of the Rings"],
    ["hhgttg", "The Hitchhiker's Guide to the Galaxy", "The Hitchhiker's Guide to the Galaxy"],
    ["hgttg", "The Hitchhiker's Guide to the Galaxy", "The Hitchhiker's Guide to the Galaxy"],
    ["asoiaf", "A Game of Thrones", "A Song of Ice and Fire"],
    ["tkam", "To Kill a Mockingbird", "To Kill a Mockingbird"],
    ["lotr two towers", "The Two Towers", "The Lord of the Rings"],
    ["tolkien lotr", "The Lord of the Rings", "The Lord of the Rings"],
    ["asoiaf book 2", "A Clash of Kings", "A Song of Ice and Fire"],
  ])("%s finds %s and is said", async (query, title, meant) => {
    const { results, interpretation } = await ask(query);
    expect(results[0]?.work.title).toBe(title);
    expect(interpretation.corrections).toMatchObject([{ kind: "acronym", corrected: meant }]);
  });

  test("it is said where it stands", async () => {
    const { interpretation } = await ask("tolkien lotr");
    expect(interpretation.corrections[0]).toMatchObject({
      original: "lotr",
      span: { start: 8, end: 12 },
    });
    expect(interpretation.searchedText).toBe("tolkien the lord of the rings");
  });

  test.each([
    ["a slip of a title that more people read", "ema", "Emma"],
    ["a slip beside other words", "gost story", "Ghost Story"],
    ["a word that a much read title has", "tgost", "The Tgost"],
  ])("not %s", async (_, query, title) => {
    expect(await first(query)).toBe(title);
  });

  test("not of what hardly anybody reads", async () => {
    const { interpretation } = await ask("xoqz");
    expect(interpretation.corrections).not.toMatchObject([{ kind: "acronym" }]);
  });

  test("not of a word that is an author's name, however little read", async () => {
    expect(await titles("poe")).toEqual(["Tales of the Grotesque"]);
  });

  test("not beside words of other books", async () => {
    const { interpretation } = await ask("lotr emma");
    expect(interpretation.corrections).not.toMatchObject([{ kind: "acronym" }]);
  });

  test("not where the words are to be taken as they are", async () => {
    expect(await titles('"lotr"')).toEqual([]);
  });
});

const frenchCatalog = sharedCatalog([
  aBook("Dune", "Frank Herbert", { popularity: 9, year: 1965 }),
  aBook("Histoire d'une Grecque moderne", "Abbé Prévost", { popularity: 4, year: 1740 }),
  aBook("L'Étranger", "Albert Camus", { popularity: 8, year: 1942 }),
  aBook("L'Homme révolté", "Albert Camus", { popularity: 7, year: 1951 }),
  aBook("L’arc-en-ciel de la nuit", "Nobody Known", { popularity: 3 }),
  aBook("The Third Policeman", "Flann O'Brien", { popularity: 6 }),
  aBook("A Wrinkle in Time", "Madeleine L'Engle", { popularity: 7 }),
  aBook("Le fils de d'Artagnan et autres récits", "Paul Féval", { popularity: 4 }),
]);

describe("an elided article", () => {
  test("is found while the next word is typed", async () => {
    const request = plainSearch("letrang", { unfinished: true });
    const { results } = await frenchCatalog.search(request);
    expect(results[0]?.work.title).toBe("L'Étranger");
  });

  const found = async (query: string, order: "relevance" | "oldest" | "newest") => {
    const { results } = await frenchCatalog.search(plainSearch(query, { order }));
    return results.map(({ work }) => work.title);
  };

  test.each(["relevance", "oldest", "newest"] as const)(
    "makes no other word with the next: dune, %s",
    async (order) => {
      expect(await found("dune", order)).toEqual(["Dune"]);
    },
  );

  test.each([
    ["l etranger", "L'Étranger"],
    ["letranger", "L'Étranger"],
    ["letranger camus", "L'Étranger"],
    ["lhomme revolte", "L'Homme révolté"],
    ["camus lhomme", "L'Homme révolté"],
    ["d'une grecque", "Histoire d'une Grecque moderne"],
    ["dune grecque moderne", "Histoire d'une Grecque moderne"],
    ["larcenciel", "L’arc-en-ciel de la nuit"],
    ["arcenciel", "L’arc-en-ciel de la nuit"],
    ["o'brien", "The Third Policeman"],
    ["obrien", "The Third Policeman"],
    ["lengle", "A Wrinkle in Time"],
    ["l engle", "A Wrinkle in Time"],
    ["d'artagnan", "Le fils de d'Artagnan et autres récits"],
    ["dartagnan", "Le fils de d'Artagnan et autres récits"],
  ])("%s", async (query, title) => {
    for (const order of ["relevance", "oldest"] as const) {
      expect((await found(query, order))[0]).toBe(title);
    }
  });
});
