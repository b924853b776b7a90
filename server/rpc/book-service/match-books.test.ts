/** Lists stream in, matches stream back, at the pace of whoever is slower. */
import { createClient, type Transport } from "@connectrpc/connect";
import {
  createConnectTransport,
  createGrpcTransport,
  createGrpcWebTransport,
} from "@connectrpc/connect-node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import { MatchBooksResponse_Verdict as Verdict } from "#proto/bookfinder/v1/match_pb.ts";
import { aFewBooks } from "#server/testing/few-books.ts";
import { startServer, type TestServer } from "#server/testing/server.ts";

const catalog = aFewBooks();
let matchCount = 0;
const counted = {
  ...Object.fromEntries(
    (["search", "suggest", "getWork", "listEditions", "getAuthor", "info"] as const).map((name) => [
      name,
      catalog[name].bind(catalog),
    ]),
  ),
  match(...request: Parameters<typeof catalog.match>) {
    matchCount += 1;
    return catalog.match(...request);
  },
  [Symbol.asyncDispose]: () => catalog[Symbol.asyncDispose](),
} as typeof catalog;
let server: TestServer;
beforeAll(async () => {
  server = await startServer(counted);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await catalog[Symbol.asyncDispose]();
});

const transports: [name: string, create: (baseUrl: string) => Transport][] = [
  ["gRPC", (baseUrl) => createGrpcTransport({ baseUrl })],
  ["gRPC-web over HTTP/2", (baseUrl) => createGrpcWebTransport({ baseUrl, httpVersion: "2" })],
  ["Connect over HTTP/2", (baseUrl) => createConnectTransport({ baseUrl, httpVersion: "2" })],
];

async function* rows(count: number) {
  for (let index = 0; index < count; index++) {
    yield index % 2 === 0
      ? { id: `row ${index}`, title: "The Hobbit", author: "Tolkien, J. R. R." }
      : { id: `row ${index}`, citation: "Nobody, A. A book that is not here. Nowhere, 1999." };
  }
}

test.each(transports)("answers each row, in order, over %s", async (_name, create) => {
  const client = createClient(BookService, create(server.url));
  const answers = [];
  for await (const answer of client.matchBooks(rows(101))) {
    answers.push(answer);
  }
  expect(answers.map(({ id }) => id)).toEqual(
    Array.from({ length: 101 }, (_, index) => `row ${index}`),
  );
  expect(answers.map(({ index }) => index)).toEqual(Array.from(answers.keys()));
  expect(answers[0]?.verdict).toBe(Verdict.MATCHED);
  expect(answers[0]?.matches[0]).toMatchObject({
    book: { name: "books/OL262758W" },
    evidence: [{ text: "The Hobbit" }, { text: "J. R. R. Tolkien" }],
  });
  expect(answers[1]).toMatchObject({ verdict: Verdict.NOT_FOUND, matches: [] });
});

test("answers a row before the next one is asked", async () => {
  const client = createClient(BookService, createGrpcTransport({ baseUrl: server.url }));
  const answered = Promise.withResolvers<void>();
  async function* conversation() {
    yield { id: "first", isbn: "9780261103252" };
    await answered.promise;
    yield { id: "second", isbn: "9780261103252" };
  }
  const ids = [];
  for await (const { id } of client.matchBooks(conversation())) {
    ids.push(id);
    answered.resolve();
  }
  expect(ids).toEqual(["first", "second"]);
});

test("works no further ahead than the reader reads, and stops when the caller leaves", async () => {
  const client = createClient(BookService, createGrpcTransport({ baseUrl: server.url }));
  const controller = new AbortController();
  let sent = 0;
  async function* endless() {
    for (;;) {
      sent += 1;
      yield { id: `${sent}`.padEnd(200, "x"), title: "The Hobbit", author: "Tolkien" };
    }
  }
  const answers = client.matchBooks(endless(), { signal: controller.signal });
  const reader = answers[Symbol.asyncIterator]();
  await reader.next();
  // Nobody reads: what fits the windows is searched, then everything stands still.
  let before = -1;
  await expect
    .poll(
      () => {
        const isStill = before === matchCount;
        before = matchCount;
        return isStill;
      },
      { interval: 100, timeout: 20_000 },
    )
    .toBe(true);
  expect(sent).toBeLessThan(20_000);
  controller.abort();
  await expect(reader.next()).rejects.toThrow();
  const atAbort = matchCount;
  await (await fetch(`${server.url}/healthz`)).text();
  expect(matchCount - atAbort).toBeLessThanOrEqual(8);
});

test("a row that says nothing has a problem, and the list goes on", async () => {
  const client = createClient(BookService, createGrpcTransport({ baseUrl: server.url }));
  async function* list() {
    yield { id: "empty" };
    yield { id: "good", title: "The Hobbit" };
  }
  const answers = [];
  for await (const answer of client.matchBooks(list())) {
    answers.push(answer);
  }
  expect(answers.map(({ id, problem }) => [id, problem === ""])).toEqual([
    ["empty", false],
    ["good", true],
  ]);
});

test("a row beyond the limits ends the call and says which field", async () => {
  const client = createClient(BookService, createGrpcTransport({ baseUrl: server.url }));
  async function* list() {
    yield { id: "x".repeat(201) };
  }
  const read = async () => {
    for await (const _ of client.matchBooks(list())) {
      // Nothing is answered.
    }
  };
  await expect(read()).rejects.toThrow(/^\[invalid_argument\] id/);
});
