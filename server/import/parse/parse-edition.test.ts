import { expect, test } from "vitest";
import { packKey } from "../keys.ts";
import { Tally } from "../tally.ts";
import { parseEdition } from "./parse-edition.ts";

function edition(fields: Record<string, unknown>) {
  const warnings = new Tally();
  return { ...parseEdition(fields, warnings), warnings: Object.keys(warnings.counts()) };
}

test("reads a plain edition", () => {
  expect(
    edition({
      title: "Parliamentary Debates",
      subtitle: "26 January - 4 February 1998",
      works: [{ key: "/works/OL7925994W" }],
      authors: [{ key: "/authors/OL2645811A" }],
      publishers: ["Stationery Office"],
      publish_date: "January 1999",
      languages: [{ key: "/languages/eng" }],
      number_of_pages: 124,
      isbn_10: ["0107805855"],
      isbn_13: ["9780107805852"],
      lccn: ["  96-38951 "],
      oclc_numbers: ["(OCoLC)ocm314807776"],
      identifiers: { goodreads: ["2862283"], amazon: ["B00005N5PF"], librarything: ["1"] },
      series: ["Modern history ; 3"],
      physical_format: "Hardcover",
      by_statement: "edited by S. Newell.",
      edition_name: "5th edition",
      covers: [-1, 3857213],
    }),
  ).toMatchObject({
    work: packKey("OL7925994W"),
    title: "Parliamentary Debates",
    subtitle: "26 January - 4 February 1998",
    languages: ["eng"],
    publishers: ["Stationery Office"],
    published: "January 1999",
    pageCount: 124,
    isbn13: ["9780107805852"],
    lccn: ["96038951"],
    oclc: ["314807776"],
    otherIds: ["goodreads:2862283", "amazon:B00005N5PF"],
    series: [{ title: "Modern history", position: "3" }],
    physicalFormat: "Hardcover",
    byStatement: "edited by S. Newell.",
    editionStatement: "5th edition",
    coverId: 3857213,
    authors: [packKey("OL2645811A")],
    warnings: [],
  });
});

test("reads an empty record as an empty edition of no work", () => {
  expect(edition({})).toMatchObject({ work: 0, title: "", isbn13: [], warnings: [] });
});

test.each([
  [{ title: "golden egg book", title_prefix: "The " }, "The golden egg book"],
  [{ title: "The golden egg book", title_prefix: "The " }, "The golden egg book"],
  [{ title: "Étranger", title_prefix: "L'" }, "L'Étranger"],
  [{ full_title: "The English novel" }, "The English novel"],
  [{ title: ".", work_titles: ["Candide."] }, "Candide."],
  [{ title: null }, ""],
])("finds the title of %o", (fields, title) => {
  expect(edition(fields).title).toBe(title);
});

test("collects titles of the work and of the original", () => {
  const parsed = edition({
    title: "The Brothers Karamazov",
    work_titles: ["Bratʹi͡a Karamazovy."],
    work_title: ["Bratya"],
    translation_of: "Братья Карамазовы",
    translated_from: [{ key: "/languages/rus" }],
    other_titles: ["Karamazov brothers"],
  });
  expect(parsed.workTitles).toEqual(["Bratʹi͡a Karamazovy.", "Bratya", "Братья Карамазовы"]);
  expect(parsed.originalLanguage).toBe("rus");
  expect(parsed.otherTitles).toEqual(["Karamazov brothers"]);
});

test.each([
  [[{ key: "/languages/eng" }], ["eng"]],
  [[{ key: "/l/eng" }], ["eng"]],
  ["/languages/ENG", ["eng"]],
  [["eng", null, 5], ["eng"]],
  [null, []],
])("reads the languages %o", (languages, expected) => {
  expect(edition({ languages }).languages).toEqual(expected);
});

test.each([
  [124, 124],
  ["124", 124],
  ["124 p.", 124],
  ["xii, 124", 0],
  [0, 0],
  [-5, 0],
  [12.5, 0],
  [1e9, 0],
  [null, 0],
  [["124"], 0],
])("reads %o as %d pages", (value, pages) => {
  expect(edition({ number_of_pages: value }).pageCount).toBe(pages);
});

test("finds ISBNs in every list, cleaned, once each", () => {
  const parsed = edition({
    isbn_13: ["978-0-10-780585-2", "0107805405", null],
    isbn_10: ["0107805855", "080442957x", "1234567891"],
    isbn: ["9788191058131", "425030717"],
    original_isbn: "not one",
  });
  expect(parsed.isbn13).toEqual([
    "9780107805852",
    "9780107805401",
    "9780804429573",
    "9780425030714",
  ]);
  expect(parsed.warnings).toContain("edition.isbn_10 is no valid ISBN");
});

test.each([
  [["s.n.", "[s.n.]", "S.n", "Penguin"], ["Penguin"]],
  [["[publisher not identified]"], []],
  ["Penguin", ["Penguin"]],
  [["Independently Published"], ["Independently Published"]],
  [
    [{ name: "Penguin" }, null, 3],
    ["Penguin", "3"],
  ],
])("reads the publishers %o", (publishers, expected) => {
  expect(edition({ publishers }).publishers).toEqual(expected);
});

test.each([
  ["96038951", "96038951"],
  ["n78-890351", "n78890351"],
  ["85-2 ", "85000002"],
  ["75-425165//r75", "75425165"],
  [" 79139101 /AC/r932", "79139101"],
])("normalises the LCCN %s", (lccn, expected) => {
  expect(edition({ lccn: [lccn] }).lccn).toEqual([expected]);
});

test("survives identifiers of every kind", () => {
  const identifiers = {
    Goodreads: "1",
    goodreads: [2, null, "three", { a: 1 }],
    amazon: null,
    "": ["x"],
  };
  expect(edition({ identifiers }).otherIds).toEqual(["goodreads:1", "goodreads:2"]);
  expect(edition({ identifiers: "nonsense" }).otherIds).toEqual([]);
  expect(edition({ identifiers: [1] }).otherIds).toEqual([]);
});

test("reads subjects, genres, people, places and times under both of their names", () => {
  const parsed = edition({
    subjects: ["Whaling", { key: "/subjects/ships" }],
    genres: ["Fiction."],
    subject_people: ["Ahab"],
    subject_place: ["Nantucket"],
    subject_time: ["19th century"],
  });
  expect(parsed).toMatchObject({
    subjects: ["Whaling", "ships", "Fiction"],
    people: ["Ahab"],
    places: ["Nantucket"],
    times: ["19th century"],
  });
});

test("ignores tables of contents and links whatever they hold", () => {
  const parsed = edition({
    title: "Emma",
    table_of_contents: ["I", { level: 0, title: "II" }, { type: "/type/text", value: "III" }, null],
    uri_descriptions: [null],
    uris: { a: 1 },
    contributors: [{ name: "X", role: "Y" }],
    ocaid: 5,
  });
  expect(parsed.title).toBe("Emma");
  expect(parsed.warnings).toEqual([]);
});

test.each([
  [[{ key: "/works/OL1W" }, { key: "/works/OL2W" }]],
  [{ key: "/works/OL1W" }],
  ["/works/OL1W"],
])("finds the work in %o", (works) => {
  expect(edition({ works }).work).toBe(packKey("OL1W"));
});
