/** Links, citations and names of files, as people paste them. */
import { describe, expect, test } from "vitest";
import { aBook, searchesIn } from "./few-books.ts";

const { first, ask } = searchesIn([
  aBook("The Catcher in the Rye", "J. D. Salinger", { popularity: 9 }),
  aBook("Show Book", "Nobody Known", { popularity: 3 }),
  aBook("Amazon", "Nobody Known", { popularity: 4 }),
  aBook("Walden", "Henry David Thoreau", { popularity: 7 }),
  aBook("Henry", "David Thor", { popularity: 3 }),
  aBook("Nineteen Eighty-Four", "George Orwell", { popularity: 9, publisher: "Secker & Warburg" }),
  aBook("Orwell", "Raymond Williams", { popularity: 2 }),
  aBook("The Warburg Years", "Ernst Cassirer", { popularity: 3, publisher: "Secker" }),
  aBook("Dune", "Frank Herbert", { popularity: 8, year: 1965 }),
  aBook("Philadelphia", "Nobody Known", { popularity: 5 }),
  aBook("Print", "Nobody Known", { popularity: 5 }),
  aBook("Hamlet", "William Shakespeare", { popularity: 8 }),
  aBook("Shakespeare, William. A midsummer night's dream", "Edwin Editor", { popularity: 1 }),
  aBook("L'Étranger", "Albert Camus", { popularity: 7, otherTitles: ["The Stranger"] }),
  aBook("Angela's Ashes", "Frank McCourt", { popularity: 7 }),
  aBook("'Tis", "Frank McCourt", { popularity: 6 }),
  aBook("Mark Twain", "Archibald Henderson", { popularity: 1 }),
  aBook("The Adventures of Tom Sawyer", "Mark Twain", { popularity: 8 }),
  aBook("Emma", "Jane Austen", { popularity: 8, otherIds: ["goodreads:6969"] }),
]);

describe("a link", () => {
  test.each([
    ["https://www.goodreads.com/book/show/5107.The_Catcher_in_the_Rye", "The Catcher in the Rye"],
    ["https://www.amazon.com/Walden-Henry-David-Thoreau/dp/B0F34Z3JZ9", "Walden"],
    [
      "https://www.waterstones.com/book/the-catcher-in-the-rye/j-d-salinger/9780241950432",
      "The Catcher in the Rye",
    ],
    ["https://en.wikipedia.org/wiki/The_Catcher_in_the_Rye", "The Catcher in the Rye"],
    [
      "https://books.example.org/catalog/the+catcher+in+the+rye.html?ref=x",
      "The Catcher in the Rye",
    ],
    ["https://www.fnac.com/a123456/Albert-Camus-L-%C3%A9tranger", "L'Étranger"],
    ["https://example.org/search?q=catcher+in+the+rye", "The Catcher in the Rye"],
    ["hardcover.app/books/walden", "Walden"],
  ])("%s", async (link, title) => {
    expect(await first(link)).toBe(title);
  });

  test("says what was read in it", async () => {
    const { interpretation } = await ask("https://en.wikipedia.org/wiki/The_Catcher_in_the_Rye");
    expect(interpretation.notices).toContainEqual(
      expect.objectContaining({ reason: "link_read", message: expect.stringContaining("Catcher") }),
    );
  });

  test("names the book by its number where that is known", async () => {
    const { results, interpretation } = await ask(
      "https://www.goodreads.com/book/show/6969.The_Catcher_in_the_Rye",
    );
    expect(results.map(({ work }) => work.title)).toEqual(["Emma"]);
    expect(interpretation.notices.map(({ reason }) => reason)).not.toContain("words_not_searched");
  });
});

describe("a citation", () => {
  test.each([
    ["Orwell, G. (1949). Nineteen eighty-four. Secker & Warburg.", "Nineteen Eighty-Four"],
    ["Herbert, Frank. Dune. Philadelphia: Chilton Books, 1965. Print.", "Dune"],
    ["Shakespeare, William. Hamlet. Project Gutenberg, 1600.", "Hamlet"],
    ["Thoreau, Henry David, 1817-1862. Walden.", "Walden"],
    [
      "Salinger JD. The catcher in the rye. Boston (MA): Little, Brown; 1951.",
      "The Catcher in the Rye",
    ],
    ["Camus, A. (1942). L'étranger. Paris: Gallimard.", "L'Étranger"],
  ])("%s", async (citation, title) => {
    expect(await first(citation)).toBe(title);
  });
});

describe("a file's name", () => {
  test.each([
    ["Frank Herbert - Dune.pdf", "Dune"],
    ["Mark Twain - The Adventures of Tom Sawyer.pdf", "The Adventures of Tom Sawyer"],
    ["Angela_s_Ashes_Frank_McCourt.epub", "Angela's Ashes"],
    ["[Frank Herbert] Dune (1965) [retail].mobi", "Dune"],
    ["walden-thoreau.azw3", "Walden"],
  ])("%s", async (name, title) => {
    expect(await first(name)).toBe(title);
  });
});
