import fc from "fast-check";
import { expect, test } from "vitest";
import { parseQuery } from "#server/catalog/query/parse-query.ts";
import { foldTokens } from "#server/catalog/text/fold.ts";
import { planQuery } from "./plan.ts";

/** The words of a query, each as it stands at the place that the plan gives it. */
function wordsAsTyped(query: string): [token: string, typed: string][] {
  const characters = [...query];
  return planQuery(parseQuery(query).root, query).words.map(({ token, span }) => [
    token,
    characters.slice(span.start, span.end).join(""),
  ]);
}

test.each([
  ["lord of  the   rings", "lord of the rings"],
  ['title:"  the hobbit "', "the hobbit"],
  ["author:(agatha christie)", "agatha christie"],
  ["((hobbit) OR emma) austen", "hobbit emma austen"],
  ["😀 hobbit -  ring -frodo elves", "hobbit ring elves"],
  ["Title:  The  Hobbit Author: Tolkien", "The Hobbit Tolkien"],
])("the words of %s are known by their places", (query, typed) => {
  const words = wordsAsTyped(query);
  expect(words.map(([, word]) => word).join(" ")).toBe(typed);
});

const parts = fc.constantFrom(
  ...'dune ring ( ) - OR | title: author:( subject: " “ ” x(y) year:1950 -emma 9780261103252 é'.split(
    " ",
  ),
  "  ",
);

test("the words of any query are known by their places", () => {
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 20 }), fc.constantFrom(" ", "", "  "), (all, glue) => {
      for (const [token, typed] of wordsAsTyped(all.join(glue))) {
        expect(foldTokens(typed)).toContain(token);
      }
    }),
    { numRuns: 1000 },
  );
});
