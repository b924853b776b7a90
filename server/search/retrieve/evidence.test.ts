import { describe, expect, test } from "vitest";
import type { WordMatch } from "#server/catalog/ranking/compare-words.ts";
import type { RankedWork } from "#server/catalog/ranking/ranked-work.ts";
import { hasEvidence, hasWordAsTyped } from "./evidence.ts";

const match = (way: WordMatch["way"], word: string, bits: number): WordMatch => ({
  way,
  word,
  bits,
  position: 0,
  length: 1,
});
const typed = match("words", "lighthouse", 0);
const letter = match("words", "z", 0);
const plainSlip = match("spelling", "lighthose", 5);
const farSlip = match("spelling", "penguyne", 11);

/** A book that lacks words of a query, and has the others in its title so. */
function lacking(...matches: (WordMatch | undefined)[]): RankedWork {
  const criteria = {
    words: -30,
    asking: 0,
    typos: 0,
    begun: 0,
    exactness: 0,
    coverage: 0,
    order: 0,
    field: 0,
    popularity: 0,
    demotion: 0,
  };
  const words = matches.map((found) => ({
    field: found === undefined ? ("none" as const) : ("title" as const),
    match: found,
  }));
  const exact = { exactTitle: false, exactAuthor: false, holdsTitle: false };
  return { id: 1, score: 0, criteria, words, title: 0, ...exact };
}

describe("of a query whose other words were given up", () => {
  test("a small word is no evidence, alone", () => {
    const small = match("words", "the", 0);
    expect(hasEvidence(lacking(small, undefined))).toBe(false);
    expect(hasWordAsTyped(lacking(small, undefined))).toBe(false);
    expect(hasEvidence(lacking(small, typed, undefined))).toBe(true);
  });

  test.each([
    ["a word as typed", lacking(typed, undefined, undefined), true, true],
    ["a plain slip", lacking(plainSlip, undefined), true, false],
    ["a word that hardly resembles", lacking(farSlip, undefined, undefined), false, false],
    ["a letter that is left of a word taken apart", lacking(letter, undefined), true, false],
    ["two that hardly resemble", lacking(farSlip, farSlip, undefined), true, false],
  ])("%s", (_, book, isEvidence, isTyped) => {
    expect([hasEvidence(book), hasWordAsTyped(book)]).toEqual([isEvidence, isTyped]);
  });
});
