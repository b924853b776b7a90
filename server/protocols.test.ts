/** The same answers over every protocol, from clients that people use. */
import { connect } from "node:http2";
import { join } from "node:path";
import { createClient, type Transport } from "@connectrpc/connect";
import {
  createConnectTransport,
  createGrpcTransport,
  createGrpcWebTransport,
} from "@connectrpc/connect-node";
import {
  createGrpcWebTransport as createGrpcWebWebTransport,
  createConnectTransport as createWebTransport,
} from "@connectrpc/connect-web";
import { Client, credentials, loadPackageDefinition, Metadata, status } from "@grpc/grpc-js";
import { loadSync, type Options } from "@grpc/proto-loader";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { BookService as PublishedBookService } from "#proto/book_pb.ts";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import { Health } from "#proto/grpc/health/v1/health_pb.ts";
import { aFewBooks } from "#server/testing/few-books.ts";
import { startServer, type TestServer } from "#server/testing/server.ts";

const catalog = aFewBooks();
let server: TestServer;
beforeAll(async () => {
  server = await startServer(catalog);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await catalog[Symbol.asyncDispose]();
});

const best = {
  title: "The Lord of the Rings",
  description: "A hobbit carries a ring to the fire in which it was forged.",
  author: "J. R. R. Tolkien",
};

const transports: [name: string, create: (baseUrl: string) => Transport][] = [
  ["Connect over HTTP/1.1", (baseUrl) => createConnectTransport({ baseUrl, httpVersion: "1.1" })],
  ["Connect over HTTP/2", (baseUrl) => createConnectTransport({ baseUrl, httpVersion: "2" })],
  [
    "Connect in binary",
    (baseUrl) => createConnectTransport({ baseUrl, httpVersion: "1.1", useBinaryFormat: true }),
  ],
  ["Connect as GET", (baseUrl) => createWebTransport({ baseUrl, useHttpGet: true })],
  ["gRPC", (baseUrl) => createGrpcTransport({ baseUrl })],
  ["gRPC with JSON", (baseUrl) => createGrpcTransport({ baseUrl, useBinaryFormat: false })],
  ["gRPC-web over HTTP/1.1", (baseUrl) => createGrpcWebTransport({ baseUrl, httpVersion: "1.1" })],
  ["gRPC-web over HTTP/2", (baseUrl) => createGrpcWebTransport({ baseUrl, httpVersion: "2" })],
  ["gRPC-web as browsers speak it", (baseUrl) => createGrpcWebWebTransport({ baseUrl })],
];

describe.each(transports)("%s", (_name, create) => {
  const open = () => create(server.url);

  test("searches", async () => {
    const { results } = await createClient(BookService, open()).searchBooks({ query: "hobbit" });
    expect(results[0]?.book).toMatchObject({ name: "books/OL262758W", title: "The Hobbit" });
  });

  test("lists books like one", async () => {
    const request = { parent: "books/OL262758W" };
    const { similarBooks } = await createClient(BookService, open()).listSimilarBooks(request);
    expect(similarBooks[0]?.book?.name).toBe("books/OL27448W");
    const tooMany = createClient(BookService, open()).listSimilarBooks({
      ...request,
      pageSize: 51,
    });
    await expect(tooMany).rejects.toThrow(/^\[invalid_argument\] page_size/);
  });

  test("returns the best match, or says that there is none", async () => {
    const client = createClient(PublishedBookService, open());
    expect(await client.bookSearch({ searchQuery: "Lord of the Rings" })).toMatchObject(best);
    await expect(client.bookSearch({ searchQuery: "zzyzx qwrtp" })).rejects.toThrow(
      "[not_found] No book matches this query",
    );
  });

  test("carries errors with their details", async () => {
    const call = createClient(BookService, open()).searchBooks({ pageSize: 1000 });
    await expect(call).rejects.toThrow(/^\[invalid_argument\] page_size/);
  });

  test("keeps the caller's request id", async () => {
    const headers = { "x-request-id": "from-the-test" };
    let answered: string | null = null;
    await createClient(BookService, open()).getCatalog(
      {},
      { headers, onHeader: (header) => (answered = header.get("x-request-id")) },
    );
    expect(answered).toBe("from-the-test");
  });

  test("streams", async () => {
    const controller = new AbortController();
    const watch = createClient(Health, open()).watch({}, { signal: controller.signal });
    const first = await watch[Symbol.asyncIterator]().next();
    expect(first.value).toMatchObject({ status: 1 });
    controller.abort();
  });
});

/** A method of a client that proto-loader makes: it knows no types. */
type Call = (
  request: object,
  done: (error: { code: number; details: string } | null, response: unknown) => void,
) => void;

describe("a gRPC client of 2023", () => {
  function published(options: Options = { keepCase: true }) {
    const definition = loadSync(join(import.meta.dirname, "../proto/book.proto"), options);
    // proto-loader makes classes at run time, so there are no types for them.
    const loaded = loadPackageDefinition(definition) as unknown as {
      BookService: new (address: string, credentials: unknown) => Client & { BookSearch: Call };
    };
    const client = new loaded.BookService(`localhost:${server.port}`, credentials.createInsecure());
    onTestFinished(() => client.close());
    return client;
  }

  test("that loads book.proto gets the best match", async () => {
    const client = published();
    const answer = await new Promise((resolve, reject) => {
      client.BookSearch({ search_query: "Lord of the Rings" }, (error, response) =>
        error === null ? resolve(response) : reject(new Error(error.details)),
      );
    });
    expect(answer).toEqual(best);
  });

  test("that loads it with the loader's defaults learns why its query is lost", async () => {
    const client = published({});
    const error = await new Promise((resolve) => {
      client.BookSearch({ search_query: "Lord of the Rings" }, resolve);
    });
    expect(error).toMatchObject({ details: expect.stringContaining("keepCase: true") });
  });

  test("learns that nothing matches", async () => {
    const client = published();
    const error = await new Promise((resolve) => {
      client.BookSearch({ search_query: "zzyzx qwrtp" }, resolve);
    });
    expect(error).toMatchObject({
      code: status.NOT_FOUND,
      details: "No book matches this query",
    });
  });
});

describe("a gRPC client", () => {
  const bytes = (value: Buffer) => value;
  const failure = (address: string, path: string, message = Buffer.alloc(0), deadlineMs = 5000) => {
    const client = new Client(address, credentials.createInsecure());
    onTestFinished(() => client.close());
    const deadline = Date.now() + deadlineMs;
    return new Promise((resolve) =>
      client.makeUnaryRequest(path, bytes, bytes, message, new Metadata(), { deadline }, resolve),
    );
  };

  test.each(["on", "off"] as const)("is told what is wrong, fast path %s", async (fastPath) => {
    await using other = await startServer(catalog, { fastPath });
    const address = `localhost:${other.port}`;
    for (const path of ["/bookfinder.v1.BookService/Nope", "/no.Service/Nope", "/nope"]) {
      expect(await failure(address, path)).toMatchObject({ code: status.UNIMPLEMENTED });
    }
    const search = "/bookfinder.v1.BookService/SearchBooks";
    expect(await failure(address, search, Buffer.from([10, 9, 9]))).toMatchObject({
      code: status.INVALID_ARGUMENT,
      details: expect.stringContaining("SearchBooksRequest"),
    });
    // Not a character more is encoded than the protocol says.
    expect(await failure(address, "/BookService/BookSearch")).toMatchObject({
      code: status.INVALID_ARGUMENT,
      details: expect.stringMatching(/^search_query is empty: send the title/),
    });
    const missing = '/50 % "größer", 日本/x';
    expect(await failure(address, `/x${encodeURI(missing)}`)).toMatchObject({
      code: status.UNIMPLEMENTED,
    });
  });

  test("whose deadline has passed hears so", async () => {
    for (const path of ["/BookService/BookSearch", "/grpc.health.v1.Health/Watch"]) {
      const session = connect(server.url);
      const headers = await new Promise<Record<string, unknown>>((resolve) =>
        session
          .request({
            ":method": "POST",
            ":path": path,
            "content-type": "application/grpc",
            "grpc-timeout": "1n",
          })
          .once("response", resolve)
          .end(Buffer.alloc(5)),
      );
      session.destroy();
      expect(headers["grpc-status"]).toBe(String(status.DEADLINE_EXCEEDED));
    }
  });
});

test("the REST endpoint of 2023 answers the best match, or 404", async () => {
  const found = await fetch(`${server.url}/api/books?title=Lord%20of%20the%20Rings`);
  expect([found.status, found.headers.get("content-type")]).toEqual([
    200,
    "application/json; charset=utf-8",
  ]);
  expect(await found.json()).toEqual(best);
  const none = await fetch(`${server.url}/api/books?title=zzyzx%20qwrtp`);
  expect(none.status).toBe(404);
  expect(await none.json()).toMatchObject({
    code: "not_found",
    message: "No book matches this title",
  });
});
