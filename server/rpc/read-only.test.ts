import { createClient } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import { aFewBooks } from "#server/testing/few-books.ts";
import { startServer, type TestServer } from "#server/testing/server.ts";

const catalog = aFewBooks();
let server: TestServer;
beforeAll(async () => {
  server = await startServer(catalog, { isReadOnly: true });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await catalog[Symbol.asyncDispose]();
});

const writes: [method: string, path: string, body: object][] = [
  ["POST", "/v1/books", { title: "A book of mine" }],
  ["PATCH", "/v1/books/OL1W", { title: "Another title" }],
  ["DELETE", "/v1/books/OL1W", {}],
  ["POST", "/v1/sessions", { email: "anna@books.example", password: "a password" }],
  ["POST", "/bookfinder.v1.BookService/CreateBook", { book: { title: "A book of mine" } }],
];

test.each(writes)(
  "a server that only reads refuses %s %s, and says why",
  async (method, path, body) => {
    const response = await fetch(server.url + path, {
      method,
      headers: { "content-type": "application/json", "if-match": "*" },
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(501);
    expect(await response.text()).toMatch(
      /only reads \(BOOKFINDER_READ_ONLY\).*WRITES_UNSUPPORTED/s,
    );
  },
);

test("it searches and reads as ever", async () => {
  const client = createClient(BookService, createGrpcTransport({ baseUrl: server.url }));
  const { results } = await client.searchBooks({ query: "hobbit" });
  const name = results[0]?.book?.name ?? "";
  expect((await client.getBook({ name })).book?.title).toMatch(/hobbit/i);
  await expect(client.createBook({ book: { title: "Mine" } })).rejects.toThrow(
    /unimplemented.*only reads/,
  );
});
