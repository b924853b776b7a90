import { expect, test } from "vitest";
import { volumeOf } from "./volume-of.ts";

test.each([
  ["history of rome|volume 2 of 8", "history of rome", 2],
  ["the history of rome vol ii", "history of rome", 2],
  ["faust tome ii", "faust", 2],
  ["bleach vol 23|mala suerte", "bleach", 23],
  ["los nueve libros de la historia|1 de 2", "nueve libros de la historia", 1],
  ["die geschichte band 4", "geschichte", 4],
])("%s is a volume of %s", (title, whole, number) => {
  expect(volumeOf(title, "somebody")).toEqual({ whole, number });
});

test.each([
  ["the book of disquiet"],
  ["volume 2"],
  ["part of the family"],
  ["catch 22"],
  ["2001 a space odyssey"],
])("%s is no volume", (title) => {
  expect(volumeOf(title, "somebody")).toBeUndefined();
});

test("a short title without an author is of several works", () => {
  expect(volumeOf("poems vol 1", "")).toBeUndefined();
  expect(volumeOf("notes and queries vol 1", "")).toEqual({
    whole: "notes and queries",
    number: 1,
  });
});
