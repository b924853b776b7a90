/** A client that calls too often hears it in its own protocol, and before that how much is left. */
import { Code, ConnectError, createClient, type Transport } from "@connectrpc/connect";
import {
  compressionGzip,
  createConnectTransport,
  createGrpcTransport,
  createGrpcWebTransport,
} from "@connectrpc/connect-node";
import { createConnectTransport as createWebTransport } from "@connectrpc/connect-web";
import { afterAll, describe, expect, test } from "vitest";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import { ErrorInfoSchema, RetryInfoSchema } from "#proto/google/rpc/error_details_pb.ts";
import { aFewBooks } from "./testing/few-books.ts";
import { startServer } from "./testing/server.ts";

const catalog = aFewBooks();
afterAll(() => catalog[Symbol.asyncDispose]());

const gzip = { sendCompression: compressionGzip, compressMinBytes: 1 };
const transports: [name: string, create: (baseUrl: string) => Transport][] = [
  ["gRPC", (baseUrl) => createGrpcTransport({ baseUrl })],
  ["gRPC, compressed", (baseUrl) => createGrpcTransport({ baseUrl, ...gzip })],
  ["gRPC-web", (baseUrl) => createGrpcWebTransport({ baseUrl, httpVersion: "1.1" })],
  ["Connect", (baseUrl) => createConnectTransport({ baseUrl, httpVersion: "1.1" })],
  ["Connect over HTTP/2", (baseUrl) => createConnectTransport({ baseUrl, httpVersion: "2" })],
  ["Connect as GET", (baseUrl) => createWebTransport({ baseUrl, useHttpGet: true })],
];

describe.each(["on", "off"] as const)("with the fast path %s", (fastPath) => {
  test.each(transports)("%s", async (_name, create) => {
    await using server = await startServer(catalog, { fastPath, callsPerMinute: 2 });
    const client = createClient(BookService, create(server.url));
    const left: (string | null)[] = [];
    const onHeader = (headers: Headers) => void left.push(headers.get("ratelimit"));
    await client.getBook({ name: "books/OL27448W" }, { onHeader });
    const missing = await client
      .getBook({ name: "books/OL1W" }, { onHeader })
      .catch((error: unknown) => ConnectError.from(error));
    // Errors tell it, too: over gRPC-web in the trailers.
    left.push(...(missing instanceof ConnectError ? [missing.metadata.get("ratelimit")] : []));
    expect(left.filter((each) => each !== null)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^"address";r=1;t=\d+$/),
        expect.stringMatching(/^"address";r=0;t=\d+$/),
      ]),
    );
    const refusal = await client
      .getBook({ name: "books/OL27448W" })
      .catch((error: unknown) => ConnectError.from(error));
    expect(refusal).toMatchObject({ code: Code.ResourceExhausted });
    const [info, retry] = [ErrorInfoSchema, RetryInfoSchema].map((schema) =>
      (refusal as ConnectError).findDetails(schema).at(0),
    );
    expect(info).toMatchObject({ reason: "RATE_EXCEEDED" });
    expect(retry).toMatchObject({ retryDelay: { seconds: expect.any(BigInt) } });
    expect((refusal as ConnectError).metadata.get("retry-after")).toMatch(/^[1-9]\d?$/);
  });

  test("REST", async () => {
    await using server = await startServer(catalog, { fastPath, callsPerMinute: 2 });
    const ask = (path: string) => fetch(server.url + path, { headers: { origin: "https://a.b" } });
    const first = await ask("/v1/books/OL27448W");
    expect(first.headers.get("ratelimit-policy")).toBe('"address";q=2;w=60');
    expect(first.headers.get("access-control-expose-headers")).toContain("RateLimit");
    await ask("/api/books?title=hobbit");
    for (const path of ["/v1/books/OL27448W", "/api/books?title=hobbit", "/user/1"]) {
      const refused = await ask(path);
      expect([path, refused.status]).toEqual([path, 429]);
      expect(refused.headers.get("retry-after")).toMatch(/^[1-9]\d?$/);
      expect(refused.headers.get("ratelimit")).toMatch(/^"address";r=0;t=\d+$/);
      expect(await refused.text()).toContain("RATE_EXCEEDED");
    }
    // A probe is nobody's call.
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });
});

test("clients behind a trusted proxy are told apart, and wrong credentials count for their address", async () => {
  await using server = await startServer(catalog, {
    callsPerMinute: 1,
    trustedProxies: ["127.0.0.0/8"],
  });
  const ask = async (forwardedFor: string, more: Record<string, string> = {}) => {
    const headers = { "x-forwarded-for": forwardedFor, ...more };
    return (await fetch(`${server.url}/v1/books/OL27448W`, { headers })).status;
  };
  expect(await ask("203.0.113.1")).toBe(200);
  expect(await ask("203.0.113.1")).toBe(429);
  expect(await ask("203.0.113.2")).toBe(200);
  expect(await ask("203.0.113.3", { authorization: "Bearer bf_wrong" })).toBe(401);
  expect(await ask("203.0.113.3", { authorization: "Bearer bf_wrong" })).toBe(429);
});
