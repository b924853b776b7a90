import { expect, test } from "vitest";
import { aBook } from "#web/testing/builders.ts";
import { authorsText, bookLabel, coverBook, inSeriesOrder, keyOf } from "./book-facts.ts";

const by = (...names: string[]) =>
  aBook({ title: "T", authors: names.map((displayName) => ({ author: "", displayName })) });

test("authors are named as on a spine: one, two, or the first and others", () => {
  expect([by(), by("A"), by("A", "B"), by("A", "B", "C")].map(authorsText)).toEqual([
    "",
    "A",
    "A & B",
    "A and others",
  ]);
  expect([by(), by("A")].map(bookLabel)).toEqual(["T", "T, by A"]);
});

test("a series stands in its order, collected volumes after single ones, unnumbered books at the end by year", () => {
  const place = (position: string, year: number) =>
    aBook({
      title: `${position} of ${year}`,
      series: [{ title: "S", position }],
      firstPublished: { year },
    });
  const books = [place("", 1990), place("10", 1980), place("2.5", 1985), place("", 1970)];
  books.push(place("1-3", 1960), place("1", 1975));
  expect(inSeriesOrder(books, "S").map(({ title }) => title)).toEqual([
    "1 of 1975",
    "2.5 of 1985",
    "10 of 1980",
    "1-3 of 1960",
    " of 1970",
    " of 1990",
  ]);
});

test("a book without author, date and series still has a cover", () => {
  const book = aBook({ name: "books/OL7M", authors: [], series: [] });
  expect(keyOf(book.name)).toBe("OL7M");
  expect(coverBook({ ...book, firstPublished: undefined })).toMatchObject({
    key: "OL7M",
    author: "",
    series: "",
    year: 0,
  });
});
