import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { soundKey } from "./sound-key.ts";

describe("soundKey", () => {
  test.each([
    "rackman rackham",
    "filosofer philosopher",
    "knight night nite",
    "tolkien tolkein tolkin",
    "physics fisiks",
    "psychology sikology",
    "christie cristy kristie",
    "laugh laf",
    "quick kwik",
    "wright right",
    "catherine katherine kathryn",
    "jeffrey geoffrey",
    "nation nashun",
    "stephen steven",
    "chaos kaos",
  ])("is the same for %s", (words) => {
    expect(new Set(words.split(" ").map(soundKey)).size).toBe(1);
  });

  test.each(["tolkien tolstoy", "dickens darwin", "house mouse", "smith jones"])(
    "is not the same for %s",
    (words) => {
      expect(new Set(words.split(" ").map(soundKey)).size).toBe(2);
    },
  );

  test("is empty for figures and other scripts, and never throws", () => {
    expect(soundKey("1984")).toBe("");
    expect(soundKey("の森")).toBe("");
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,60}$/), (token) => {
        expect(soundKey(token)).toMatch(/^[a-z]*$/);
      }),
      { numRuns: 2000 },
    );
  });
});
