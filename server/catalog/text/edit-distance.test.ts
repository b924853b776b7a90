import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { editDistance } from "./edit-distance.ts";

/** Optimal string alignment as the textbook has it: the whole table, no limit. */
function naiveDistance(one: string, other: string): number {
  const table = Array.from({ length: one.length + 1 }, (_, row) =>
    Array.from({ length: other.length + 1 }, (_, column) => (row === 0 ? column : row)),
  );
  const at = (row: number, column: number) => table[row]?.[column] ?? 0;
  for (let row = 1; row <= one.length; row++) {
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1];
      let least = Math.min(
        at(row - 1, column) + 1,
        at(row, column - 1) + 1,
        at(row - 1, column - 1) + (isSame ? 0 : 1),
      );
      const isSwap = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (row > 1 && column > 1 && isSwap) {
        least = Math.min(least, at(row - 2, column - 2) + 1);
      }
      const line = table[row];
      if (line !== undefined) {
        line[column] = least;
      }
    }
  }
  return at(one.length, other.length);
}

const word = fc.stringMatching(/^[abc]{0,9}$/);
const limit = fc.integer({ min: 0, max: 4 });

describe("editDistance", () => {
  test.each([
    ["tolkein", "tolkien", 1],
    ["hobit", "hobbit", 1],
    ["dostoevsky", "dostoyevski", 2],
    ["same", "same", 0],
    ["abc", "xyz", 3],
  ])("of %s and %s is %i", (one, other, distance) => {
    expect(editDistance(one, other, 2)).toBe(distance);
  });

  test("agrees with the naive table up to its limit", () => {
    fc.assert(
      fc.property(word, word, limit, (one, other, most) => {
        expect(editDistance(one, other, most)).toBe(Math.min(naiveDistance(one, other), most + 1));
      }),
      { numRuns: 5000 },
    );
  });
});
