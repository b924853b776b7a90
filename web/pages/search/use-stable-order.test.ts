import { expect, test } from "vitest";
import { inOrder } from "./use-stable-order.ts";

const named = (...values: string[]) => values.map((value) => ({ value }));

test("values keep the places they had, and new ones come after them", () => {
  // The server sends what is chosen first.
  expect(inOrder(named("c", "a", "d", "b"), ["a", "b", "c"])).toEqual(named("a", "b", "c", "d"));
});

test("values that are gone leave no gap", () => {
  expect(inOrder(named("c", "a"), ["a", "b", "c"])).toEqual(named("a", "c"));
});
