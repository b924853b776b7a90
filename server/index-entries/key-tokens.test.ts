import fc from "fast-check";
import { expect, test } from "vitest";
import {
  authorToken,
  demotedToken,
  isInYears,
  languageToken,
  publisherToken,
  seriesToken,
  subjectToken,
  titleToken,
  yearRangeTokens,
  yearTokens,
} from "./key-tokens.ts";

const codePoints = (token: string | undefined) => [...(token ?? "")].length;

test("what has few values takes one code point, what has millions two", () => {
  expect([languageToken("eng"), demotedToken, ...yearTokens(1954)].map(codePoints)).toEqual([
    1, 1, 1, 1, 1,
  ]);
  expect(
    [authorToken("OL26320A"), titleToken("dune"), subjectToken("dune"), seriesToken("dune")].map(
      codePoints,
    ),
  ).toEqual([2, 2, 2, 2]);
});

test("the same text as title, subject, series and publisher has different tokens", () => {
  const tokens = [titleToken, subjectToken, seriesToken, publisherToken].map((of) => of("dune"));
  expect(new Set(tokens).size).toBe(4);
});

test("different languages, years and authors have different tokens", () => {
  const tokens = ["eng", "ger", "zxx"].map(languageToken);
  for (let year = -200; year <= 2030; year++) {
    tokens.push(yearTokens(year)[0]);
  }
  for (const number of [1, 26320, 14_717_841, 99_999_999_999]) {
    tokens.push(authorToken(`OL${number}A`));
  }
  const defined = tokens.filter((token) => token !== undefined);
  expect(new Set(defined).size).toBe(defined.length);
});

test("what is no language or author key has no token", () => {
  expect([languageToken("en"), languageToken("EN1"), authorToken("OL1W")]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test("a range of years covers exactly its years", () => {
  const year = fc.integer({ min: -600, max: 2100 });
  fc.assert(
    fc.property(year, fc.integer({ min: 0, max: 400 }), year, (from, length, probe) => {
      const range = new Set(yearRangeTokens(from, from + length));
      const isIn = yearTokens(probe).some((token) => range.has(token));
      expect(isIn).toBe(probe !== 0 && probe >= from && probe <= from + length);
      expect(isInYears(probe, from, from + length)).toBe(isIn);
    }),
  );
});

test("a long range is a few tokens", () => {
  expect(yearRangeTokens(1801, 1999).length).toBeLessThan(40);
  expect(yearRangeTokens(undefined, undefined).length).toBeLessThan(200);
});
