import { expect, test } from "vitest";
import { isbn10Of, readIsbn } from "./isbn-fields.ts";

test.each([
  ["9780107805401", "9780107805401"],
  ["978-0-10-780540-1", "9780107805401"],
  ["978 0 10 780540 1", "9780107805401"],
  ["978_0_10_780540_1", "9780107805401"],
  ["0107805405", "9780107805401"],
  ["0-10-780540-5 (pbk.) $4.50", "9780107805401"],
  ["080442957x", "9780804429573"],
  ["080442957X", "9780804429573"],
  ["ISBN 080442957X :", "9780804429573"],
  ["9791090648043", "9791090648043"],
])("reads %s", (text, isbn13) => {
  expect(readIsbn(text)).toBe(isbn13);
});

test.each([
  "",
  "978010780540",
  "9780107805402",
  "0107805406",
  "0000000000",
  "abc",
  "1234567890123",
])("finds no ISBN in %j", (text) => {
  expect(readIsbn(text)).toBeUndefined();
});

test("gives the ISBN-10 of numbers that have one", () => {
  expect(isbn10Of("9780804429573")).toBe("080442957X");
  expect(isbn10Of("9780107805401")).toBe("0107805405");
  expect(isbn10Of("9791090648043")).toBeUndefined();
});
