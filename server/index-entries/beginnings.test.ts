import fc from "fast-check";
import { expect, test } from "vitest";
import { titleLetters } from "#server/catalog/text/title-letters.ts";
import { titleBeginnings, titleBeginningToken } from "./beginnings.ts";

test.each([
  ["the lord of the rings", "lordoftherings"],
  ["fellowship of the ring|being the first part", "fellowshipoftheringbeingthefirstpart"],
  ["the", "the"],
  ["", ""],
])("the letters of “%s” are %s", (folded, letters) => {
  expect(titleLetters(folded)).toBe(letters);
});

test("a title is found by any of its beginnings of two letters or more", () => {
  const word = fc.stringMatching(/^[a-zа-я0-9]{1,9}$/u);
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), fc.nat(40), (words, length) => {
      const letters = titleLetters(words.join(" "));
      const typed = letters.slice(0, 2 + length);
      const token = titleBeginningToken(typed);
      if (typed.length < 2) {
        expect(token).toBeUndefined();
      } else {
        expect(titleBeginnings([letters]).split(" ")).toContain(token);
      }
    }),
  );
});

test("editions of one title add nothing to the index", () => {
  const one = titleBeginnings(["nineteeneightyfour"]);
  expect(titleBeginnings(["nineteeneightyfour", "nineteeneightyfour"])).toBe(one);
});
