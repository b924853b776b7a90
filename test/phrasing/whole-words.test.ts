/** Once typing has ended a whole word beats a beginning, and a name its much-read bearer. */
import { describe, expect, test } from "vitest";
import { plainSearch } from "#server/catalog/plain-search.ts";
import { sharedCatalog } from "#server/testing/shared-catalog.ts";
import { aBook, searchesIn } from "./few-books.ts";

const books = [
  aBook("War and Peace", "Leo Tolstoy", { popularity: 7 }),
  aBook("The Warden", "Anthony Trollope", { popularity: 8 }),
  aBook("Wardrobe", "Nobody Known", { popularity: 9 }),
  aBook("The Glass Castle", "Jeannette Walls", { popularity: 8 }),
  aBook("On Plaster", "Walls", { popularity: 0 }),
  aBook("Pride and Prejudice", "Jane Austen", { popularity: 9 }),
  aBook("A Law Book", "Austen, Edward", { popularity: 0 }),
  aBook("It", "Stephen King", { popularity: 8 }),
  aBook("Walden", "Henry David Thoreau", { popularity: 9 }),
  aBook("King", "T. M. Frazier", { popularity: 5, series: ["King", "1"] }),
  aBook("The Shining", "Stephen King", { popularity: 11 }),
  aBook("The Bible: What It Is!", "Charles Bradlaugh", { popularity: 0.4 }),
  aBook("The Bible in Spain", "George Borrow", { popularity: 0.4 }),
  aBook("Holy Bible: King James Version", "Anonymous", {
    popularity: 8,
    otherTitles: ["The Holy Bible"],
  }),
];
const { first } = searchesIn(books);
const catalog = sharedCatalog(books);

describe("a finished word", () => {
  test.each([
    ["war", "War and Peace"],
    ["it", "It"],
    ["walls", "The Glass Castle"],
    ["austen", "Pride and Prejudice"],
    ["king", "The Shining"],
    ["the bible", "Holy Bible: King James Version"],
    ["bible", "Holy Bible: King James Version"],
  ])("%s", async (query, title) => {
    expect(await first(query)).toBe(title);
  });

  test("may go on while it is typed", async () => {
    const { results } = await catalog.search(plainSearch("war", { unfinished: true }));
    expect(results.map(({ work }) => work.title)).toContain("Wardrobe");
  });
});
