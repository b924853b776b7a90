/** A number is one value however it is written, and a series with it is a place. */
import { describe, expect, test } from "vitest";
import { aBook, searchesIn } from "./few-books.ts";

const potter = ["Philosopher's Stone", "Chamber of Secrets", "Prisoner of Azkaban"].map(
  (title, index) =>
    aBook(`Harry Potter and the ${title}`, "J. K. Rowling", {
      popularity: 9 - index / 10,
      series: ["Harry Potter", String(index + 1)],
    }),
);

const { first, titles, ask } = searchesIn([
  ...potter,
  aBook("The Three Potters", "Nobody Known", { popularity: 2 }),
  aBook("A New Hope", "George Lucas", { popularity: 5, series: ["Star Wars", "4"] }),
  aBook("The Phantom Menace", "Terry Brooks", { popularity: 6, series: ["Star Wars", "1"] }),
  aBook("Star Wars: I, Jedi", "Michael Stackpole", { popularity: 4 }),
  aBook("Henry VI, part 3", "William Shakespeare", { popularity: 4 }),
  aBook("Henry VI, part 1", "William Shakespeare", { popularity: 5 }),
  aBook("Twilight", "Stephenie Meyer", { popularity: 9, series: ["Twilight", "1"] }),
  aBook("New Moon", "Stephenie Meyer", { popularity: 8, series: ["Twilight", "2"] }),
  aBook("Prince Caspian", "C. S. Lewis", {
    popularity: 6,
    series: ["The Chronicles of Narnia", "2"],
  }),
  aBook("The Lion, the Witch and the Wardrobe", "C. S. Lewis", {
    popularity: 9,
    series: ["The Chronicles of Narnia", "1"],
  }),
  aBook("Redemption and Two Other Plays", "Leo Tolstoy", { popularity: 1 }),
  aBook("Remember", "Karen Kingsbury", { popularity: 4, series: ["Redemption", "2"] }),
  aBook("The Lord of the Rings", "J. R. R. Tolkien", { popularity: 10 }),
  aBook("The Fellowship of the Ring", "J. R. R. Tolkien", {
    popularity: 12,
    series: ["The Lord of the Rings", "1"],
  }),
  aBook("Harry Potter", "J. K. Rowling", { popularity: 3 }),
  aBook("Eragon", "Christopher Paolini", { popularity: 10, series: ["Inheritance", "1"] }),
  aBook("Inheritance", "Christopher Paolini", { popularity: 9, series: ["Inheritance", "4"] }),
  aBook("Percy Jackson and the Olympians", "Rick Riordan", { popularity: 6 }),
  aBook("The Lightning Thief", "Rick Riordan", {
    popularity: 11,
    series: ["Percy Jackson and the Olympians", "1"],
  }),
  aBook("Dune Messiah", "Frank Herbert", { popularity: 7, series: ["Dune Chronicles", "2"] }),
  aBook("Dune: House Harkonnen", "Brian Herbert", {
    popularity: 5,
    series: ["Prelude to Dune", "2"],
  }),
  aBook("007", "Ian Fleming", { popularity: 2 }),
  aBook("Seven", "Nobody Known", { popularity: 6 }),
]);

describe("a series and a number", () => {
  test.each([
    ["harry potter book three", "Harry Potter and the Prisoner of Azkaban"],
    ["harry potter 3", "Harry Potter and the Prisoner of Azkaban"],
    ["third harry potter book", "Harry Potter and the Prisoner of Azkaban"],
    ["the 3rd harry potter", "Harry Potter and the Prisoner of Azkaban"],
    ["harry potter #2", "Harry Potter and the Chamber of Secrets"],
    ["harry potter tome 2", "Harry Potter and the Chamber of Secrets"],
    ["star wars episode iv", "A New Hope"],
    ["chronicles of narnia book two", "Prince Caspian"],
    ["henry vi part iii", "Henry VI, part 3"],
    ["twilight 1", "Twilight"],
    ["twilight book 1", "Twilight"],
    ["redemption book two", "Remember"],
    ["percy jackson 1", "The Lightning Thief"],
    ["dune 2", "Dune Messiah"],
    ["007", "007"],
  ])("%s", async (query, title) => {
    expect(await first(query)).toBe(title);
  });

  test("a number is never corrected", async () => {
    const { interpretation } = await ask("harry potter book three");
    expect(interpretation.corrections).toEqual([]);
  });
});

describe("a set", () => {
  test("that people read, too, comes first where it is asked for as one", async () => {
    expect(await first("lord of the rings trilogy")).toBe("The Lord of the Rings");
    expect(await first("lord of the rings series")).toBe("The Fellowship of the Ring");
  });

  test("that few read doesn't come before the first book", async () => {
    expect(await first("twilight trilogy")).toBe("Twilight");
    expect(await first("inheritance cycle")).toBe("Eragon");
    expect(await first("harry potter saga")).toBe("Harry Potter and the Philosopher's Stone");
  });
});

describe("a series in order", () => {
  test.each(["harry potter books in order", "harry potter series", "harry potter reading order"])(
    "%s",
    async (query) => {
      expect((await titles(query)).slice(0, 3)).toEqual(potter.map(({ work }) => work.title));
    },
  );
});
