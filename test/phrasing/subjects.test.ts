/** Which words of a query are the subject that is asked about, in wordings that no list has. */
import { describe, expect, test } from "vitest";
import { aBook, searchesIn } from "./few-books.ts";

/** So many books share a heading that is recognised without a word for it. */
const shelf = (heading: string, popularity: number) =>
  [1, 2, 3, 4, 5].map((place) =>
    aBook(`${heading[0]}${place} of ${place} Parts`, `Nobody ${place}`, {
      popularity: popularity + 1 / place,
      subjects: [heading],
    }),
  );

const { titles, ask } = searchesIn([
  ...shelf("Love stories", 2),
  ...shelf("Dutch fiction", 2),
  ...shelf("Free thought", 2),
  ...shelf("Book collecting", 2),
  ...shelf("Ghosts", 5),
  ...shelf("Occultism", 2),
  ...shelf("English essays", 2),
  ...shelf("Vampires", 2),
  ...shelf("Magic", 2),
  aBook("Ghost Story", "Peter Straub", { popularity: 7 }),
  aBook("Haunted by Ghosts", "Nobody Known", { popularity: 3, subjects: ["Ghost stories"] }),
  aBook("Love", "Toni Morrison", { popularity: 8 }),
  aBook("Dutch", "Edmund Morris", { popularity: 8 }),
  aBook("Thought", "Gottlob Frege", { popularity: 8, subjects: ["Thought"] }),
  aBook("The Collector", "John Fowles", { popularity: 8, subjects: ["Collecting"] }),
  aBook("Obsessed", "Ted Dekker", { popularity: 8 }),
  aBook("A Shade of Vampire", "Bella Forrest", { popularity: 6 }),
  aBook("The Book of Magic", "Alice Hoffman", { popularity: 7 }),
  aBook("Emma", "Jane Austen", { popularity: 9 }),
  aBook("A Short History of the World", "H. G. Wells", { popularity: 3 }),
  aBook("Three Cups of Tea", "Greg Mortenson", {
    popularity: 8,
    subjects: ["World travel", "History"],
  }),
  aBook("Fiction", "Nobody Known", { popularity: 1, subjects: ["Fiction"] }),
]);

describe("the longest run of words that is a heading is the subject", () => {
  test.each([
    ["a book about love stories", "L1 of 1 Parts"],
    ["love stories novels", "L1 of 1 Parts"],
    ["dutch fiction book list", "D1 of 1 Parts"],
    ["suggestions for dutch fiction books please", "D1 of 1 Parts"],
    ["books about free thought", "F1 of 1 Parts"],
    ["books about book collecting", "B1 of 1 Parts"],
    ["a book about ghost stories", "Haunted by Ghosts"],
  ])("%s", async (query, title) => {
    expect((await titles(query))[0]).toBe(title);
  });
});

describe("wordings around a heading that no list has", () => {
  test.each([
    ["my daughter is obsessed with occultism", "O1 of 1 Parts"],
    ["gift for someone who loves occultism", "O1 of 1 Parts"],
    ["patron wants material on english essays", "E1 of 1 Parts"],
    ["a book to explain english essays to my kids", "E1 of 1 Parts"],
    ["tag: occultism", "O1 of 1 Parts"],
    ["kirjoja aiheesta occultism", "O1 of 1 Parts"],
    ["occultism hakkında kitaplar", "O1 of 1 Parts"],
    ["occultismに関する本", "O1 of 1 Parts"],
  ])("%s", async (query, title) => {
    expect((await titles(query))[0]).toBe(title);
  });

  test("the heading is offered", async () => {
    const { interpretation } = await ask("currently obsessed with english essays");
    expect(interpretation.notices.map(({ reason }) => reason)).toContain("subject_read");
  });
});

describe("a title with words about the asking is no subject", () => {
  test.each([
    ["emma fiction book", "Emma"],
    ["final book in a shade of vampire", "A Shade of Vampire"],
    ["the book of magic pdf", "The Book of Magic"],
  ])("%s", async (query, title) => {
    expect((await titles(query))[0]).toBe(title);
  });
});

test("where no heading is the subject, titles that have it whole come before headings with its words", async () => {
  expect((await titles("a book about the history of the world"))[0]).toBe(
    "A Short History of the World",
  );
});
