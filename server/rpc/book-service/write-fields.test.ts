/** Which fields of books and editions can be written as they are, and which are refused by name. */

import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { FieldMaskSchema } from "@bufbuild/protobuf/wkt";
import { Code, createClient } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PublicationDateSchema } from "#proto/bookfinder/v1/book_pb.ts";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import { BadRequestSchema } from "#proto/google/rpc/error_details_pb.ts";
import { failure } from "#server/testing/call-any.ts";
import { aFewBooks } from "#server/testing/few-books.ts";
import { startServer, type TestServer } from "#server/testing/server.ts";

const catalog = aFewBooks();
const rings = "books/OL27448W";
let server: TestServer;
let authorization = "";
beforeAll(async () => {
  server = await startServer(catalog);
  const { text } = server.context.accounts.keys.create("laptop", ["books.write"], undefined);
  authorization = `Bearer ${text}`;
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await catalog[Symbol.asyncDispose]();
});

const client = () => createClient(BookService, createGrpcTransport({ baseUrl: server.url }));
const options = () => ({ headers: { authorization } });
const mask = (...paths: string[]) => create(FieldMaskSchema, { paths });

describe("names the field that can't be written", () => {
  const book = { title: "Emma" };
  test.each([
    ["book", {}],
    ["book.title", { book: {} }],
    ["book.title", { book: { title: "  " } }],
    ["book.title", { book: { title: "x".repeat(2001) } }],
    ["book.title", { book: { title: "two\nlines" } }],
    ["book.title", { book: { title: "a\u0000b" } }],
    ["book.description", { book: { ...book, description: "\u0007" } }],
    ["book.authors", { book: { ...book, authors: [{}] } }],
    ["book.authors", { book: { ...book, authors: [{ author: "authors/OL5A" }] } }],
    ["book.authors", { book: { ...book, authors: [{ author: "Tolkien" }] } }],
    ["book.first_published", { book: { ...book, firstPublished: { year: 99_999 } } }],
    ["book.first_published", { book: { ...book, firstPublished: { year: 1815, text: "1816" } } }],
    ["book.languages", { book: { ...book, languages: ["xx-none"] } }],
    ["book.original_language", { book: { ...book, originalLanguage: "Klingonese" } }],
    ["book.subjects", { book: { ...book, subjects: ["Love", " "] } }],
    ["book.subjects", { book: { ...book, subjects: Array(501).fill("Love") } }],
    ["book.series", { book: { ...book, series: [{ position: "1" }] } }],
    ["book.other_titles", { book: { ...book, otherTitles: [{ title: "" }] } }],
    ["book.cover_id", { book: { ...book, coverId: -1n } }],
    ["request_id", { book, requestId: "x".repeat(101) }],
  ])("%s: %#", async (field, request) => {
    const error = await failure(client().createBook(request, options()));
    expect(error.code).toBe(Code.InvalidArgument);
    expect(error.rawMessage).toMatch(field);
    expect(error.findDetails(BadRequestSchema)[0]?.fieldViolations[0]?.field).toMatch(field);
    expect(server.context.edits.store.generation()).toBe(0);
  });

  test.each([
    ["book.name", { book: { name: "OL27448W", title: "x" } }],
    ["update_mask", { book: { name: rings, title: "x" }, updateMask: mask("titel") }],
    ["update_mask", { book: { name: rings, title: "x" }, updateMask: mask("edition_count") }],
    ["book.title", { book: { name: rings }, updateMask: mask("title") }],
  ])("%s of a change", async (field, request) => {
    const error = await failure(client().updateBook(request, options()));
    expect(error.code).toBe(Code.InvalidArgument);
    expect(error.rawMessage).toMatch(field);
    expect(error.findDetails(BadRequestSchema)[0]?.fieldViolations[0]?.field).toMatch(field);
  });

  test.each([
    ["edition.isbn13", { title: "x", isbn13: ["9780261102386"] }],
    ["edition.isbn10", { title: "x", isbn10: ["123"] }],
    ["edition.lccn", { title: "x", lccn: ["none"] }],
    ["edition.oclc", { title: "x", oclc: ["?"] }],
    ["edition.title", { isbn13: ["9780261102385"] }],
  ])("%s of an edition", async (field, edition) => {
    const error = await failure(client().createEdition({ parent: rings, edition }, options()));
    expect(error.code).toBe(Code.InvalidArgument);
    expect(error.rawMessage).toMatch(field);
    expect(error.findDetails(BadRequestSchema)[0]?.fieldViolations[0]?.field).toMatch(field);
  });
});

type DateInit = MessageInitShape<typeof PublicationDateSchema>;
test.each<[written: DateInit, read: DateInit]>([
  [{ year: 1815 }, { year: 1815, precision: 1, text: "1815" }],
  [
    { year: 1965, precision: 2 },
    { year: 1965, precision: 2, text: "ca. 1965" },
  ],
  [
    { year: 1890, precision: 3 },
    { year: 1890, precision: 3, text: "1890s" },
  ],
  [
    { year: 1800, precision: 4 },
    { year: 1800, precision: 4, text: "19th century" },
  ],
  [{ year: -750 }, { year: -750, precision: 1, text: "-750" }],
  [{ text: "[18--?]" }, { year: 1800, precision: 4, text: "[18--?]" }],
  [{ text: "n.d." }, { year: 0, precision: 0, text: "n.d." }],
])("reads the date %j", async (firstPublished, expected) => {
  const request = { book: { title: "Emma", firstPublished }, validateOnly: true };
  const { book } = await client().createBook(request, options());
  expect(book?.firstPublished).toMatchObject(expected);
});
