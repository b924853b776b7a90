import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  emptySearch,
  filterFields,
  formatSearch,
  isEmpty,
  orderNames,
  pagesMax,
  parseSearch,
  type Search,
  toRequest,
} from "./search-params.ts";

const text = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 12 })
  .map((s) => s.toWellFormed());

const values = fc
  .uniqueArray(text, { maxLength: 6 })
  .chain((all) =>
    fc.nat(all.length).map((at) => ({ anyOf: all.slice(0, at), noneOf: all.slice(at) })),
  );

const year = fc.option(fc.integer({ min: -5000, max: 3000 }), { nil: undefined });

const searches: fc.Arbitrary<Search> = fc.record({
  query: fc.string({ unit: "grapheme", maxLength: 40 }).map((s) => s.toWellFormed()),
  filter: fc.record({
    author: values,
    language: values,
    subject: values,
    series: values,
    publisher: values,
  }),
  from: year,
  to: year,
  hideDemoted: fc.boolean(),
  order: fc.constantFrom(...orderNames),
  verbatim: fc.boolean(),
  pages: fc.integer({ min: 1, max: pagesMax }),
});

describe("the address of a search", () => {
  test("is read back as the search it was written from", () => {
    fc.assert(
      fc.property(searches, (search) => {
        expect(parseSearch(formatSearch(search))).toEqual(search);
      }),
    );
  });

  test("gives a search within the API's limits, whatever stands in it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (queryString) => {
        const search = parseSearch(queryString);
        expect([...search.query].length).toBeLessThanOrEqual(2000);
        expect(search.pages).toBeGreaterThanOrEqual(1);
        expect(parseSearch(formatSearch(search))).toEqual(search);
      }),
    );
  });

  test("is short and readable", () => {
    const search: Search = {
      ...emptySearch(),
      query: "dune",
      filter: {
        ...emptySearch().filter,
        author: { anyOf: ["OL79034A"], noneOf: [] },
        subject: { anyOf: [], noneOf: ["Fiction"] },
      },
      from: 1960,
      to: 1969,
      order: "newest",
      pages: 2,
      verbatim: true,
    };
    expect(formatSearch(search)).toBe(
      "q=dune&author=OL79034A&not-subject=Fiction&from=1960&to=1969&order=newest&exact&pages=2",
    );
    expect(formatSearch(emptySearch())).toBe("");
  });

  test("leaves out what doesn't fit instead of failing", () => {
    const search = parseSearch(
      "order=best&pages=0&from=later&to=99999&author=&author=A&not-author=A",
    );
    expect(search).toEqual({
      ...emptySearch(),
      filter: { ...emptySearch().filter, author: { anyOf: ["A"], noneOf: [] } },
    });
    expect(parseSearch(`q=${"a".repeat(3000)}`).query).toHaveLength(2000);
    const many = Array.from({ length: 30 }, (_, index) => `series=${index}`).join("&");
    expect(parseSearch(many).filter.series.anyOf).toHaveLength(20);
  });
});

test("only a search that asks for nothing is the first page", () => {
  expect(isEmpty(parseSearch(""))).toBe(true);
  expect(isEmpty(parseSearch("q=%20&pages=3"))).toBe(true);
  expect(isEmpty(parseSearch("order=popularity"))).toBe(false);
  for (const field of filterFields) {
    expect(isEmpty(parseSearch(`not-${field}=x`))).toBe(false);
  }
});

test("a request leaves open what the address leaves open", () => {
  const request = toRequest(parseSearch("q=emma&from=1800"), true, ["en"]);
  expect(request).toMatchObject({
    query: "emma",
    unfinished: true,
    verbatim: false,
    pageToken: "",
  });
  expect(request.filter.published).toEqual({ from: 1800 });
});
