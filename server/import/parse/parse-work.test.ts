import { expect, test } from "vitest";
import { packKey, writeKey } from "../keys.ts";
import { Tally } from "../tally.ts";
import { parseAuthor, parseWork } from "./parse-work.ts";

function work(fields: Record<string, unknown>) {
  const warnings = new Tally();
  return { ...parseWork(fields, warnings), warnings: Object.keys(warnings.counts()) };
}

function author(fields: Record<string, unknown>) {
  return parseAuthor(fields, new Tally());
}

test("reads a plain work", () => {
  const parsed = work({
    title: "The Hobbit",
    subtitle: "or There and Back Again",
    authors: [{ type: { key: "/type/author_role" }, author: { key: "/authors/OL26320A" } }],
    first_publish_date: "1937",
    subjects: ["Fantasy fiction", "Accessible book"],
    subject_people: ["Bilbo Baggins"],
    subject_places: ["Middle Earth"],
    subject_times: ["Third Age"],
    covers: [14627509],
    description: "A hobbit leaves home.",
    original_languages: [{ key: "/languages/eng" }],
    other_titles: ["Hobbit"],
    series: ["Middle-earth ; 1"],
  });
  expect(parsed).toEqual({
    title: "The Hobbit",
    subtitle: "or There and Back Again",
    authors: [packKey("OL26320A")],
    description: "A hobbit leaves home.",
    firstPublished: "1937",
    subjects: ["Fantasy fiction"],
    people: ["Bilbo Baggins"],
    places: ["Middle Earth"],
    times: ["Third Age"],
    originalLanguage: "eng",
    otherTitles: ["Hobbit"],
    series: [{ title: "Middle-earth", position: "1" }],
    coverId: 14627509,
    warnings: [],
  });
});

test("reads an empty record as an empty work", () => {
  expect(work({})).toMatchObject({
    title: "",
    authors: [],
    subjects: [],
    coverId: 0,
    warnings: [],
  });
});

test.each([undefined, null, "", ".", "<>", "…", "--", 0])("takes %o for no title", (title) => {
  expect(work({ title }).title).toBe(title === 0 ? "0" : "");
});

test.each(["We", "S.", "1984", "???", "#", "$", "It"])("keeps the title %s", (title) => {
  expect(work({ title }).title).toBe(title);
});

test.each([
  ["a string", "Text."],
  ["a text object", { type: "/type/text", value: "Text." }],
])("reads a description that is %s", (_name, description) => {
  expect(work({ description }).description).toBe("Text.");
});

test.each([null, 7.5, [], {}, { type: "/type/text" }, { type: "/type/text", value: null }])(
  "survives the description %o",
  (description) => {
    expect(work({ title: "Emma", description }).title).toBe("Emma");
  },
);

test("takes the first sentence where there is no description", () => {
  const sentence = { type: "/type/text", value: "Call me Ishmael." };
  expect(work({ first_sentence: sentence }).description).toBe("Call me Ishmael.");
});

test("reads authors in every shape and leaves out entries without one", () => {
  const parsed = work({
    authors: [
      { type: "/type/author_role", author: { key: "/authors/OL1A" } },
      { type: { key: "/type/author_role" }, author: "/authors/OL2A" },
      { author: { key: "/a/OL3A" } },
      { key: "/authors/OL4A" },
      "/authors/OL5A",
      { type: { key: "/type/author_role" } },
      null,
      { author: null },
      { author: { key: "/works/OL6W" } },
      { author: { key: "/authors/OL1A" } },
    ],
  });
  expect(parsed.authors.map(writeKey)).toEqual(["OL1A", "OL2A", "OL3A", "OL4A", "OL5A"]);
  expect(parsed.warnings).toEqual(["work.authors has an item without a usable key"]);
});

test.each([
  [[-1, null, 12], 12],
  [[-1], 0],
  [[], 0],
  [null, 0],
  [["12"], 0],
  [7, 7],
])("finds the cover in %o", (covers, expected) => {
  expect(work({ covers }).coverId).toBe(expected);
});

test("reads subjects that are strings, old keys, text objects, null", () => {
  const subjects = [
    "Whales",
    { key: "/subjects/sea_stories" },
    { type: "/type/text", value: "Ships" },
    null,
    { nothing: 1 },
  ];
  const parsed = work({ subjects });
  expect(parsed.subjects).toEqual(["Whales", "sea stories", "Ships"]);
  expect(parsed.warnings).toEqual(["work.subjects is no text"]);
});

test("takes a single value for a list of one", () => {
  expect(work({ subjects: "Whales" }).subjects).toEqual(["Whales"]);
});

test("reads series of 2026: names with a position, and passes over bare keys", () => {
  const parsed = work({
    series: [
      { series: { key: "/series/OL1L" }, position: "2" },
      { series: { key: "/series/OL2L", name: "Dune" }, position: 2 },
      { title: "Foundation", position: "1" },
      "Discworld ; 8",
      null,
    ],
    subjects: ["series:The_Dark_Tower"],
  });
  expect(parsed.series).toEqual([
    { title: "Dune", position: "2" },
    { title: "Foundation", position: "1" },
    { title: "Discworld", position: "8" },
    { title: "The Dark Tower", position: "" },
  ]);
});

test("cleans NUL and lone surrogates and cuts what is too long", () => {
  expect(work({ title: "A\u0000B\ud800" }).title).toBe("AB");
  expect(work({ title: "x".repeat(5000) }).title.length).toBe(2000);
  expect(work({ subjects: Array.from({ length: 500 }, (_, i) => `No ${i}`) }).subjects.length).toBe(
    100,
  );
});

test("reads an author with all names", () => {
  expect(
    author({
      name: "Lewis Carroll",
      personal_name: "Lewis Carroll",
      fuller_name: "Charles Lutwidge Dodgson",
      alternate_names: ["Carroll, Lewis", "Lewis Carroll", "Льюис Кэрролл", null],
      birth_date: "27 January 1832",
      death_date: "14 January 1898",
      bio: { type: "/type/text", value: "An author." },
    }),
  ).toEqual({
    name: "Lewis Carroll",
    alternateNames: ["Carroll, Lewis", "Льюис Кэрролл", "Charles Lutwidge Dodgson"],
    birthDate: "27 January 1832",
    deathDate: "14 January 1898",
    biography: "An author.",
  });
});

test("finds a name and dates where they are elsewhere", () => {
  expect(author({ personal_name: "Homer", date: "fl. 750 BC" })).toMatchObject({
    name: "Homer",
    birthDate: "fl. 750 BC",
  });
  expect(author({ name: "Tolstoy", date: "1828-1910" })).toMatchObject({
    birthDate: "1828",
    deathDate: "1910",
  });
  expect(author({ name: null, alternate_names: "X" })).toMatchObject({
    name: "",
    alternateNames: ["X"],
  });
});
