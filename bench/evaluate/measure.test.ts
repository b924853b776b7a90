import { expect, test } from "vitest";
import { judgeBars } from "./bars.ts";
import type { Finder } from "./finder.ts";
import { runQueries, scoreClasses } from "./measure.ts";
import type { EvaluatedQuery } from "./query-set.ts";

/** Finds for each query the keys that it lists. */
const reader: Finder = {
  name: "reader",
  find: async ({ text }) => ({
    keys: text === "" ? [] : text.split(" "),
    duplicates: text === "" ? [] : text.split(" ").map((key) => [`${key}-copy`]),
    cutShort: false,
  }),
  [Symbol.asyncDispose]: async () => {},
};

function aQuery(text: string, accepted: string): EvaluatedQuery {
  return { className: "title/head", text, accepted: new Set([accepted]), unfinished: false };
}

test("scores say where the accepted work came", async () => {
  const queries = [
    aQuery("a b c", "a"),
    aQuery("a b c", "b"),
    aQuery("a b c", "z"),
    aQuery("", "a"),
  ];
  const [score] = scoreClasses(await runQueries(reader, queries));
  expect(score).toMatchObject({
    count: 4,
    success1: 0.25,
    success5: 0.5,
    reciprocalRank: 0.375,
    zeroRate: 0.25,
    mergedFirst: 0,
  });
});

test("a work that was merged into the first result is told, not counted", async () => {
  const [score] = scoreClasses(await runQueries(reader, [aQuery("a b", "a-copy")]));
  expect(score).toMatchObject({ success1: 0, mergedFirst: 1 });
});

test("a class below its bar is named", async () => {
  const scores = scoreClasses(await runQueries(reader, [aQuery("a b", "b")]));
  expect(judgeBars(scores).map(({ holds, measured }) => [holds, measured])).toEqual([
    [false, "0.0000"],
    [false, "title/head 0.000"],
    [true, "lowest 1.000"],
  ]);
});
