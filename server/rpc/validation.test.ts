import { ViolationsSchema } from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { afterAll, expect, test } from "vitest";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import type { SearchOrder } from "#proto/bookfinder/v1/search_pb.ts";
import { aFewBooks } from "#server/testing/few-books.ts";
import { inMemoryTransport } from "#server/testing/in-memory-transport.ts";
import { aContext } from "#server/testing/server.ts";

const catalog = aFewBooks();
afterAll(() => catalog[Symbol.asyncDispose]());
const context = aContext(catalog);
const transport = inMemoryTransport(context);
const client = createClient(BookService, transport);

// 99 stands for a value that clients of a later schema may know.
test.each([
  ["query", () => client.searchBooks({ query: "x".repeat(5000) }), /2000/],
  ["page_size", () => client.searchBooks({ pageSize: -1 }), /0.*100/],
  ["page_size", () => client.searchBooks({ pageSize: 100_000 }), /0.*100.*next_page_token/],
  [
    "page_size",
    () => client.listSimilarBooks({ parent: "books/OL27448W", pageSize: 51 }),
    /50; ask for fewer$/,
  ],
  ["page_token", () => client.searchBooks({ pageToken: "forged" }), /./],
  ["page_token", () => client.searchBooks({ pageToken: "x".repeat(2000) }), /1000/],
  ["order", () => client.searchBooks({ order: 99 as SearchOrder }), /./],
  ["facets[0]", () => client.searchBooks({ facets: [0] }), /./],
  [
    "filter.language.any_of",
    () => client.searchBooks({ filter: { language: { anyOf: Array(21).fill("eng") } } }),
    /20/,
  ],
  [
    "filter.published.from",
    () => client.searchBooks({ filter: { published: { from: 9999 } } }),
    /3000/,
  ],
  ["name", () => client.getBook({ name: "OL27448W" }), /books\/OL27448W/],
  ["name", () => client.getBook({ name: "" }), /./],
  ["parent", () => client.listEditions({ parent: "books/../etc/passwd" }), /books\/OL27448W/],
  ["page_token", () => client.listEditions({ parent: "books/OL27448W", pageToken: "AAAA" }), /./],
])("names the field, its limit and the way out: %s", async (field, call, message) => {
  const error = await call().then(
    () => undefined,
    (reason: unknown) => ConnectError.from(reason),
  );
  expect(error?.code).toBe(Code.InvalidArgument);
  expect(error?.rawMessage.startsWith(field)).toBe(true);
  expect(error?.rawMessage).toMatch(message);
  const [violations] = error?.findDetails(ViolationsSchema) ?? [];
  expect(violations?.violations[0]?.field?.elements[0]?.fieldName).toBe(field.split(/[.[]/)[0]);
});
