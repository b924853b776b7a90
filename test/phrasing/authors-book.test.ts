/** An author, and what somebody remembers of one of the books. */
import { expect, test } from "vitest";
import { aBook, searchesIn } from "./few-books.ts";

const { first, titles } = searchesIn([
  aBook("It", "Stephen King", { popularity: 9, subjects: ["Clowns"] }),
  aBook("The Shining", "Stephen King", { popularity: 10 }),
  aBook("Misery", "Stephen King", {
    popularity: 8,
    description: "A novelist is kidnapped by his most devoted reader.",
  }),
  aBook("Stephen King", "George Beahm", { popularity: 2 }),
  aBook("The Little Clown", "Nobody Known", { popularity: 3, subjects: ["Clowns"] }),
  aBook("The Clown", "Heinrich Böll", { popularity: 5 }),
  aBook("Murder on the Orient Express", "Agatha Christie", { popularity: 9 }),
  aBook("The Mystery of the Blue Train", "Agatha Christie", { popularity: 6 }),
  aBook("My Life in Many States", "George Francis Train", { popularity: 1 }),
  aBook("The Metamorphosis", "Franz Kafka", { popularity: 8 }),
  aBook("Dracula", "Bram Stoker", { popularity: 9, subjects: ["Vampires"] }),
  aBook("Living With It", "Courtney Love", { popularity: 4 }),
  ...Array.from({ length: 12 }, (_, place) => aBook(`Love ${place}`, "Nobody Known")),
]);

test.each([
  ["stephen king book about a clown", "It"],
  ["the stephen king one with the clowns", "It"],
  ["that king novel where a novelist gets kidnapped", "Misery"],
  ["book by stephen king with a clown", "It"],
  ["libro de stephen king sobre clowns", "It"],
  ["agatha christie novel set on a train", "The Mystery of the Blue Train"],
  ["agatha cristie novel about a train", "The Mystery of the Blue Train"],
])("is found by both: %s", async (query, title) => {
  expect(await first(query)).toBe(title);
});

test("where nothing has what is remembered, the author's books come, and no others", async () => {
  expect(await titles("stephen king book about whales")).toEqual(["The Shining", "It", "Misery"]);
  expect(await titles("kafka story about a bug")).toEqual(["The Metamorphosis"]);
  expect(await titles("roman von kafka über einen käfer")).toEqual(["The Metamorphosis"]);
});

test("a word of many titles is no author's name", async () => {
  expect(await first("love story about vampires")).toBe("Dracula");
});
