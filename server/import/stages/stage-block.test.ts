import fc from "fast-check";
import { expect, test } from "vitest";
import { aDumpLine, anAuthorLine, anEditionLine, aWorkLine } from "#server/testing/dump.ts";
import { RedirectTable } from "../files/redirect-table.ts";
import { SegmentBuilder } from "../files/segments.ts";
import { stageBlock } from "./stage-block.ts";

const none = new Float64Array(0);
const redirects = new RedirectTable({ from: none, to: none, deleted: none });

function stage(text: string | Buffer, kind: Parameters<typeof stageBlock>[1] = "records") {
  const works = new SegmentBuilder(4, 1024);
  const counts = stageBlock(Buffer.from(text), kind, { redirects, works, authors: works });
  const flat = (tally: Record<string, { count: number }>) =>
    Object.fromEntries(Object.entries(tally).map(([name, { count }]) => [name, count]));
  return { kept: flat(counts.kept), skipped: flat(counts.skipped) };
}

test("counts every line as kept or skipped with its reason", () => {
  const lines = [
    aWorkLine(1, { title: "Emma" }),
    anEditionLine(1, 1, { title: "Emma" }),
    anAuthorLine(1, { name: "Jane Austen" }),
    aDumpLine("list", "/people/x/lists/OL1L", {}),
    aDumpLine("work", "/works/nonsense", {}),
    aDumpLine("work", "/books/OL1M", {}),
    "/type/edition  /books/OL2M  1  2010  {}",
    "/type/work\t/works/OL2W\t1\t2010-01-01",
    "/type/work\t/works/OL2W\t1\t2010-01-01\t{broken",
    "/type/work\t/works/OL2W\t1\t2010-01-01\t[]",
    "",
    "nonsense\ta\tb\tc\td",
  ];
  expect(stage(lines.join("\n"))).toEqual({
    kept: { work: 1, edition: 1, author: 1 },
    skipped: {
      "type list": 1,
      "bad key": 2,
      "fewer than 5 columns": 2,
      "no JSON object": 2,
      "empty line": 1,
      "first column is no type": 1,
    },
  });
});

test("reads lines with Windows line ends and TABs inside the JSON column", () => {
  expect(stage(`${aWorkLine(1, { title: "A" })}\r\n${aWorkLine(2, { title: "B" })}\t`)).toEqual({
    kept: { work: 2 },
    skipped: {},
  });
});

test("reads ratings and shelves of before and after May 2026", () => {
  const ratings =
    "/works/OL1W\t\\N\t5\t2026-01-01\n/works/OL1W\t/books/OL1M\t4\n/works/OL1W\t\t3\t";
  expect(stage(`${ratings}\n/works/OL1W\t\t9\t2026\n\tx`, "ratings")).toEqual({
    kept: { ratings: 3 },
    skipped: { "wrong columns": 1, "bad key": 1 },
  });
  expect(stage("/works/OL1W\t\\N\tWant to Read\t2026-01-01\n/works/OL1W", "readingLog")).toEqual({
    kept: { readingLog: 1 },
    skipped: { "wrong columns": 1 },
  });
});

/** Lines as they come, for mutation; the script bench/import/fuzz.ts does the same to a whole dump. */
const samples = [
  aWorkLine(45883, {
    title: "Fantastic Mr Fox",
    covers: [-1, 6498519, null],
    subjects: ["Animals", { key: "/subjects/hunger" }],
    authors: [{ type: { key: "/type/author_role" }, author: { key: "/authors/OL34184A" } }],
    description: { type: "/type/text", value: "The main character\u0000 …" },
    first_publish_date: "October 1, 1988",
    series: [{ series: { key: "/series/OL1L" }, position: "1" }],
  }),
  anEditionLine(7353617, 45883, {
    title: "Fantastic Mr. Fox",
    publishers: ["Puffin"],
    identifiers: { goodreads: ["1507552"], librarything: null },
    isbn_10: ["0140328726"],
    isbn_13: ["978-0-14-032872-1"],
    languages: [{ key: "/languages/eng" }],
    number_of_pages: "96",
    publish_date: "October 1, 1988",
    table_of_contents: [{ level: 0, title: "I" }, "II"],
    notes: { type: "/type/text", value: "Ünïcode 🦊" },
  }),
  anAuthorLine(34184, { name: "Roald Dahl", alternate_names: ["Dahl, Roald"], bio: "…" }),
];
const values = [
  "null",
  "{}",
  "[]",
  '""',
  "-1",
  '{"value":null}',
  "[null]",
  '"\\u0000\\ud800"',
  "1e400",
];

test("never throws and counts every line, whatever is in it", () => {
  const edit = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    cut: fc.nat(12),
    insert: fc.oneof(fc.constantFrom(...values, "\t", "\u0000", "/"), fc.string({ maxLength: 8 })),
  });
  const line = fc.tuple(fc.constantFrom(...samples), fc.array(edit, { maxLength: 5 }));
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 20 }), (lines) => {
      const text = lines.map(([sample, edits]) => mutate(sample, edits)).join("\n");
      const { kept, skipped } = stage(text);
      const counted = [...Object.values(kept), ...Object.values(skipped)];
      expect(counted.reduce((sum, count) => sum + count, 0)).toBe(lines.length);
    }),
    { numRuns: 300 },
  );
});

test("drops no record for one bad field", () => {
  const fields = ["title", "covers", "subjects", "authors", "description", "series", "languages"];
  fc.assert(
    fc.property(fc.constantFrom(...fields), fc.jsonValue(), (field, value) => {
      const lines = [aWorkLine(1, { [field]: value }), anEditionLine(1, 1, { [field]: value })];
      expect(stage(lines.join("\n")).kept).toEqual({ work: 1, edition: 1 });
    }),
    { numRuns: 500 },
  );
});

function mutate(sample: string, edits: { at: number; cut: number; insert: string }[]): string {
  let text = sample;
  for (const { at, cut, insert } of edits) {
    const place = Math.floor(at * text.length);
    text = text.slice(0, place) + insert.replaceAll("\n", " ") + text.slice(place + cut);
  }
  return text.replaceAll("\r", " ");
}
