import { create } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { BookSchema } from "#proto/bookfinder/v1/book_pb.ts";
import { anEntry, aWork } from "#server/testing/builders.ts";
import { aCatalog } from "#server/testing/catalog.ts";
import { toBook } from "./book.ts";
import { toWorkPatch } from "./written-book.ts";

const authors = [
  { key: "OL1A", name: "J.R.R. Tolkien" },
  { key: "OL2A", name: "John Ronald Reuel Tolkien" },
];

test("a person credited twice is read once, and written back twice", async () => {
  const work = aWork({ key: "OL1W", title: "The Hobbit", authors });
  await using catalog = aCatalog([anEntry({ work })]);
  const book = create(BookSchema, toBook(work));
  expect(book.authors.map(({ displayName }) => displayName)).toEqual(["J.R.R. Tolkien"]);
  const patch = await toWorkPatch(book, undefined, { catalog, nowYear: 2026 });
  expect(patch.authors).toEqual(authors);
});
