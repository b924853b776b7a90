import { expect, test } from "vitest";
import { beginningToken } from "#server/index-entries/beginnings.ts";
import { titleToken } from "#server/index-entries/key-tokens.ts";
import { type Expression, nameFields, wordOf } from "#server/search/expression.ts";
import { toQuery } from "./query-dsl.ts";

const dune = wordOf("dune");
const inNames = (part: Expression): Expression => ({ kind: "inFields", fields: nameFields, part });

test("a word is one list, wherever it may stand", () => {
  expect(toQuery(dune)).toEqual({ term: { anywhere: "dune" } });
  expect(toQuery(inNames(dune))).toEqual({ term: { names: "dune" } });
  expect(toQuery({ kind: "inFields", fields: ["author"], part: inNames(dune) })).toEqual({
    term: { author: "dune" },
  });
});

test("exact things are keys, which no field of words has", () => {
  const title: Expression = { kind: "title", key: "dune" };
  expect(toQuery(title)).toEqual({ term: { key: titleToken("dune") } });
  expect(toQuery(inNames(title))).toEqual({ match_none: {} });
  expect(toQuery({ kind: "value", field: "language", value: "english" })).toEqual({
    match_none: {},
  });
});

test("what is still being typed is looked for where readers type it", () => {
  const begun: Expression = { kind: "prefix", letters: "du" };
  expect(toQuery(begun)).toEqual({ term: { names: beginningToken("du") } });
  expect(toQuery({ kind: "inFields", fields: ["topic"], part: begun })).toEqual({
    match_none: {},
  });
});

test("parts are filters, and none of them scores", () => {
  const query = toQuery({
    kind: "except",
    wanted: { kind: "all", parts: [dune, { kind: "any", parts: [wordOf("a"), wordOf("b")] }] },
    unwanted: { kind: "demoted" },
  });
  expect(query).toMatchObject({
    bool: { filter: [{ bool: { filter: [{}, {}] } }], must_not: [{}] },
  });
  expect(JSON.stringify(query)).toContain('"minimum_should_match":1');
  expect(toQuery({ kind: "everything" })).toEqual({ match_all: {} });
  expect(toQuery({ kind: "any", parts: [] })).toEqual({ match_none: {} });
});
