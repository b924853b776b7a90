import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { BookField, QueryNodeSchema } from "#proto/bookfinder/v1/search_pb.ts";
import { understood } from "./understood.ts";

type Node = MessageInitShape<typeof QueryNodeSchema>;

const word = (text: string): Node => ({ kind: { case: "term", value: { text } } });
const all = (...nodes: Node[]) =>
  create(QueryNodeSchema, { kind: { case: "all", value: { nodes } } });

test("words alone need no explanation", () => {
  expect(understood(undefined)).toEqual([]);
  expect(understood(create(QueryNodeSchema, word("emma")))).toEqual([]);
  expect(understood(all(word("war"), word("peace")))).toEqual([]);
});

test("fields, phrases, years and exclusions are said in words", () => {
  const parts = understood(
    all(
      { kind: { case: "term", value: { text: "woolf", field: BookField.AUTHOR } } },
      { ...word("orlando"), excluded: true },
      { kind: { case: "term", value: { text: "to the lighthouse", phrase: true } } },
      { kind: { case: "term", value: { years: { from: 1920, to: 1940 } } } },
      { kind: { case: "term", value: { years: { to: -1 } } } },
      { kind: { case: "term", value: { text: "9780141439518", identifierType: "isbn13" } } },
    ),
  );
  expect(parts.map(({ text, isExcluded }) => (isExcluded ? `− ${text}` : text))).toEqual([
    "author: woolf",
    "− orlando",
    "“to the lighthouse”",
    "from 1920 until 1940",
    "until 1 BC",
    "ISBN: 9780141439518",
  ]);
});

test("alternatives stay together", () => {
  const either = create(QueryNodeSchema, {
    kind: { case: "any", value: { nodes: [word("hamlet"), all(word("a"), word("b"))] } },
  });
  expect(understood(either)).toEqual([{ text: "hamlet or (a and b)", isExcluded: false }]);
});
