import { expect, test } from "vitest";
import { stem } from "./stem.ts";

test.each([
  ["dragon", "dragons"],
  ["story", "stories"],
  ["witch", "witches"],
  ["chase", "chasing"],
  ["run", "running"],
  ["stop", "stopped"],
  ["happy", "happily"],
])("%s and %s are one memory", (one, other) => {
  expect(stem(one)).toBe(stem(other));
});

test.each(["bus", "glass", "this", "red", "king"])("%s stays as it is", (word) => {
  expect(stem(word)).toBe(word);
});
