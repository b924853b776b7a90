import fc from "fast-check";
import { expect, test } from "vitest";
import { anyText } from "#server/catalog/text/testing/any-text.ts";
import { readsLike, wordsOf } from "./other-titles.ts";

test("every title reads like its own words", () => {
  fc.assert(
    fc.property(anyText(12), (text) => {
      const words = wordsOf(text);
      if (words !== "") {
        expect(readsLike(text, { words, keys: new Set() })).toBe(true);
      }
    }),
    { numRuns: 2_000 },
  );
});
