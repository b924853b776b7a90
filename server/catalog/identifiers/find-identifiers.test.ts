import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyText } from "../text/testing/any-text.ts";
import { findIdentifiers, readIsbn } from "./find-identifiers.ts";

const found = (query: string) =>
  findIdentifiers(query).map(
    ({ type, text, valid }) => `${type}:${text}${valid ? "" : " (wrong)"}`,
  );

const fellowship = "isbn13:9780261103252";

describe("findIdentifiers", () => {
  test.each([
    "9780261103252",
    "978-0-261-10325-2",
    "978–0–261–10325–2",
    "978 0 261 10325 2",
    "978_0_261_10325_2",
    "9 780261 103252",
    "ISBN: 978-0261103252",
    "isbn13 9780261103252",
    "ISBN-10: 0261103253",
    "urn:isbn:9780261103252",
    "９７８０２６１１０３２５２",
    "]E09780261103252",
    "(01)09780261103252",
    "978026110325250999",
    "9780261103252 (pbk.) : $12.95",
    "0261103253",
    "0-261-10325-3",
    "0 261 10325 3",
    "https://www.amazon.com/Lord-Rings/dp/0261103253/ref=sr_1_1?keywords=x",
    "https://books.google.com/books?vid=ISBN0261103253",
    "https://openlibrary.org/isbn/9780261103252",
    "https://bookshop.org/p/books/the-lord/9780261103252",
  ])("reads the ISBN of %s, and takes all of it", (query) => {
    expect(found(query)).toEqual([fellowship]);
    const [identifier] = findIdentifiers(query);
    expect(identifier).toMatchObject({ start: 0, end: [...query].length, proposals: [] });
  });

  test.each([
    ["080442957x", "isbn13:9780804429573"],
    ["OL27448W", "work_key:OL27448W"],
    ["/works/ol27448w", "work_key:OL27448W"],
    ["OL51708686M", "edition_key:OL51708686M"],
    ["https://openlibrary.org/authors/OL26320A/J.R.R._Tolkien", "author_key:OL26320A"],
    ["https://www.goodreads.com/book/show/5907.The_Hobbit?from_search=true", "goodreads:5907"],
    ["https://www.goodreads.com/en/book/show/5907-the-hobbit", "goodreads:5907"],
    ["https://www.amazon.co.uk/dp/B0026REBFK", "amazon:B0026REBFK"],
    ["https://www.worldcat.org/title/hobbit/oclc/317850", "oclc:317850"],
    ["https://search.worldcat.org/title/317850", "oclc:317850"],
    ["(OCoLC)00317850", "oclc:317850"],
    ["ocm00317850", "oclc:317850"],
    ["oclc: 317850", "oclc:317850"],
    ["lccn 96-49940", "lccn:96049940"],
    ["https://lccn.loc.gov/n78890351", "lccn:n78890351"],
    ["goodreads:5907", "goodreads:5907"],
  ])("reads %s", (query, identifier) => {
    expect(found(query)).toEqual([identifier]);
  });

  test.each([
    "1984",
    "2001: a space odyssey",
    "catch-22",
    "1939-1945",
    "555-123-4567",
    "call 2125551234 now",
    "867-5309 / jenny",
    "10 9 8 7 6 5 4 3 2 1",
    "20,000 leagues under the sea",
    "the 39 steps 1915 1935 1959 1978",
    "olive kitteridge",
    "https://example.com/some/page",
    "978",
    "isbn",
  ])("leaves %s alone", (query) => {
    expect(found(query)).toEqual([]);
  });

  test("says so where the check digit is wrong, and what it may have been", () => {
    const [identifier] = findIdentifiers("isbn 9780261103253");
    expect(identifier).toMatchObject({ text: "9780261103253", valid: false, start: 0, end: 18 });
    expect(identifier?.proposals[0]).toBe("9780261103252");
    expect(found("0261103254")).toEqual(["isbn13:0261103254 (wrong)"]);
  });

  test.each([
    "978026110325",
    "97802611032521",
    "97802611032",
    "isbn 02611032",
    "ISBN: 978-0-261-10325",
    "isbn13:97802611032520",
  ])("takes %s for an ISBN of which digits are missing or too many", (query) => {
    expect(findIdentifiers(query)).toMatchObject([
      { type: "isbn13", text: expect.stringMatching(/^[0-9]+$/), valid: false, start: 0 },
    ]);
  });

  test("finds many at once, in order, with code points", () => {
    const query =
      "📚 9780261103252, 0140449132\nOL27448W & https://www.goodreads.com/book/show/5907 x";
    const characters = [...query];
    const texts = findIdentifiers(query).map(({ start, end }) =>
      characters.slice(start, end).join(""),
    );
    expect(texts).toEqual([
      "9780261103252",
      "0140449132",
      "OL27448W",
      "https://www.goodreads.com/book/show/5907",
    ]);
  });

  test("keeps its spans apart and within the text, whatever it is given", () => {
    const part = fc.constantFrom(
      ..."9780261103252 978 0 isbn ISBN: - – . OL1W ol https://amazon.com/dp/ openlibrary.org/works/ oclc (ocolc) lccn 96 x X ] E0 $ ( ) 😀 １ /".split(
        " ",
      ),
      " ",
      "\n",
    );
    const text = fc.oneof(
      fc.array(part, { maxLength: 25 }).map((parts) => parts.join("")),
      anyText(60),
    );
    fc.assert(
      fc.property(text, (query) => {
        let before = 0;
        for (const { start, end, proposals } of findIdentifiers(query)) {
          expect(start).toBeGreaterThanOrEqual(before);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual([...query].length);
          expect(proposals.length).toBeLessThanOrEqual(13);
          before = end;
        }
      }),
      { numRuns: 2000 },
    );
  });

  test("takes time in proportion to the text", () => {
    for (const unit of [
      "978-",
      "1-",
      "1 ",
      "isbn",
      "www.",
      "a.b/",
      "http://amazon.com/",
      "(ocolc",
      "oclc ",
    ]) {
      expect(findIdentifiers(`${unit.repeat(20_000)}1`).length).toBeLessThanOrEqual(1000);
    }
  });
});

test("readIsbn wants the figures of an ISBN, right or wrong", () => {
  expect(readIsbn("978-0-261-10325-2")?.text).toBe("9780261103252");
  expect(readIsbn("9780261103253")?.valid).toBe(false);
  expect(readIsbn("dune")).toBeUndefined();
});
