import { expect, test } from "vitest";
import { parsePublicationDate } from "#server/catalog/dates.ts";
import type { AuthorTable } from "../files/author-table.ts";
import { RedirectTable } from "../files/redirect-table.ts";
import { packKey } from "../keys.ts";
import { parseEdition } from "../parse/parse-edition.ts";
import { parseWork } from "../parse/parse-work.ts";
import { Tally } from "../tally.ts";
import { buildEntry, type WorkGroup } from "./build-entry.ts";

const none = new Float64Array(0);
const names: Pick<AuthorTable, "find" | "count"> = {
  count: 1,
  find: (key) =>
    key === packKey("OL1A") ? { index: 0, name: "Jane Austen", alternateNames: [] } : undefined,
};

function build(
  workFields: Record<string, unknown> | undefined,
  editionFields: Record<string, unknown>[],
  others: Partial<WorkGroup> = {},
) {
  const warnings = new Tally();
  const group: WorkGroup = {
    key: packKey("OL1W") ?? 0,
    work: workFields === undefined ? undefined : parseWork(workFields, warnings),
    editions: editionFields.map((fields, index) => ({
      key: packKey(`OL${index + 1}M`) ?? 0,
      edition: parseEdition(fields, warnings),
    })),
    activity: { readers: 0, ratings: 0, stars: 0 },
    formerKeys: [],
    ...others,
  };
  return buildEntry(group, {
    // What buildEntry() asks of the table, without a file behind it.
    authors: names as AuthorTable,
    redirects: new RedirectTable({ from: none, to: none, deleted: none }),
    readDate: (text) => parsePublicationDate(text, 2026),
    warnings,
  }).entry;
}

const english = [{ key: "/languages/eng" }];
const french = [{ key: "/languages/fre" }];

test("takes the title from the editions where the work has none", () => {
  const { work } = build({ title: "." }, [
    { title: "Emma: a novel" },
    { title: "Emma" },
    { title: "Emma" },
  ]);
  expect(work.title).toBe("Emma");
  expect(build(undefined, [{}]).work.title).toBe("Untitled");
});

test("takes the first year from work and editions, without placeholders and outliers", () => {
  const editions = ["1900-01-01", "c1965", "1972", "9999", "0001"].map((date) => ({
    publish_date: date,
  }));
  expect(build({ title: "Emma" }, editions).work.firstPublished.year).toBe(1965);
  const dated = build({ title: "Emma", first_publish_date: "1815" }, editions);
  expect(dated.work.firstPublished.year).toBe(1815);
  const older = build({ title: "Emma", first_publish_date: "1990" }, editions);
  expect(older.work.firstPublished.year).toBe(1965);
});

test("orders languages by editions and editions by main language and year", () => {
  const entry = build({ title: "Emma" }, [
    { title: "Emma", languages: french, publish_date: "2020" },
    { title: "Emma", languages: english, publish_date: "1990" },
    { title: "Emma", languages: english, publish_date: "2001" },
    { title: "Emma", languages: english },
  ]);
  expect(entry.work.languages).toEqual(["eng", "fre"]);
  expect(entry.editions.map(({ key }) => key)).toEqual(["OL3M", "OL2M", "OL4M", "OL1M"]);
});

test("orders languages of as many editions by the original one, then by the first edition", () => {
  const spanish = [{ key: "/languages/spa" }];
  const editions = [
    { title: "Emma", languages: spanish, publish_date: "1990" },
    { title: "Emma", languages: french, publish_date: "1816" },
    { title: "Emma", languages: english, publish_date: "1815" },
  ];
  expect(build({ title: "Emma" }, editions).work.languages).toEqual(["eng", "fre", "spa"]);
  const translated = { ...editions[2], translated_from: spanish };
  const entry = build({ title: "Emma" }, [...editions.slice(0, 2), translated]);
  expect(entry.work.languages).toEqual(["spa", "eng", "fre"]);
});

test("names codes of languages as MARC does and drops what is none", () => {
  const languages = ["en", "English", "fre", "xx-nonsense", "/l/ger"];
  expect(build({}, [{ languages }]).editions[0]?.languages).toEqual(["eng", "fre", "ger"]);
});

test("gathers other titles once each, translations with their language", () => {
  const { work } = build({ title: "Emma", other_titles: ["EMMA!"] }, [
    { title: "Emma", languages: english },
    { title: "Emma, roman", languages: french, work_titles: ["Emma."] },
    { title: "Emma : roman", languages: french },
    { title: "Emmas Welt", translated_from: english, translation_of: "The World of Emma" },
  ]);
  expect(work.otherTitles).toEqual([
    { title: "Emma, roman", language: "fre" },
    { title: "Emmas Welt", language: "" },
    { title: "The World of Emma", language: "eng" },
  ]);
  expect(work.originalLanguage).toBe("eng");
});

test("credits the editions' authors where the work's have no record", () => {
  const authors = [{ author: { key: "/authors/OL9A" } }];
  const { work } = build({ title: "Emma", authors }, [{ authors: [{ key: "/authors/OL1A" }] }]);
  expect(work.authors).toEqual([{ key: "OL1A", name: "Jane Austen" }]);
});

test("merges subjects and series of all editions", () => {
  const { work } = build({ title: "Emma", subjects: ["Fiction"] }, [
    { subjects: ["fiction", "England"], series: ["Classics ; 4"] },
    { subjects: ["Courtship"], series: ["classics"] },
  ]);
  expect(work.subjects).toEqual(["Fiction", "England", "Courtship"]);
  expect(work.series).toEqual([{ title: "Classics", position: "4" }]);
});

test("finds cover, ISBN and description in the editions", () => {
  const { work } = build({ title: "Emma", covers: [-1] }, [
    { covers: [7], isbn_13: ["9780107805401"] },
    { description: { value: "A long description." } },
    { description: "Short." },
  ]);
  expect(work).toMatchObject({
    coverId: 7,
    isbn13: "9780107805401",
    description: "A long description.",
  });
});

test("rates, counts and demotes", () => {
  const read = build({ title: "Emma" }, [], { activity: { readers: 9, ratings: 3, stars: 13 } });
  expect(read.work).toMatchObject({ readerCount: 9, rating: { average: 4.33, count: 3 } });
  expect(build({ title: "Summary of Emma by Jane Austen" }, []).work.demotion).toBe("summary");
});
