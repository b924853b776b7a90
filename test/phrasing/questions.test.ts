/** Questions for a subject, for something like a book, and from memory; and what is said of how they were read. */
import { describe, expect, test } from "vitest";
import { aBook, searchesIn } from "./few-books.ts";

const { first, titles, ask } = searchesIn([
  aBook("Moby-Dick", "Herman Melville", { popularity: 8, subjects: ["Whales", "Sea stories"] }),
  aBook("The Whale Road", "Nobody Known", { popularity: 2 }),
  aBook("Whaling", "Nobody Known", { popularity: 1, subjects: ["Whales"] }),
  aBook("Death in Venice", "Thomas Mann", { popularity: 6, places: ["Venice"] }),
  aBook("Dealing with Dragons", "Patricia Wrede", { popularity: 5, subjects: ["Magic"] }),
  aBook("A Natural History", "Nobody Known", { popularity: 1, subjects: ["Dragons"] }),
  aBook("Catch-22", "Joseph Heller", { popularity: 8, subjects: ["World War, 1939-1945"] }),
  aBook("I, Claudius", "Robert Graves", { popularity: 6, subjects: ["Rome--History"] }),
  aBook("A Tale of Two Cities", "Charles Dickens", {
    popularity: 8,
    subjects: ["France", "History--Revolution, 1789-1799"],
  }),
  aBook("World Atlas", "Nobody Known", { popularity: 9, subjects: ["World", "Maps"] }),
  aBook("1984", "George Orwell", { popularity: 8 }),
  aBook("Heidi", "Johanna Spyri", {
    popularity: 6,
    description: "An orphaned girl comes to live with her gruff grandfather high in the Alps.",
  }),
  aBook("A Story of a Girl", "Nobody Known", { popularity: 1 }),
  aBook("Pride and Prejudice", "Jane Austen", { popularity: 9 }),
  aBook("A Game of Thrones", "George R. R. Martin", { popularity: 8 }),
  aBook("One Hundred Years of Solitude", "Gabriel García Márquez", { popularity: 8 }),
  aBook("The Metamorphosis", "Franz Kafka", { popularity: 7 }),
  aBook("Ficciones", "Jorge Luis Borges", { popularity: 6 }),
  aBook("The Art of War", "Sun Tzu", { popularity: 7 }),
  aBook("Sun Tzu", "Gerald Michaelson", { popularity: 1 }),
]);

describe("a subject", () => {
  test.each([
    ["books about whales", "Moby-Dick"],
    ["anything on whales", "Moby-Dick"],
    ["novels set in venice", "Death in Venice"],
    ["libros sobre whales", "Moby-Dick"],
  ])("%s", async (query, title) => {
    expect(await first(query)).toBe(title);
  });

  test("is offered as a heading, and its books come before titles that only have the word", async () => {
    const { interpretation } = await ask("books about whales");
    expect(interpretation.notices.map(({ reason }) => reason)).toContain("subject_read");
    expect((await titles("books about whales")).slice(0, 2)).toEqual(["Moby-Dick", "Whaling"]);
  });

  test.each([
    ["books about the second world war", "Catch-22"],
    ["books about ww2", "Catch-22"],
    ["novels about ancient rome", "I, Claudius"],
    ["books about the french revolution", "A Tale of Two Cities"],
    ["the french revolution", "A Tale of Two Cities"],
  ])("is found under its heading, whatever the order of its words: %s", async (query, title) => {
    expect(await first(query)).toBe(title);
  });

  test("is none where the whole query is a title", async () => {
    expect(await first("dealing with dragons ebook")).toBe("Dealing with Dragons");
  });
});

test.each(["books like 1984", "if you liked 1984", "what should i read if i loved 1984"])(
  "something like a book begins with the book: %s",
  async (query) => {
    expect(await first(query)).toBe("1984");
  },
);

test("a question from memory is never empty", async () => {
  expect(await first("a story of a girl who lives with her grandfather in the alps")).toBe("Heidi");
});

test("or in small letters joins what no book has together", async () => {
  const found = await titles("kafka or borges");
  expect(found.toSorted()).toEqual(["Ficciones", "The Metamorphosis"]);
});

describe("a correction", () => {
  test.each([
    ["pride and predjudice", "predjudice", "prejudice"],
    ["game ofthrones", "ofthrones", "of thrones"],
    ["hundred years of solitud", "solitud", "solitude"],
  ])("is said: %s", async (query, original, corrected) => {
    const { interpretation } = await ask(query);
    expect(interpretation.corrections).toContainEqual(
      expect.objectContaining({ original, corrected }),
    );
  });

  test("finds all that the right spelling finds", async () => {
    const right = await titles("sun tzu");
    expect(right).toHaveLength(2);
    expect((await titles("sun tsu")).toSorted()).toEqual(right.toSorted());
  });
});

describe("quotation marks", () => {
  test("mean the words as they are", async () => {
    expect(await titles('"kafka"')).toEqual(["The Metamorphosis"]);
    expect(await titles('"the art of war"')).toEqual(["The Art of War"]);
  });

  test("are given up, and said to be, where no book has what they hold", async () => {
    const { results, interpretation } = await ask('"the art of ware"');
    expect(results[0]?.work.title).toBe("The Art of War");
    expect(interpretation.notices.map(({ reason }) => reason)).toContain("phrase_not_found");
  });
});
