import { expect, test } from "vitest";
import { isWholeWord } from "./query-words.ts";

test("words between spaces and signs are whole", () => {
  expect(isWholeWord("war and peace", { start: 4, end: 7 })).toBe(true);
  expect(isWholeWord("(peace)", { start: 1, end: 6 })).toBe(true);
  expect(isWholeWord("東京 物語", { start: 3, end: 5 })).toBe(true);
});

test("a pair of letters out of a longer run is no word", () => {
  expect(isWholeWord("村上春樹", { start: 1, end: 3 })).toBe(false);
  expect(isWholeWord("村上春樹", { start: 0, end: 2 })).toBe(false);
  expect(isWholeWord("𠀋村上", { start: 1, end: 3 })).toBe(false);
});
