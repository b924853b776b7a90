/** What a short query means in a catalogue where many records have its words: the book that people read. */
import { describe, expect, test } from "vitest";
import { aBook, searchesIn } from "./few-books.ts";

/** A catalogue in which "pride" is a word of many titles. */
const prides = Array.from({ length: 40 }, (_, place) =>
  aBook(`Pride of Place ${place}`, "Nobody Known", { popularity: 0.1 }),
);

const { titles } = searchesIn([
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
