/** Links, citations and names of files, as people paste them. */
import { describe, expect, test } from "vitest";
import { aBook, searchesIn } from "./few-books.ts";

const { first, ask } = searchesIn([
  aBook("The Catcher in the Rye", "J. D. Salinger", { popularity: 9 }),
  aBook("Show Book", "Nobody Known", { popularity: 3 }),
  aBook("Amazon", "Nobody Known", { popularity: 4, isbn13: "9780804429573" }),
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
  aBook("1984", "Nobody Known", { popularity: 2 }),
  aBook("84, Charing Cross Road", "Helene Hanff", { popularity: 6 }),
  aBook("Chroniques 1342", "Jean Froissart", { popularity: 2 }),
  aBook("Война и мир", "Лев Толстой", { popularity: 7 }),
  aBook("ノルウェイの森", "村上春樹", { popularity: 7 }),
  aBook("三体", "Liu Cixin", { popularity: 7 }),
  aBook("重庆", "Nobody Known", { popularity: 3 }),
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
    ["https://www.goodreads.com/en/book/show/5470.1984", "1984"],
    ["https://archive.org/details/catcherintherye030164mbp", "The Catcher in the Rye"],
    ["https://books.google.com/books?id=Xy7&dq=catcher+in+the+rye", "The Catcher in the Rye"],
    [
      "https://ru.wikipedia.org/wiki/%D0%92%D0%BE%D0%B9%D0%BD%D0%B0_%D0%B8_%D0%BC%D0%B8%D1%80",
      "Война и мир",
    ],
  ])("%s", async (link, title) => {
    expect(await first(link)).toBe(title);
  });

  test.each([
    "https://www.labirint.ru/books/194912/",
    "https://www.gutenberg.org/files/84/84-h/84-h.htm",
    "https://www.gutenberg.org/ebooks/1342",
    "https://a.co/d/1949abc",
    "librarything.com/work/1060",
  ])("of which nothing can be read finds nothing rather than anything: %s", async (link) => {
    const { results, interpretation } = await ask(link);
    expect(results).toEqual([]);
    expect(interpretation.notices.map(({ reason }) => reason)).toContain("unknown_link");
  });

  test("in which signs are written as numbers was corrected nowhere", async () => {
    const { interpretation } = await ask("https://www.fnac.com/a1/Albert-Camus-L-%C3%A9tranger");
    expect(interpretation.corrections).toEqual([]);
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
    ['"Hamlet" by William Shakespeare (Penguin, 1998)', "Hamlet"],
    ["Thoreau H, Walden (Ticknor 1854)", "Walden"],
    ["村上春樹 (1987) 『ノルウェイの森』講談社", "ノルウェイの森"],
    ["刘慈欣. 三体[M]. 重庆: 重庆出版社, 2008.", "三体"],
  ])("%s", async (citation, title) => {
    expect(await first(citation)).toBe(title);
  });
});

test.each(['"9780804429573"', "“978-0-8044-2957-3”", "080442957Х", "0-8044-2957-х"])(
  "a number in quotation marks, or with a Cyrillic check digit, is a number: %s",
  async (number) => {
    const { results, interpretation } = await ask(number);
    expect(results.map(({ work }) => work.title)).toEqual(["Amazon"]);
    expect(interpretation.notices).toEqual([]);
  },
);

describe("a record of a reference manager", () => {
  test.each([
    ["@book{x, title={Hamlet}, author={Shakespeare, William}, publisher={Orwell}}", "Hamlet"],
    ["TY  - BOOK AU  - Herbert, Frank TI  - Dune CY  - Philadelphia ER  - ", "Dune"],
    ["%0 Book %A Camus, Albert %T L'\u00c9tranger %C Philadelphia", "L'Étranger"],
  ])("%s", async (record, title) => {
    const { results, interpretation } = await ask(record);
    expect(results[0]?.work.title).toBe(title);
    expect(interpretation.corrections).toEqual([]);
    expect(interpretation.notices.map(({ reason }) => reason)).toContain("record_read");
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

describe("a record or an address that programs write", () => {
  test.each([
    ["MARC", "100 1_ $a Herbert, Frank. 245 10 $a Dune / $c Frank Herbert. 260 __ $a New York"],
    ["MARC as a line", "=100  1\\$aHerbert, Frank. =245  10$aDune /$cby Frank Herbert."],
    ["a citation template", "{{cite book |last=Herbert |first=Frank |title=Dune |year=1965}}"],
    ["an OpenURL", "ctx_ver=Z39.88-2004&rft.btitle=Dune&rft.aulast=Herbert&rft.date=1965"],
    ["a page's title", "Dune by Frank Herbert | Waterstones"],
    ["a search with switches", "http://m.goodreads.com/book/show/9.Dune?from_search=true&rank=1"],
    ["a search of another shop", "https://www.thalia.de/shop/details/A1?suchbegriff=Dune+Herbert"],
    ["a sound file", "Frank Herbert - Dune - 03.m4a"],
    ["dashes", "-dune-"],
  ])("%s", async (_, text) => {
    expect(await first(text)).toBe("Dune");
  });
});
