/** Authors' names as people write them: without an apostrophe, misspelt, in another transliteration. */
import { describe, expect, test } from "vitest";
import { aBook, searchesIn } from "./few-books.ts";

/** Enough that a name says something. */
const others = Array.from({ length: 60 }, (_, place) => aBook(`Volume ${place}`, "Nobody Known"));

const { first, titles, ask } = searchesIn([
  ...others,
  aBook("1984", "George Orwell", { popularity: 9 }),
  aBook("Animal Farm", "George Orwell", { popularity: 8 }),
  aBook("Orwell's 1984: A Study", "Irving Howe", { popularity: 0.2 }),
  aBook("Huckleberry Finn", "Mark Twain", { popularity: 9 }),
  aBook("Roughing It", "Mark Twain", { popularity: 4 }),
  aBook("Hamlet", "William Shakespeare", { popularity: 9 }),
  aBook("Shakespeare's Hamlet", "Max Huhner", { popularity: 0.2 }),
  aBook("Pride and Prejudice", "Jane Austen", { popularity: 10 }),
  aBook("Emma", "Jane Austen", { popularity: 8 }),
  aBook("Jane Austen's Letters", "Jane Austen", { popularity: 1 }),
  aBook("Howards End", "E. M. Forster", { popularity: 8 }),
  aBook("End", "Leslie Howard", { popularity: 3 }),
  aBook("American Prometheus", "Kai Bird", { popularity: 5 }),
  aBook("The Thorn Birds", "Colleen McCullough", { popularity: 6 }),
  aBook("Birds of America", "Lorrie Moore", { popularity: 4 }),
  aBook("War and Peace", "Leo Tolstoy", { popularity: 10 }),
  aBook("Tolstoï", "Stefan Zweig", { popularity: 0.2 }),
  aBook("What Is Art?", "Lev Tolstoi", { popularity: 0.2 }),
  aBook("Fathers and Sons", "Ivan Turgenev", { popularity: 8 }),
  aBook("Turgenev: A Study", "Edward Garnett", { popularity: 0.2 }),
  aBook("The History of Tom Jones, a Foundling", "Henry Fielding", {
    popularity: 1.5,
    otherTitles: ["Tom Jones"],
  }),
  aBook("Stairway to the Sea", "Tom Jones", { popularity: 0.2 }),
  aBook("Christine", "Stephen King", { popularity: 8, subjects: ["Cars"] }),
  aBook("The Shining", "Stephen King", { popularity: 10 }),
  aBook("The Story of the Car", "Nobody Known", { popularity: 3, subjects: ["Cars"] }),
]);

describe("the s of a possessive without its apostrophe", () => {
  test.each([
    ["orwells 1984", "1984"],
    ["shakespeares hamlet", "Hamlet"],
    ["jane austens emma", "Emma"],
  ])("before a title: %s", async (query, title) => {
    expect(await first(query)).toBe(title);
  });

  test.each([
    ["twains novels", ["Huckleberry Finn", "Roughing It"]],
    ["jane austens books", ["Pride and Prejudice", "Emma"]],
  ])("before a word for books: %s", async (query, books) => {
    expect((await titles(query)).slice(0, 2)).toEqual(books);
  });

  test("is said", async () => {
    const { interpretation } = await ask("orwells 1984");
    expect(interpretation.corrections).toMatchObject([
      { original: "orwells", corrected: "orwell", span: { start: 0, end: 7 }, kind: "spelling" },
    ]);
    expect(interpretation.searchedText).toBe("orwell 1984");
  });

  test("isn't taken from a title that people read, nor from a word of many titles", async () => {
    expect(await first("howards end")).toBe("Howards End");
    expect(await titles("birds books")).toEqual(["Birds of America", "The Thorn Birds"]);
  });
});

describe("a family name in another transliteration", () => {
  test.each([
    ["tolstoi", "War and Peace"],
    ["tolstoi novels", "War and Peace"],
    ["turgenjew", "Fathers and Sons"],
  ])("finds the books that people read: %s", async (query, title) => {
    expect(await first(query)).toBe(title);
  });
});

test("a book that nobody reads by somebody so called comes behind the title", async () => {
  expect((await titles("tom jones")).slice(0, 2)).toEqual([
    "The History of Tom Jones, a Foundling",
    "Stairway to the Sea",
  ]);
});

test("the misspelt author of a book that is told of is known, and said", async () => {
  const { interpretation } = await ask("stephan king book about a car");
  expect(await titles("stephan king book about a car")).toEqual(["Christine", "The Shining"]);
  expect(interpretation.corrections).toMatchObject([{ original: "stephan", corrected: "stephen" }]);
});
