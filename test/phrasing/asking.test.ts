/** Words about the asking: they tell nothing of the book, but may be its title. */
import { describe, expect, test } from "vitest";
import { aBook, searchesIn } from "./few-books.ts";

const { first, ask, titles } = searchesIn([
  aBook("Dune", "Frank Herbert", { popularity: 9 }),
  aBook("Done", "Somebody Else", { popularity: 3 }),
  aBook("The Trial", "Franz Kafka", { popularity: 6 }),
  aBook("A Trial Novel of Law", "Nobody Known", { popularity: 1 }),
  aBook("The Lord of the Rings", "J. R. R. Tolkien", { popularity: 9 }),
  aBook("Twilight", "Stephenie Meyer", { popularity: 9, series: ["Twilight", "1"] }),
  aBook("New Moon", "Stephenie Meyer", { popularity: 8, series: ["Twilight", "2"] }),
  aBook("It", "Stephen King", { popularity: 8 }),
  aBook("Carrie", "Stephen King", { popularity: 7 }),
  aBook("The Stephen Book of Kings", "Nobody Known", { popularity: 1 }),
  aBook("The Book Thief", "Markus Zusak", { popularity: 6 }),
  aBook("Thief", "Megan Turner", { popularity: 8 }),
  aBook("Who Wrote the Bible?", "Richard Friedman", { popularity: 2 }),
  aBook("The Bible", "Many Hands", { popularity: 9 }),
  aBook("Novel on Yellow Paper", "Stevie Smith", { popularity: 2 }),
  aBook("Yellow Paper", "Nobody Known", { popularity: 4 }),
  aBook("Eclipse", "Stephenie Meyer", { popularity: 8, series: ["Twilight", "3"] }),
  aBook("The Reader", "Bernhard Schlink", { popularity: 5 }),
  aBook("Looking for the Book of Life", "Nobody Known", { popularity: 1 }),
  aBook("The Twilight Saga", "Stephenie Meyer", { popularity: 4 }),
  aBook("Der Prozess", "Franz Kafka", { popularity: 4 }),
  aBook("Война и мир", "Лев Толстой", { popularity: 7 }),
  aBook("人间失格", "太宰治", { popularity: 5 }),
  aBook("1984", "George Orwell", { popularity: 9 }),
  aBook("Portrait de femme", "Henry James", { popularity: 8 }),
  aBook("Thinking About It", "Nobody Known", { popularity: 5 }),
]);

describe("words about the asking", () => {
  test.each([
    ["who wrote dune", "Dune"],
    ["author of dune", "Dune"],
    ["dune book", "Dune"],
    ["dune pdf", "Dune"],
    ["dune epub free download", "Dune"],
    ["the trial novel", "The Trial"],
    ["lord of the rings trilogy", "The Lord of the Rings"],
    ["books by stephen king", "It"],
    ["best stephen king novels", "It"],
    ["novels written by stephen king", "It"],
    ["who wrote eclipse", "Eclipse"],
    ["looking for the book the reader", "The Reader"],
    ["i am looking for a book called the reader", "The Reader"],
    ["Der Prozess Buch", "Der Prozess"],
    ["libro de stephen king", "It"],
    ["книга война и мир", "Война и мир"],
    ["роман война и мир", "Война и мир"],
    ["人间失格 小说", "人间失格"],
    ["我想看人间失格", "人间失格"],
    ["人间失格 太宰治 的小说", "人间失格"],
    ["buy dune paperback", "Dune"],
    ["the guy who wrote dune", "Dune"],
    ["book by the woman who wrote eclipse", "Eclipse"],
    ["that man that wrote the trial", "The Trial"],
    ["mann der dune schrieb", "Dune"],
    ["novel by stephen king about a clown", "It"],
    ["stephen king about a clown", "It"],
    ["1984 book pdf free download", "1984"],
    ["1984 pdf", "1984"],
  ])("%s", async (query, title) => {
    expect(await first(query)).toBe(title);
  });

  test.each(["人间失格 小说 太宰治", "太宰治 小说 人间失格", "小说 人间失格 太宰治"])(
    "stand anywhere in scripts without spaces: %s",
    async (query) => {
      expect(await first(query)).toBe("人间失格");
    },
  );

  test("leave the dropped part named as it was typed, not cut through a word", async () => {
    const { results, interpretation } = await ask("村上春樹 人间失格 小说");
    expect(results[0]?.work.title).toBe("人间失格");
    expect(interpretation.relaxations.map(({ text }) => text)).toContain("村上春樹");
  });

  test.each([
    "The Book Thief",
    "book thief",
    "Who Wrote the Bible?",
    "Novel on Yellow Paper",
    "The Twilight Saga",
    "Thinking About It",
  ])("may be the title: %s", async (query) => {
    const { results } = await ask(query);
    expect(results[0]?.work.title.toLowerCase()).toContain(
      query.toLowerCase().replace(/^the /, ""),
    );
  });

  test("find all books of an author, and nothing else before them", async () => {
    expect((await titles("books by stephen king")).slice(0, 2)).toEqual(["It", "Carrie"]);
  });

  test("are never given up as if they were missing, nor corrected", async () => {
    const { interpretation } = await ask("who wrote dune");
    expect(interpretation.corrections).toEqual([]);
    expect(interpretation.relaxations).toEqual([]);
  });
});
