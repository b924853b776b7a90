import { connect } from "node:http2";
import { createClient } from "@connectrpc/connect";
import { createGrpcTransport, createGrpcWebTransport } from "@connectrpc/connect-node";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import type { Catalog } from "#server/catalog/catalog.ts";
import { aFewBooks } from "#server/testing/few-books.ts";
import { startServer, type TestServer } from "#server/testing/server.ts";
import { waitUntil } from "#server/testing/wait-until.ts";

const catalog = aFewBooks();
afterAll(() => catalog[Symbol.asyncDispose]());

/** A catalogue that fails as a full disk would make it. */
function failingCatalog(): Catalog {
  const error = new Error("disk I/O error");
  return new Proxy(catalog, {
    get: (target, name: keyof Catalog) =>
      name === "search" ? () => Promise.reject(error) : target[name].bind(target),
  });
}

/** The line of the only request; a response may arrive before its line is written. */
async function onlyLine({ context: { lines } }: TestServer) {
  await waitUntil("a line is logged", () => lines.length > 0);
  expect(lines).toHaveLength(1);
  return lines[0];
}

describe("a log line", () => {
  test("tells of a call without what was searched for", async () => {
    await using server = await startServer(catalog);
    await createClient(BookService, createGrpcTransport({ baseUrl: server.url })).searchBooks(
      { query: "hobbit" },
      { headers: { "x-request-id": "req-1" } },
    );
    const line = await onlyLine(server);
    expect(line).toMatchObject({
      level: 30,
      requestId: "req-1",
      protocol: "grpc",
      http: "2.0",
      path: "/bookfinder.v1.BookService/SearchBooks",
      ms: expect.any(Number),
    });
    expect(JSON.stringify(line)).not.toContain("hobbit");
  });

  test("shows as much of a query as is configured", async () => {
    await using server = await startServer(catalog, { logQueryChars: 4 });
    const client = createClient(BookService, createGrpcTransport({ baseUrl: server.url }));
    await client.searchBooks({ query: "hobbit" });
    expect(await onlyLine(server)).toMatchObject({ query: "hobb…" });
  });

  test("never has the query string of a GET", async () => {
    await using server = await startServer(catalog);
    await fetch(`${server.url}/api/books?title=hobbit`);
    expect(JSON.stringify(await onlyLine(server))).not.toContain("hobbit");
  });

  test("makes an id where the caller's could forge lines", async () => {
    await using server = await startServer(catalog);
    const response = await fetch(`${server.url}/healthz`, {
      headers: { "x-request-id": 'a" level="fatal' },
    });
    expect(response.headers.get("x-request-id")).toMatch(/^[\da-f-]{36}$/);
  });

  test("has the cause of a failure that is ours; the caller learns nothing of it", async () => {
    await using server = await startServer(failingCatalog());
    const client = createClient(BookService, createGrpcTransport({ baseUrl: server.url }));
    await expect(client.searchBooks({})).rejects.toThrow("[internal] internal error");
    expect(await onlyLine(server)).toMatchObject({
      level: 50,
      code: "internal",
      err: { message: "disk I/O error", stack: expect.stringContaining("request-log.test") },
    });
  });

  test("has the cause of a failure of the REST endpoint, too", async () => {
    await using server = await startServer(failingCatalog());
    const response = await fetch(`${server.url}/api/books?title=hobbit`);
    const text = await response.text();
    expect([response.status, JSON.parse(text)]).toMatchObject([
      500,
      { code: "internal", message: "internal error" },
    ]);
    expect(text).not.toContain("disk");
    expect(await onlyLine(server)).toMatchObject({ level: 50, err: { message: "disk I/O error" } });
  });

  test("warns of what callers did wrong", async () => {
    await using server = await startServer(catalog);
    const client = createClient(
      BookService,
      createGrpcWebTransport({ baseUrl: server.url, httpVersion: "1.1" }),
    );
    await expect(client.getBook({ name: "books/OL1W" })).rejects.toThrow();
    expect(await onlyLine(server)).toMatchObject({
      level: 40,
      code: "not_found",
      msg: 'There is no book "books/OL1W"',
    });
  });

  test.each(["application/grpc", "application/grpc-web"])(
    "is not missing for a call that can't be read: %s",
    async (type) => {
      await using server = await startServer(catalog);
      const session = connect(server.url);
      onTestFinished(() => session.destroy());
      const stream = session.request({
        ":method": "POST",
        ":path": "/bookfinder.v1.BookService/SearchBooks",
        "content-type": type,
        te: "trailers",
      });
      // A frame that says it has 3 bytes: an unfinished field.
      stream.end(Buffer.from([0, 0, 0, 0, 3, 10, 9, 9]));
      stream.resume();
      await new Promise((resolve) => stream.once("close", resolve));
      expect(await onlyLine(server)).toMatchObject({
        level: 40,
        msg: expect.stringContaining("can't be read as bookfinder.v1.SearchBooksRequest"),
      });
    },
  );

  test("says that the caller left", async () => {
    const never = Promise.withResolvers<never>();
    const asked = Promise.withResolvers<void>();
    const waiting = new Proxy(catalog, {
      get: (target, name: keyof Catalog) =>
        name === "search" ? search : target[name].bind(target),
    });
    function search() {
      asked.resolve();
      return never.promise;
    }
    await using server = await startServer(waiting);
    const controller = new AbortController();
    const call = fetch(`${server.url}/api/books?title=x`, { signal: controller.signal });
    await asked.promise;
    controller.abort();
    await expect(call).rejects.toThrow();
    expect(await onlyLine(server)).toMatchObject({
      level: 30,
      msg: expect.stringContaining("left"),
    });
  });
});
