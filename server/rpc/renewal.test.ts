/** What is taken back counts for streams, too, that began before. */
import { once } from "node:events";
import { request } from "node:http";
import { json } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { Code, createClient, type Transport } from "@connectrpc/connect";
import {
  createConnectTransport,
  createGrpcTransport,
  createGrpcWebTransport,
} from "@connectrpc/connect-node";
import { afterAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import { failure } from "#server/testing/call-any.ts";
import { aFewBooks } from "#server/testing/few-books.ts";
import { startServer, type TestServer } from "#server/testing/server.ts";
import { waitUntil } from "#server/testing/wait-until.ts";

const catalog = aFewBooks();
afterAll(() => catalog[Symbol.asyncDispose]());
let server: TestServer;
let keyId = "";
let headers: { authorization: string };
beforeEach(async () => {
  server = await startServer(catalog, { isPublicRead: false });
  onTestFinished(() => server[Symbol.asyncDispose]());
  const scopes = ["books.read", "books.write"] as const;
  const { key, text } = server.context.accounts.keys.create("laptop", scopes, undefined);
  keyId = key.id;
  headers = { authorization: `Bearer ${text}` };
});

const revoke = () => server.context.accounts.keys.revoke(keyId);
const writeCount = () => server.context.edits.store.generation();

const transports: [string, (baseUrl: string) => Transport][] = [
  ["gRPC", (baseUrl) => createGrpcTransport({ baseUrl })],
  ["gRPC-web", (baseUrl) => createGrpcWebTransport({ baseUrl, httpVersion: "2" })],
  ["Connect", (baseUrl) => createConnectTransport({ baseUrl, httpVersion: "2" })],
];

/** Batches of an import, between which its key is revoked. */
async function* revokedBetween<T>(first: T, second: T): AsyncGenerator<T> {
  yield first;
  await waitUntil("the first batch is written", () => writeCount() === 1);
  revoke();
  yield second;
}

describe("an import with a key that is revoked meanwhile ends there", () => {
  test.each(transports)("over %s", async (_name, transport) => {
    const books = createClient(BookService, transport(server.url));
    const batch = (title: string) => ({ rows: [{ book: { title } }] });
    const batches = revokedBetween(batch("First"), batch("Second"));
    const error = await failure(books.importBooks(batches, { headers }));
    expect([error.code, error.rawMessage]).toEqual([
      Code.Unauthenticated,
      "This API key has been revoked; ask for a new one",
    ]);
    expect(writeCount()).toBe(1);
  });

  test("over REST", async () => {
    const line = (title: string) => Buffer.from(`{"rows": [{"book": {"title": "${title}"}}]}\n`);
    const call = request(`${server.url}/v1/books:import`, {
      method: "POST",
      headers: { ...headers, "content-type": "application/x-ndjson" },
    });
    const sent = pipeline(revokedBetween(line("First"), line("Second")), call);
    const [response] = await once(call, "response");
    await sent;
    expect(response.statusCode).toBe(401);
    expect(await json(response)).toMatchObject({ reason: "CREDENTIALS_INVALID" });
    expect(writeCount()).toBe(1);
  });
});

test.each(transports)("a list that is matched over %s ends soon", async (_name, transport) => {
  const books = createClient(BookService, transport(server.url));
  let isRevoked = false;
  async function* rows() {
    for (let id = 0; ; id += 1) {
      yield { id: String(id), title: "The Hobbit" };
      // One row after the other, for as long as it is answered.
      await waitUntil("the row is matched", () => matchedCount > id || isRevoked);
    }
  }
  let matchedCount = 0;
  const matched = async () => {
    for await (const { id } of books.matchBooks(rows(), { headers })) {
      matchedCount = Number(id) + 1;
      if (matchedCount === 3) {
        isRevoked = revoke();
      }
    }
  };
  expect((await failure(matched())).code).toBe(Code.Unauthenticated);
});

test("an export goes on for those who may", async () => {
  const books = createClient(BookService, createGrpcTransport({ baseUrl: server.url }));
  let count = 0;
  for await (const { book } of books.exportBooks({}, { headers })) {
    count += book === undefined ? 0 : 1;
  }
  expect(count).toBeGreaterThan(1);
});
