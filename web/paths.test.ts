import { expect, test } from "vitest";
import {
  aboutPath,
  authorKeyOf,
  authorPath,
  bookKeyOf,
  bookPath,
  partsPath,
  searchPath,
  settingsPath,
} from "./paths.ts";

test("the addresses of the page are these", () => {
  expect({
    book: bookPath("books/OL27448W"),
    author: authorPath("authors/OL26320A"),
    first: searchPath(),
    search: searchPath("q=emma"),
    about: aboutPath,
    settings: settingsPath,
    parts: partsPath,
  }).toEqual({
    book: "/books/OL27448W",
    author: "/authors/OL26320A",
    first: "/",
    search: "/?q=emma",
    about: "/about",
    settings: "/settings",
    parts: "/_ui",
  });
});

test("only well-formed keys are books and authors", () => {
  expect(bookKeyOf("/books/OL27448W")).toBe("OL27448W");
  expect(bookKeyOf("/books/OL1M")).toBe("OL1M");
  expect(authorKeyOf("/authors/OL26320A")).toBe("OL26320A");
  for (const path of ["/books/OL0W", "/books/OL1A", "/books/OL1W/x", "/authors/OL1W", "/"]) {
    expect(bookKeyOf(path) ?? authorKeyOf(path)).toBeUndefined();
  }
});
