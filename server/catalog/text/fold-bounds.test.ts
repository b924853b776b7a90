/** What holds for every text, however strange: nothing throws, and nothing grows beyond its bound. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compoundTokens } from "./compound-tokens.ts";
import { foldTokens, foldWithSpans, foldWords, squash } from "./fold.ts";
import { nameForms } from "./name-forms.ts";
import { romanTitle, soundsOf } from "./roman-key.ts";
import { romanised } from "./romanised.ts";
import { anyText } from "./testing/any-text.ts";
import { titleKeys } from "./title-keys.ts";

/** ﷺ is eighteen letters; nothing in Unicode stands for more (NFKC, UAX #15). */
const LETTERS_MAX = 18;
const length = (tokens: readonly string[]) => tokens.reduce((sum, token) => sum + token.length, 0);

function expectBounded(text: string): void {
  const size = [...text].length;
  const tokens = foldTokens(text);
  // A run without spaces becomes pairs: each character stands in two tokens.
  expect(length(tokens)).toBeLessThanOrEqual(2 * LETTERS_MAX * size);
  expect(tokens.length).toBeLessThanOrEqual(LETTERS_MAX * size);
  expect(foldWithSpans(text).length).toBe(tokens.length);
  expect(length(foldWords(text))).toBeLessThanOrEqual(LETTERS_MAX * size);
  expect(squash(text).length).toBeLessThanOrEqual(LETTERS_MAX * size);
  expect(titleKeys(text).length).toBeLessThanOrEqual(24);
  expect(nameForms(text).length).toBeLessThanOrEqual(8);
  expect(compoundTokens(text).every((token) => token.length <= 40)).toBe(true);
  expect(soundsOf(text).keys.length).toBeLessThanOrEqual(tokens.length);
  expect(romanTitle(text).length).toBeLessThanOrEqual(tokens.length);
  expect(romanised(text).length).toBeLessThanOrEqual(LETTERS_MAX * size);
}

describe("folding is bounded for", () => {
  test.each([
    ["no text", ""],
    ["NUL", "a\u0000b\u0000".repeat(5_000)],
    ["lone surrogates", "\ud800a\udc00 \udfff\ud800".repeat(3_000)],
    ["marks of direction", "\u202eסֵפֶר\u202c \u200fكتاب\u200e \u2066book\u2069 ".repeat(500)],
    ["families of emoji", "👩‍👩‍👧‍👦🏳️‍🌈 ".repeat(2_000)],
    ["ten thousand combining marks", `a${"\u0301".repeat(10_000)}b`],
    ["marks on nothing", "\u0301\u3099\u0947".repeat(4_000)],
    ["ligatures of many letters", "ﷺ㌀㍿½".repeat(3_000)],
    ["one endless word", "a".repeat(20_000)],
    ["one endless word without spaces", "書".repeat(20_000)],
    ["kana with their marks apart", "カ\u3099ッ\uff9f".repeat(4_000)],
    ["jamo", "\u1112\u1161\u11ab".repeat(4_000)],
    ["initials", "A. B.C. ".repeat(3_000)],
    ["hyphens and apostrophes", "l'a-b’c".repeat(3_000)],
    ["brackets", "([{<".repeat(4_000)],
    ["separators of subtitles", "a: b; c - d, or, e. ".repeat(1_000)],
    ["numbers", "MCMXCIX twenty-one ½ ٣ ".repeat(1_000)],
  ])("%s", (_, text) => {
    expectBounded(text);
  });

  test("any text", () => {
    fc.assert(fc.property(anyText(300), expectBounded), { numRuns: 600 });
  });
});

describe("what can be read in Latin letters", () => {
  test.each([
    ["ノルウェイの森", "noruwei no"],
    ["よつばと!", "yotsubato"],
    ["채식주의자", "chaesikjuuija"],
    ["森の本", ""],
    ["Dune", ""],
  ])("of %s is %j", (text, reading) => {
    expect(romanised(text)).toBe(reading);
  });

  test("is no whole title if something can't be read", () => {
    expect(romanTitle("電撃デイジー 1")).toEqual([]);
    expect(romanTitle("ナルト 1")).toEqual(["naruto", "1"]);
  });
});
