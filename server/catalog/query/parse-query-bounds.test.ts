/** What holds for every query, however it came about. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { BookField, QueryNode } from "../catalog.ts";
import { anyText } from "../text/testing/any-text.ts";
import { parseQuery } from "./parse-query.ts";
import { queryTokens } from "./query-tokens.ts";
import { printQuery } from "./testing/print-query.ts";

/** Units from which hostile queries are made by repetition. */
const hostile = [
  ..."()[]{}\"'«„「‹-|:.,;/#&*\\",
  "(a ",
  "-(a OR ",
  "OR ",
  "title:",
  "title:(",
  "x:y ",
  "year:1..2 ",
  "978 ",
  "97 8-",
  "isbn ",
  "https://",
  "http://a/",
  "()",
  "(()",
  ")(",
  "“a ",
  "a\u0301",
  "\u200d",
  "👩‍👩‍👧",
  "\u0000",
  "\u202e",
  "\ud800",
  "\udc00",
];

describe("a hostile query", () => {
  test.each(hostile)("of %j is parsed within bounds", (unit) => {
    const { root, notices } = parseQuery(unit.repeat(5_000));
    expect(notices.length).toBeLessThanOrEqual(20);
    if (root === undefined) {
      return;
    }
    const { nodes, depth } = sizeOf(root);
    expect(nodes).toBeLessThanOrEqual(64 + 200 + 64);
    expect(depth).toBeLessThanOrEqual(22);
  });

  test.each(hostile)("of %j is read a bounded number of times", (unit) => {
    const reads = (length: number) => {
      let count = 0;
      const characters = [...unit.repeat(length)].slice(0, length);
      const watched = new Proxy(characters, {
        get(target, key, receiver) {
          if (typeof key === "string" && /^\d+$/.test(key)) {
            count += 1;
          }
          return Reflect.get(target, key, receiver);
        },
      });
      expect(queryTokens(watched, []).length).toBeLessThanOrEqual(length);
      return count / length;
    };
    expect(reads(4_000)).toBeLessThanOrEqual(reads(500) + 4);
  });

  test("of ten thousand combining marks is a word at most", () => {
    const { root } = parseQuery(`a${"\u0301".repeat(10_000)}`);
    expect(root?.kind).toBe("words");
  });
});

function sizeOf(node: QueryNode): { nodes: number; depth: number } {
  if (node.kind !== "all" && node.kind !== "any") {
    return { nodes: 1, depth: 1 };
  }
  const inner = node.nodes.map(sizeOf);
  return {
    nodes: 1 + inner.reduce((sum, { nodes }) => sum + nodes, 0),
    depth: 1 + Math.max(...inner.map(({ depth }) => depth)),
  };
}

const span = { start: 0, end: 1 };
const wordText = fc
  .array(fc.constantFrom("dune", "lord", "of", "the", "22", "émile", "война", "世界"), {
    minLength: 1,
    maxLength: 4,
  })
  .map((words) => words.join(" "));
const fieldName = fc.constantFrom<BookField>("title", "author", "subject", "series", "publisher");
const year = fc.integer({ min: -5000, max: 3000 });
/** A word in small letters comes first, so that an OR is none of a shouted title. */
const start: QueryNode = { kind: "words", field: undefined, text: "dune", excluded: false, span };

const field = fc.option(fieldName, { nil: undefined });
const at = { excluded: fc.constant(false), span: fc.constant(span) };
const leaf: fc.Arbitrary<QueryNode> = fc.oneof(
  fc.record({ kind: fc.constantFrom("words", "phrase"), field, text: wordText, ...at }),
  fc.record({
    kind: fc.constant("years"),
    years: fc.tuple(year, year).map(([one, other]) => ({
      from: Math.min(one, other),
      to: Math.max(one, other),
    })),
    ...at,
  }),
  fc.constantFrom<QueryNode>(
    { kind: "words", field: "language", text: "fre", excluded: false, span },
    { kind: "identifier", type: "isbn13", text: "9780261103252", excluded: false, span },
  ),
);

/** Trees as the parser makes them: groups of two and more, never one inside its like. */
function treeOf(depth: number): fc.Arbitrary<QueryNode> {
  if (depth === 0) {
    return leaf;
  }
  const inner = fc.tuple(treeOf(depth - 1), fc.boolean());
  const group = fc
    .tuple(
      fc.constantFrom("all" as const, "any" as const),
      fc.array(inner, { minLength: 1, maxLength: 4 }),
    )
    .map(([kind, parts]): QueryNode => {
      const nodes: QueryNode[] = [start];
      for (const [part, excluded] of parts) {
        const before = nodes.at(-1);
        const isGroup = part.kind === "all" || part.kind === "any";
        const node = { ...part, excluded: excluded && kind === "all" };
        // The parser would make one of them.
        const joins =
          before !== undefined &&
          ((isPlain(before) && isPlain(node)) ||
            (before.kind === "identifier" && node.kind === "identifier"));
        if (part.kind === kind || (joins && kind === "all") || (isGroup && part.excluded)) {
          continue;
        }
        nodes.push(node);
      }
      return nodes.length === 1 ? start : { kind, nodes, excluded: false, span };
    });
  return fc.oneof(leaf, group);
}

function isPlain(node: QueryNode): boolean {
  return node.kind === "words" && node.field === undefined && !node.excluded;
}

function withoutSpans(node: QueryNode | undefined): unknown {
  if (node === undefined) {
    return undefined;
  }
  const { span: _, ...rest } = node;
  if (rest.kind !== "all" && rest.kind !== "any") {
    return rest;
  }
  return { ...rest, nodes: rest.nodes.map(withoutSpans) };
}

describe("a tree", () => {
  test("is what its printed form parses to", () => {
    fc.assert(
      fc.property(treeOf(3), (tree) => {
        const printed = printQuery(tree);
        expect(withoutSpans(parseQuery(printed).root), printed).toEqual(withoutSpans(tree));
        expect(parseQuery(printed).notices, printed).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  test("parsed of any text, printed and parsed again, is the same", () => {
    fc.assert(
      fc.property(anyText(60), (text) => {
        const { root } = parseQuery(text);
        if (root === undefined) {
          return;
        }
        const again = parseQuery(printQuery(root)).root;
        expect(again === undefined ? "" : printQuery(again)).toBe(printQuery(root));
      }),
      { numRuns: 1000 },
    );
  });
});
