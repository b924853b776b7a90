import { expect, test } from "vitest";
import { NearestWords } from "./nearest-words.ts";

function nearest(typed: string, words: readonly [string, number][], limit: number): string[] {
  const found = new NearestWords(typed, limit);
  for (const [word, workCount] of words) {
    found.add(word, workCount);
  }
  return found.words.map(({ word }) => word);
}

const words: [string, number][] = [
  ["prejudice", 900],
  ["prejudiced", 40],
  ["prejudices", 30],
  ["preludise", 3],
  ["prejudise", 2],
  ["umbrella", 500],
];

test("near words of many works come first, the typed one and far ones not at all", () => {
  expect(nearest("prejudise", words, 8)).toEqual([
    "prejudice",
    "preludise",
    "prejudiced",
    "prejudices",
  ]);
});

test("so many as are wanted are the same in whatever order words come", () => {
  for (const limit of [1, 2, 3]) {
    const expected = nearest("prejudise", words, 8).slice(0, limit);
    expect(nearest("prejudise", words, limit)).toEqual(expected);
    expect(nearest("prejudise", words.toReversed(), limit)).toEqual(expected);
  }
});

test("of words that are as likely the alphabet decides", () => {
  const alike: [string, number][] = [
    ["cat", 5],
    ["cab", 5],
    ["cap", 5],
  ];
  expect(nearest("caz", alike, 2)).toEqual(["cab", "cap"]);
});

test("letters that changed places are near, also behind words of more works", () => {
  const short: [string, number][] = [
    ["com", 33],
    ["cim", 12],
    ["cum", 12],
    ["cam", 11],
    ["cea", 28],
    ["cel", 16],
    ["cme", 4],
  ];
  expect(nearest("cem", short, 6)).toContain("cme");
});
