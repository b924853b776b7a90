import { connect } from "node:http2";
import { createClient } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-web";
import { afterAll, describe, expect, test } from "vitest";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import type { Catalog } from "#server/catalog/catalog.ts";
import { notice } from "#server/catalog/notices.ts";
import { callSteps } from "#server/rpc/call-pipeline.ts";
import { anonymousReader } from "#server/rpc/principal.ts";
import { aFewBooks } from "#server/testing/few-books.ts";
import { aContext, startServer } from "#server/testing/server.ts";

const catalog = aFewBooks();
const nextCatalog = aFewBooks({ revision: "test-2" });
afterAll(async () => {
  await catalog[Symbol.asyncDispose]();
  await nextCatalog[Symbol.asyncDispose]();
});

const message = encodeURIComponent('{"query":"hobbit"}');
const path = `/bookfinder.v1.BookService/SearchBooks?encoding=json&message=${message}`;

describe.each([path, "/api/books?title=hobbit"])("a GET of %s", (path) => {
  test("may be kept for a while, and is asked for again by its tag", async () => {
    await using server = await startServer(catalog);
    const first = await fetch(server.url + path);
    expect(first.status).toBe(200);
    expect(first.headers.get("cache-control")).toBe("public, max-age=60");
    expect(first.headers.get("vary")).toBe("accept-encoding");
    const etag = first.headers.get("etag") ?? "";
    const again = await fetch(server.url + path, { headers: { "if-none-match": etag } });
    expect([again.status, await again.text()]).toEqual([304, ""]);
    expect(again.headers.get("etag")).toBe(etag);
    const other = await fetch(server.url + path, { headers: { "if-none-match": 'W/"other"' } });
    expect(other.status).toBe(200);
    expect(await statusOverHttp2(server.url, path, etag)).toBe(304);
  });

  test("has the same tag on every replica, and of nothing else", async () => {
    await using server = await startServer(catalog);
    await using replica = await startServer(catalog);
    const etag = (await fetch(server.url + path)).headers.get("etag") ?? "";
    expect((await fetch(replica.url + path)).headers.get("etag")).toBe(etag);
    const headers = { "if-none-match": etag };
    expect((await fetch(replica.url + path, { headers })).status).toBe(304);
    const other = path.replace("hobbit", "rings");
    expect((await fetch(replica.url + other, { headers })).status).toBe(200);
  });

  test("is kept by nobody else if it is for a caller who is known", async () => {
    const context = aContext(catalog);
    const someone = { ...anonymousReader, kind: "apiKey", subject: "a-key" } as const;
    const steps = callSteps({ ...context, accounts: { authenticate: () => someone } });
    await using server = await startServer(catalog, {}, undefined, steps);
    const response = await fetch(server.url + path);
    expect(response.headers.get("cache-control")).toBe("private, max-age=60");
  });

  test("has another tag after the catalogue was replaced", async () => {
    let current: Catalog = catalog;
    const live = new Proxy(catalog, {
      get: (_target, name: keyof Catalog) => current[name].bind(current),
    });
    await using server = await startServer(live);
    const before = (await fetch(server.url + path)).headers.get("etag") ?? "";
    current = nextCatalog;
    const after = await fetch(server.url + path, { headers: { "if-none-match": before } });
    expect(after.status).toBe(200);
    expect(after.headers.get("etag")).not.toBe(before);
  });

  test("is not kept at all if caching is turned off", async () => {
    await using server = await startServer(catalog, { cacheSeconds: 0 });
    const response = await fetch(server.url + path, { headers: { "if-none-match": "*" } });
    expect(response.status).toBe(200);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("etag")).toBeNull();
  });
});

test("an answer that was cut short is not kept", async () => {
  const hurried = new Proxy(catalog, {
    get: (target, name: keyof Catalog) =>
      name === "search" ? cutShort : target[name].bind(target),
  });
  const cutShort: Catalog["search"] = async (request) => {
    const { interpretation, ...response } = await catalog.search(request);
    const notices = [notice("deadline", undefined)];
    return { ...response, interpretation: { ...interpretation, notices } };
  };
  await using server = await startServer(hurried);
  for (const encoding of ["identity", "gzip"]) {
    const headers = { "accept-encoding": encoding };
    const response = await fetch(server.url + path, { headers });
    expect([response.status, response.headers.get("cache-control")]).toEqual([200, "no-store"]);
    expect(response.headers.get("etag")).toBeNull();
  }
});

test("errors and POSTs are never kept", async () => {
  await using server = await startServer(catalog);
  const wrong = await fetch(server.url + path.replace("hobbit", "hobbit%22%2C%22order%22%3A%22"));
  expect(wrong.status).toBe(400);
  expect(wrong.headers.get("cache-control")).toBeNull();
  const posted = await fetch(server.url + path, {
    method: "POST",
    body: "{}",
    headers: { "content-type": "application/json" },
  });
  expect(posted.headers.get("cache-control")).toBeNull();
});

test.each([
  ["/bookfinder.v1.BookService/GetBook?encoding=json&message={%22name%22:%22books/OL9W%22}", 404],
  ["/bookfinder.v1.BookService/GetBook?encoding=json&message={%22name%22:%22nothing%22}", 400],
  ["/bookfinder.v1.BookService/GetBook?encoding=json&message=@@@", 400],
  ["/api/books?title=zzyzxq", 404],
  ["/api/books", 400],
])("%s is %i whatever the caller still has", async (wrong, status) => {
  await using server = await startServer(catalog);
  const etag = (await fetch(server.url + path)).headers.get("etag") ?? "";
  for (const tag of [etag, "*"]) {
    const response = await fetch(server.url + wrong, { headers: { "if-none-match": tag } });
    expect(response.status).toBe(status);
    expect(response.headers.get("etag")).toBeNull();
    expect(await statusOverHttp2(server.url, wrong, tag)).toBe(status);
  }
});

test("the typed client reads by GET", async () => {
  await using server = await startServer(catalog);
  const transport = createConnectTransport({ baseUrl: server.url, useHttpGet: true });
  await createClient(BookService, transport).searchBooks({ query: "hobbit" });
  expect(server.context.lines.at(-1)).toMatchObject({ method: "GET", protocol: "connect" });
});

async function statusOverHttp2(url: string, path: string, tag: string): Promise<unknown> {
  const session = connect(url);
  const stream = session.request({ ":path": path, "if-none-match": tag });
  const headers = await new Promise<Record<string, unknown>>((resolve, reject) => {
    stream.once("response", resolve).once("error", reject);
  });
  session.destroy();
  return headers[":status"];
}
