import { expect, test } from "vitest";
import {
  allOf,
  anyOf,
  type Expression,
  inField,
  nameFields,
  nothing,
  titleOf,
  wordOf,
} from "#server/search/expression.ts";
import { FEW_WORKS } from "#server/search/index-port.ts";
import { ListLengths } from "./list-lengths.ts";

const words = new Map([
  ["fiction", { names: 0, topics: 9_000 }],
  ["whale", { names: 40, topics: 60 }],
]);
const lengths = new ListLengths({
  word: (word) => words.get(word) ?? { names: 0, topics: 0 },
  heading: () => undefined,
});
const inNames = (part: Expression): Expression => ({ kind: "inFields", fields: nameFields, part });
const all = (...parts: Expression[]) => allOf(parts) ?? nothing;
const any = (...parts: Expression[]) => anyOf(parts) ?? nothing;

test("a walk in names leads nowhere if one of the words is in no name", () => {
  const both = all(wordOf("whale"), wordOf("fiction"));
  expect(lengths.mayMatch(inNames(both))).toBe(false);
  expect(lengths.mayMatch(inNames(any(wordOf("whale"), wordOf("fiction"))))).toBe(true);
  expect(lengths.mayMatch(inField("topic", both))).toBe(true);
  expect(lengths.mayMatch(all(titleOf("whale"), inField("author", wordOf("fiction"))))).toBe(false);
});

test("a word may match where it is not counted: in publishers, and beyond the planes of words", () => {
  expect(lengths.mayMatch(wordOf("penguin"))).toBe(true);
  expect(lengths.mayMatch(inField("publisher", wordOf("penguin")))).toBe(true);
  expect(lengths.mayMatch(inField("title", wordOf("\u{20bb7}")))).toBe(true);
});

test("of words that are all wanted the rarest one tells, of alternatives their sum", () => {
  expect(lengths.lengthOf(all(wordOf("whale"), wordOf("fiction")))).toBe(100);
  expect(lengths.lengthOf(any(wordOf("whale"), wordOf("fiction")))).toBe(9_100);
  expect(lengths.lengthOf(titleOf("whale"))).toBe(FEW_WORKS);
  expect(lengths.lengthOf({ kind: "years", from: 1900, to: undefined })).toBe(
    Number.POSITIVE_INFINITY,
  );
});

test("a word of one field is in no more works than have it there", () => {
  expect(lengths.mostMatches(inField("topic", wordOf("whale")))).toBe(60);
  expect(lengths.mostMatches(inNames(any(wordOf("whale"), wordOf("fiction"))))).toBe(40);
  expect(lengths.mostMatches(all(wordOf("whale"), inField("topic", wordOf("fiction"))))).toBe(100);
  expect(lengths.mostMatches(inField("publisher", wordOf("whale")))).toBe(Number.POSITIVE_INFINITY);
});

test("conditions, what is unwanted and other fields are passed beside the words", () => {
  const works = 100_000;
  const passed = (expression: Expression) => lengths.passedBeside(expression, works);
  const german: Expression = { kind: "value", field: "language", value: "ger" };
  expect(passed(all(wordOf("whale"), wordOf("fiction")))).toBe(0);
  const rare = passed(all(wordOf("whale"), german));
  expect(rare).toBeGreaterThan(lengths.lengthOf(wordOf("whale")));
  // To seek many works takes less than to seek each of them by itself.
  expect(passed(all(wordOf("fiction"), german))).toBeLessThan(90 * rare);
  const unwanted = any(wordOf("guide"), all(wordOf("study"), wordOf("notes")));
  expect(passed({ kind: "except", wanted: wordOf("whale"), unwanted })).toBe(3 * rare);
  expect(passed(inField("topic", wordOf("whale")))).toBe(40);
});

test("of a long list as much is read as a short one beside it makes places to look at", () => {
  expect(lengths.entriesRead(all(wordOf("whale"), wordOf("fiction")))).toBe(100 + 9_000);
  expect(lengths.entriesRead(any(wordOf("whale"), wordOf("fiction")))).toBe(9_100);
  const rare = titleOf("moby dick");
  expect(lengths.entriesRead(all(rare, wordOf("fiction")))).toBe(
    FEW_WORKS + Math.min(9_000, 250 * FEW_WORKS),
  );
});
