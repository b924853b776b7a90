import { expect, test } from "vitest";
import { inflections } from "./inflections.ts";

test.each([
  ["magical", "magic"],
  ["wolves", "wolf"],
  ["stories", "story"],
  ["dragon", "dragons"],
  ["boxes", "box"],
  ["historic", "historical"],
  ["dog", "dogs"],
])("%s may stand as %s", (word, form) => {
  expect(inflections(word)[0]).toBe(word);
  expect(inflections(word)).toContain(form);
});

test("short words have no other forms", () => {
  expect(inflections("its")).toEqual(["its"]);
});
