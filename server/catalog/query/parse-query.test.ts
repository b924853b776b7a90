import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { QueryNode } from "../catalog.ts";
import { anyText } from "../text/testing/any-text.ts";
import { parseQuery } from "./parse-query.ts";
import { printQuery } from "./testing/print-query.ts";

/** A tree in one line: all(…), any(…), field=words, "phrase", years 1..2, type#identifier. */
function outline(node: QueryNode | undefined): string {
  if (node === undefined) {
    return "nothing";
  }
  const minus = node.excluded ? "-" : "";
  switch (node.kind) {
    case "all":
    case "any":
      return `${minus}${node.kind}(${node.nodes.map(outline).join(", ")})`;
    case "years":
      return `${minus}years ${node.years.from ?? ""}..${node.years.to ?? ""}`;
    case "identifier":
      return `${minus}${node.type}#${node.text}`;
    case "words":
      return `${minus}${node.field === undefined ? "" : `${node.field}=`}${node.text}`;
    case "phrase":
      return `${minus}${node.field === undefined ? "" : `${node.field}=`}"${node.text}"`;
  }
}

const parsed = (query: string) => outline(parseQuery(query).root);
const reasons = (query: string) => parseQuery(query).notices.map(({ reason }) => reason);

describe("parseQuery", () => {
  test.each([
    ["", "nothing"],
    ["  ", "nothing"],
    ["lord of the  rings", "lord of the rings"],
    ['title:dune author:"frank herbert" -movie', 'all(title=dune, author="frank herbert", -movie)'],
    ["by:tolkien series:discworld", "all(author=tolkien, series=discworld)"],
    [
      "Title: The Left Hand of Darkness Author: Le Guin",
      "all(title=The Left Hand of Darkness, author=Le Guin)",
    ],
    ["title:(left hand) x", "all(title=left hand, x)"],
    ["subject:(dragons OR magic)", "any(subject=dragons, subject=magic)"],
    ["lord of the rings OR the hobbit", "any(lord of the rings, the hobbit)"],
    ["cats | dogs|birds || eels", "any(cats, dogs, birds, eels)"],
    ["(a OR b) c", "all(any(a, b), c)"],
    ["-(a OR b) c", "all(-any(a, b), c)"],
    ['a -b -"c d"', 'all(a, -b, -"c d")'],
    ["“smart” «guillemets» „deutsch“", 'all("smart", "guillemets", "deutsch")'],
    ["language:french lang:de language:日本語", "all(language=fre, language=ger, language=jpn)"],
    ["9780261103252", "isbn13#9780261103252"],
    ["isbn:0-261-10325-3", "isbn13#9780261103252"],
    ["9780261103252 0140449132", "any(isbn13#9780261103252, isbn13#9780140449136)"],
    ["https://openlibrary.org/works/OL27448W tolkien", "all(work_key#OL27448W, tolkien)"],
  ])("parses %s", (query, tree) => {
    expect(parsed(query)).toBe(tree);
    expect(reasons(query)).toEqual([]);
  });

  test.each([
    ["year:1984", "years 1984..1984"],
    ["year:1950..1960", "years 1950..1960"],
    ["year:1950-1960", "years 1950..1960"],
    ["year:1950–1960", "years 1950..1960"],
    ["year:1950-60", "years 1950..1960"],
    ["year:1899..05", "years 1805..1899"],
    ["year:1960..1950", "years 1950..1960"],
    ["year:1950..", "years 1950.."],
    ["year:..1960", "years ..1960"],
    ["year:>2000", "years 2001.."],
    ["year:>=2000", "years 2000.."],
    ["year:<1900", "years ..1899"],
    ["year:<= 1900", "years ..1900"],
    ["year:1950s", "years 1950..1959"],
    ["year:-500..100", "years -500..100"],
    ["year: 1984", "years 1984..1984"],
  ])("reads the years of %s", (query, tree) => {
    expect(parsed(query)).toBe(tree);
    expect(reasons(query)).toEqual([]);
  });

  test.each([
    "catch-22",
    "spider-man - the end",
    "--foo",
    "Dune: Messiah",
    "Re:Zero",
    "re:zero",
    "A Brief History of Time: From the Big Bang",
    "language: its structure and use",
    "TRUTH OR DARE",
    "Emma (Oxford World's Classics)",
    "M*A*S*H",
    "Who? me?",
    "E*",
    "what is 5:30?",
    'the 12" mix',
    "don't",
  ])("takes %s for plain words", (query) => {
    expect(parsed(query)).toBe(query);
    expect(reasons(query)).toEqual([]);
  });

  test.each([
    ['a "b c', "unclosed_quote", 2, 3, "a b c"],
    ["a (b", "unmatched_parenthesis", 2, 3, "a b"],
    ["a) b", "unmatched_parenthesis", 1, 2, "a b"],
    ["😀 foo:bar", "unknown_field", 2, 6, "😀 foo:bar"],
    ["tittle:dune", "unknown_field", 0, 7, "tittle:dune"],
    ["year:soon dune", "bad_range", 0, 9, "soon dune"],
    ["language:xyzzy dune", "unknown_language", 0, 14, "xyzzy dune"],
    ["isbn:dune", "bad_isbn", 0, 9, "dune"],
    ["dune OR", "lonely_or", 5, 7, "dune OR"],
    ["OR dune", "lonely_or", 0, 2, "OR dune"],
    ["| dune", "lonely_or", 0, 1, "dune"],
    ["-dune", "only_exclusions", 0, 5, "-dune"],
    ["cats OR dogs -x OR -birds", "excluded_alternative", 19, 25, "any(cats, all(dogs, -x))"],
    ["()", "empty_parentheses", 0, 2, "nothing"],
    ["a -( ) b", "empty_parentheses", 3, 6, "a b"],
    ['a " " b', "empty_quotes", 2, 5, "a b"],
    ["title:dune author:", "empty_field", 11, 18, "all(title=dune, author:)"],
    ["😀 a AND b", "word_operator", 4, 7, "😀 a AND b"],
    ["a NOT b", "word_operator", 2, 5, "a NOT b"],
    ["dun*", "no_wildcard", 3, 4, "dun*"],
    ["d?ne", "no_wildcard", 1, 2, "d?ne"],
    ["a dune~2", "no_wildcard", 6, 8, "a dune~2"],
    ["http://example.com/a:b c", "unknown_link", 0, 22, "http://example.com/a:b c"],
    ["year:0 a", "bad_range", 0, 6, "0 a"],
    ["lccn:1 a", "bad_identifier", 0, 5, "lccn:1 a"],
    ["isbn:978026110325", "bad_isbn", 0, 17, "isbn13#978026110325"],
    ["isbn:9780261103253", "invalid_check_digit", 0, 18, "isbn13#9780261103253"],
  ])("searches %s all the same, and remarks %s", (query, reason, start, end, tree) => {
    expect(parsed(query)).toBe(tree);
    expect(parseQuery(query).notices).toEqual([
      { reason, message: expect.stringMatching(/\.$|\?$/), span: { start, end } },
    ]);
  });

  test("names the field that a mistyped one was meant to be", () => {
    expect(parseQuery("tittle:dune").notices[0]?.message).toContain('"title:"');
  });

  test("points at what it found, in code points", () => {
    const query = '𝒜 title:dune "é à" -(x y)';
    const root = parseQuery(query).root;
    const nodes = root?.kind === "all" ? root.nodes : [];
    const characters = [...query];
    expect(nodes.map(({ span }) => characters.slice(span.start, span.end).join(""))).toEqual([
      "𝒜",
      "title:dune",
      '"é à"',
      "-(x y)",
    ]);
  });

  test("ignores parentheses more than ten deep", () => {
    expect(parsed(`${"(".repeat(12)}a OR b${")".repeat(12)} c`)).toBe("all(any(a, b), c)");
    expect(reasons(`${"(".repeat(12)}a OR b${")".repeat(12)} c`)).toContain("too_deep");
  });

  test("ignores parts after the sixty-fourth", () => {
    const query = Array.from({ length: 70 }, (_, place) => `title:w${place}`).join(" ");
    const { root, notices } = parseQuery(query);
    expect(root?.kind === "all" ? root.nodes.length : 0).toBe(64);
    expect(notices.map(({ reason }) => reason)).toEqual(["too_many_terms"]);
  });

  test("reads a long description as one run of words", () => {
    const query = "a book about a boy who eats a forest ".repeat(50).trim();
    expect(parseQuery(query)).toMatchObject({ root: { kind: "words", text: query }, notices: [] });
  });
});

const pieces = fc.constantFrom(
  ...'dune lord of OR | ( ) - " “ ” « » title: author: year: year:>1950 year:1950..1960 isbn: language:fr language: subject:( foo: Re: 9780261103252 0261103253 OL1W -x -( "a b" -"c" 😀 é の http://x/ ) ) ( ( : , \''.split(
    " ",
  ),
  " ",
  "  ",
);
const anyQuery = fc.oneof(
  fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join(" ")),
  fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join("")),
  anyText(80),
);

function check(node: QueryNode, size: number, depth: number): number {
  expect(node.span.start).toBeGreaterThanOrEqual(0);
  expect(node.span.end).toBeGreaterThan(node.span.start);
  expect(node.span.end).toBeLessThanOrEqual(size);
  // Each pair of parentheses adds an "any" and an "all" at most.
  expect(depth).toBeLessThanOrEqual(22);
  if (node.kind !== "all" && node.kind !== "any") {
    return 1;
  }
  expect(node.nodes.length).toBeGreaterThan(0);
  return node.nodes.reduce((count, inner) => count + check(inner, size, depth + 1), 0);
}

describe("any query", () => {
  test("is parsed within its bounds", () => {
    fc.assert(
      fc.property(anyQuery, (query) => {
        const { root, notices } = parseQuery(query);
        const size = [...query].length;
        if (root !== undefined) {
          expect(check(root, size, 0)).toBeLessThanOrEqual(64 + 200);
        }
        expect(notices.length).toBeLessThanOrEqual(20);
        for (const { span } of notices) {
          expect(span?.end).toBeGreaterThan(span?.start ?? size);
          expect(span?.end).toBeLessThanOrEqual(size);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test("takes time in proportion to its length", () => {
    const units = [
      "(",
      ")",
      "(a ",
      '"',
      "-",
      "a|",
      "OR ",
      "title:",
      "title:(",
      "x:y ",
      "978 ",
      "-(a OR ",
      "year:1 ",
    ];
    for (const unit of units) {
      const { notices } = parseQuery(unit.repeat(20_000));
      expect(notices.length).toBeLessThanOrEqual(20);
    }
  });

  test("is printed in a form that parses to the same again", () => {
    fc.assert(
      fc.property(anyQuery, (query) => {
        const { root } = parseQuery(query);
        if (root === undefined) {
          return;
        }
        const printed = printQuery(root);
        const again = parseQuery(printed).root;
        expect(again === undefined ? "" : printQuery(again)).toBe(printed);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("printQuery", () => {
  test.each([
    'title:dune author:"frank herbert" -movie',
    "a OR b c",
    "(a OR b) c",
    "-(a OR title:b) c",
    "title:(left hand)",
    "year:1950..1960 year:2001.. year:..1899 year:1984",
    "language:fre isbn:9780261103252",
    "OL27448W OR goodreads:5907",
  ])("gives back %s", (query) => {
    const { root } = parseQuery(query);
    expect(root === undefined ? "" : printQuery(root)).toBe(query);
  });
});
