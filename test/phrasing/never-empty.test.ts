/** Words that stand nowhere together still find the books that have one of them. */
import { expect, test } from "vitest";
import { aBook, searchesIn } from "./few-books.ts";

const { titles } = searchesIn([
  aBook("Penguin Island", "Anatole France"),
  aBook("Orphan Train", "Christina Baker Kline"),
  aBook("To the Lighthouse", "Virginia Woolf"),
  aBook("The Violin Maker", "John Marchese"),
]);

test.each([
  ["penguin orphan lighthouse", ["Penguin Island", "Orphan Train"]],
  ["penguin cathedral violin", ["Penguin Island", "The Violin Maker"]],
  ["cathedral lighthouse qzxwv", ["To the Lighthouse"]],
])("%s", async (query, expected) => {
  expect((await titles(query)).sort()).toEqual(expected.sort());
});

test("no word of which is in any book finds nothing", async () => {
  expect(await titles("cathedral qzxwv bqqk")).toEqual([]);
});
