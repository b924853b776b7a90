import { expect, test } from "vitest";
import { languageToken } from "#server/index-entries/key-tokens.ts";
import {
  allOf,
  anyOf,
  type Expression,
  everything,
  inField,
  nothing,
  wordOf,
} from "#server/search/expression.ts";
import { fenceToken, nextFence } from "../fences.ts";
import { toFts5 } from "./fts5.ts";

const fence = nextFence(0);
const orFence = `OR "${fenceToken(fence)}"`;

function all(...parts: Expression[]): Expression {
  return allOf(parts) ?? nothing;
}

test("parts that are all wanted have the fence as an alternative, one part needs none", () => {
  const both = all(wordOf("old"), wordOf("sea"));
  expect(toFts5(both)).toBe('("old" AND "sea")');
  expect(toFts5(both, fence)).toBe(`(("old" ${orFence}) AND ("sea" ${orFence}))`);
  expect(toFts5(all(wordOf("sea")), fence)).toBe('"sea"');
});

test("a long list is moved only to what the short ones have together", () => {
  const lengths = new Map([
    ["history", 90_000],
    ["koumo", 300],
    ["about", 4_000],
  ]);
  const lengthOf = (part: Expression) => (part.kind === "word" ? (lengths.get(part.word) ?? 0) : 0);
  const known = { lengthOf, mostMatches: lengthOf };
  const words = all(wordOf("about"), wordOf("history"), wordOf("koumo"));
  const [koumo, about, history] = ["koumo", "about", "history"].map((w) => `("${w}" ${orFence})`);
  expect(toFts5(words, fence, known)).toBe(`(((${koumo} AND ${about}) ${orFence}) AND ${history})`);
  // At the end of the index there is no fence; an OR with nothing keeps the two ANDs apart.
  expect(toFts5(words, undefined, known)).toMatch(
    /^\(\(\("koumo" AND "about"\) OR "[^"]+"\) AND "history"\)$/,
  );
  lengths.set("history", 5_000);
  expect(toFts5(words, undefined, known)).toBe(toFts5(words));
});

test("what is unwanted ends behind the walk, or the walk would not stop at its fence", () => {
  const unwanted = all(wordOf("new"), wordOf("man"));
  const expression: Expression = { kind: "except", wanted: wordOf("old"), unwanted };
  const behind = `OR "${fenceToken(nextFence(fence + 1))}"`;
  expect(toFts5(expression, fence)).toBe(`("old" NOT (("new" ${behind}) AND ("man" ${behind})))`);
});

test("words that are unwanted together are looked for only where the shortest wanted list is", () => {
  const lengths = new Map([
    ["sea", 9_000],
    ["pequod", 3],
  ]);
  const lengthOf = (part: Expression) => (part.kind === "word" ? (lengths.get(part.word) ?? 0) : 0);
  const known = { lengthOf, mostMatches: lengthOf };
  const wanted = all(wordOf("sea"), wordOf("pequod"));
  const unwanted = anyOf([all(wordOf("study"), wordOf("guide")), wordOf("film")]) ?? nothing;
  expect(toFts5({ kind: "except", wanted, unwanted }, undefined, known)).toBe(
    '(("sea" AND "pequod") NOT (("pequod" AND "study" AND "guide") OR "film"))',
  );
});

test("a word of one field stops at a fence, too", () => {
  expect(toFts5(inField("topic", wordOf("sea")))).toBe('{topic} : ("sea")');
  expect(toFts5(inField("topic", wordOf("sea")), fence)).toBe(`{topic} : ("sea" ${orFence})`);
});

test("values are their tokens, and those that no work can have match nothing", () => {
  const language = (value: string): Expression => ({ kind: "value", field: "language", value });
  expect(toFts5(language("ger"))).toBe(`"${languageToken("ger")}"`);
  expect(toFts5(anyOf([language("ger"), language("German")]) ?? nothing)).toBe(
    `("${languageToken("ger")}" OR ${toFts5(nothing)})`,
  );
  expect(toFts5({ kind: "years", from: 5, to: 4 })).toBe(toFts5(nothing));
});

test("FTS5 has no expression for all works", () => {
  expect(() => toFts5(everything)).toThrow("all works");
});
