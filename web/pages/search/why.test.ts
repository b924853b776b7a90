import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import {
  BookField,
  MatchKind,
  type MatchReasonSchema,
  SearchResultSchema,
} from "#proto/bookfinder/v1/search_pb.ts";
import { aBook } from "#web/testing/builders.ts";
import { explain } from "./why.ts";

const book = aBook({
  title: "Die Verwandlung",
  subtitle: "Eine Erzählung",
  authors: [{ author: "authors/OL1A", displayName: "Franz Kafka" }],
});

function why(...reasons: MessageInitShape<typeof MatchReasonSchema>[]) {
  return explain(create(SearchResultSchema, { book, reasons }), book);
}

const highlights = [{ start: 0, end: 3 }];

test("what matched in the title, the subtitle or a name is marked where it stands", () => {
  const shown = why(
    { field: BookField.TITLE, text: "Die Verwandlung", highlights },
    { field: BookField.TITLE, text: "Eine Erzählung", highlights },
    { field: BookField.AUTHOR, text: "Franz Kafka", highlights },
  );
  expect(shown.title).toMatchObject(highlights);
  expect(shown.subtitle).toMatchObject(highlights);
  expect(shown.authors.get("Franz Kafka")).toMatchObject(highlights);
  expect(shown.lines).toEqual([]);
});

test("what matched in title and subtitle together is marked in each", () => {
  const shown = why({
    field: BookField.TITLE,
    text: "Die Verwandlung: Eine Erzählung",
    highlights: [
      { start: 4, end: 15 },
      { start: 22, end: 31 },
    ],
  });
  expect(shown.title).toMatchObject([{ start: 4, end: 15 }]);
  expect(shown.subtitle).toMatchObject([{ start: 5, end: 14 }]);
  expect(shown.lines).toEqual([]);
});

test("an edition of the same title is no reason of its own", () => {
  const edition = "books/OL1W/editions/OL1M";
  const shown = why({ field: BookField.OTHER_TITLE, text: "Die Verwandlung", highlights, edition });
  expect(shown.title).toMatchObject(highlights);
  expect(shown.lines).toEqual([]);
});

test("what can't be seen otherwise gets a line, with its language", () => {
  const shown = why(
    { field: BookField.OTHER_TITLE, text: "The Metamorphosis", highlights, language: "eng" },
    { field: BookField.AUTHOR, text: "Кафка", highlights, kind: MatchKind.TRANSLITERATION },
    { field: BookField.SUBJECT, text: "Insects", highlights },
  );
  expect(shown.lines.map(({ label, text, lang }) => [label, text, lang])).toEqual([
    ["Also titled in English", "The Metamorphosis", "en"],
    ["Author also known as", "Кафка", undefined],
  ]);
});

test("a match deep in a description is shown with its surroundings", () => {
  const text = `${"word ".repeat(100)}beetle ${"word ".repeat(100)}`;
  const shown = why({
    field: BookField.DESCRIPTION,
    text,
    highlights: [{ start: 500, end: 506 }],
  });
  const [span] = shown.description?.spans ?? [];
  expect(shown.description?.text.slice(span?.start, span?.end)).toBe("beetle");
  expect(shown.description?.text).toMatch(/^… .* …$/);
});

test("a reader is told the title in their language", () => {
  const edition = { title: "The Metamorphosis", languages: ["eng"] };
  const result = create(SearchResultSchema, { book, edition });
  expect(explain(result, book, ["en-GB"]).lines).toMatchObject([
    { label: "In English", text: "The Metamorphosis", lang: "en" },
  ]);
  expect(explain(result, book, ["fr"]).lines).toEqual([]);
});
