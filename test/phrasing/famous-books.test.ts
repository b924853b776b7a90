/** What a short query means in a catalogue where many records have its words: the book that people read. */
import { describe, expect, test } from "vitest";
import { aBook, searchesIn } from "./few-books.ts";

/** A catalogue in which "pride" is a word of many titles. */
const prides = Array.from({ length: 40 }, (_, place) =>
  aBook(`Pride of Place ${place}`, "Nobody Known", { popularity: 0.1 }),
);

const { titles, ask } = searchesIn([
  ...prides,
  aBook("Pride and Prejudice", "Jane Austen", { popularity: 12 }),
  aBook("The Prize", "Julie Garwood", { popularity: 5 }),
  aBook("Holy Bible: King James Version", "Anonymous", {
    popularity: 8,
    otherTitles: ["The Holy Bible: English Standard Version"],
  }),
  aBook("The Poisonwood Bible", "Barbara Kingsolver", { popularity: 10 }),
  aBook("The Bible: What It Is!", "Charles Bradlaugh", { popularity: 0.2 }),
  aBook("Gulliver's Travels", "Jonathan Swift", { popularity: 9 }),
  aBook("The Anatomist Dissected", "Lemuel Gulliver", { popularity: 0.2 }),
  aBook("Schindler's List", "Thomas Keneally", { popularity: 7 }),
  aBook("Examination Manual", "Schindler", { popularity: 0.2 }),
  aBook("Eragon", "Christopher Paolini", {
    popularity: 9,
    series: ["The Inheritance Cycle", "1"],
  }),
  aBook("Inheritance", "Christopher Paolini", {
    popularity: 8,
    series: ["The Inheritance Cycle", "4"],
  }),
  aBook("The Adventures of Tom Sawyer", "Mark Twain", { popularity: 9 }),
  aBook("Tom Sawyer", "Mark Twain", { popularity: 0.2 }),
  aBook("The Adventures of Tom Sawyer, Part 2", "Mark Twain", { popularity: 0.2 }),
  aBook("Henri VI (3/3)", "William Shakespeare", { popularity: 1 }),
  aBook("King Henry VI, Part 3", "William Shakespeare", { popularity: 1 }),
  aBook("García Márquez: historia de un deicidio", "Mario Vargas Llosa", { popularity: 0.2 }),
  aBook("One Hundred Years of Solitude", "Gabriel García Márquez", { popularity: 10 }),
  aBook("Les Misérables", "Victor Hugo", { popularity: 10 }),
  aBook("Miss Peregrine et les enfants particuliers", "Ransom Riggs", { popularity: 10 }),
  aBook("Mis en scène", "Nobody Known", { popularity: 0.2 }),
  aBook("Girl with a Pearl Earring", "Tracy Chevalier", { popularity: 9 }),
  aBook("1Q84", "村上 春樹", { popularity: 6 }),
  aBook("森林之书", "Nobody Known", { popularity: 1 }),
  aBook("The Broken Kingdoms", "N. K. Jemisin", { popularity: 4, series: ["Inheritance", "2"] }),
]);

describe("a word that books have is not corrected, and an article may be in front of it", () => {
  test("the pride", async () => {
    expect((await titles("the pride"))[0]).toBe("Pride and Prejudice");
  });
});

describe("scripture is known without being called holy", () => {
  test.each(["bible", "the bible", "holy bible"])("%s", async (query) => {
    expect((await titles(query))[0]).toBe("Holy Bible: King James Version");
  });
});

describe("a name stands in a title with an s behind it", () => {
  test.each([
    ["gulliver", "Gulliver's Travels"],
    ["schindler", "Schindler's List"],
  ])("%s", async (query, title) => {
    expect((await titles(query))[0]).toBe(title);
  });
});

test("a series is asked for by its name, not by the title of one of its books", async () => {
  expect((await titles("inheritance cycle")).slice(0, 2)).toEqual(["Eragon", "Inheritance"]);
});

test.each([
  ["tom sawyer part 2", "The Adventures of Tom Sawyer, Part 2"],
  ["henry vi part iii", "King Henry VI, Part 3"],
])("a number with its word is in the title: %s", async (query, title) => {
  expect((await titles(query))[0]).toBe(title);
});

test("books by somebody come before an unread study that is called like them", async () => {
  expect((await titles("libro de garcia marquez"))[0]).toBe("One Hundred Years of Solitude");
});

test("a title may be shortened in its last word", async () => {
  expect((await titles("les mis"))[0]).toBe("Les Misérables");
});

test("a slip that resembles another form of its word is said", async () => {
  const { interpretation } = await ask("girl with a pearl earing");
  expect(interpretation.corrections.map(({ corrected }) => corrected)).toEqual(["earring"]);
});

test.each(["村上春树的小说", "村上春树 小说", "挪威的森林 村上春树"])(
  "a name is found that is printed in two parts: %s",
  async (query) => {
    expect((await titles(query))[0]).toBe("1Q84");
  },
);
