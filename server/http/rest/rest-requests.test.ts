/** What REST clients send in many ways is understood in all of them, or refused in words. */
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aFewBooks } from "#server/testing/few-books.ts";
import { openRawSocket } from "#server/testing/raw-socket.ts";
import { startServer, type TestServer } from "#server/testing/server.ts";

const catalog = aFewBooks();
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

type Init = { method?: string; body?: BodyInit; headers?: Record<string, string> };

async function ask(path: string, { headers = {}, ...init }: Init = {}) {
  const response = await fetch(server.url + path, {
    ...init,
    headers: { authorization, ...headers },
  });
  const text = await response.text();
  const [line = ""] = text.split("\n");
  return {
    status: response.status,
    headers: response.headers,
    type: response.headers.get("content-type") ?? "",
    body: (line === "" ? {} : JSON.parse(line)) as Record<string, unknown>,
  };
}

const search = '{"query":"hobbit","pageSize":1}';
const json = "application/json";

describe("a body", () => {
  test.each([
    [json, "identity"],
    [json, ""],
    [`${json}; charset="UTF-8"`, "IDENTITY"],
    [json, "gzip"],
    ["Application/JSON", "GZIP"],
    [json, "x-gzip"],
  ])("of %s in %j is read", async (type, encoding) => {
    const body = /gzip/i.test(encoding) ? gzipSync(search) : search;
    const headers = { "content-type": type, "content-encoding": encoding };
    const answer = await ask("/v1/books:search", { method: "POST", body, headers });
    expect(answer).toMatchObject({ status: 200, body: { results: [{}] } });
  });

  test("of lines may be compressed, too", async () => {
    const answer = await ask("/v1/books:match", {
      method: "POST",
      body: gzipSync('{"id":"a","title":"The Hobbit"}\n'),
      headers: { "content-type": "application/x-ndjson", "content-encoding": "gzip" },
    });
    expect(answer).toMatchObject({ status: 200, body: { id: "a", matches: [{}] } });
  });

  test.each([
    [415, { "content-type": "text/plain" }, search, /"text\/plain".*application\/json/],
    [415, { "content-type": `${json}; charset=latin1` }, search, /latin1/],
    [415, { "content-type": json, "content-encoding": "br" }, search, /"br".*gzip/],
    [415, { "content-type": json, "content-encoding": "gzip, gzip" }, search, /gzip/],
    [400, { "content-type": json, "content-encoding": "gzip" }, search, /not gzip/],
    [
      400,
      { "content-type": json, "content-encoding": "gzip" },
      gzipSync(search).subarray(0, 20),
      /gzip/,
    ],
    [400, { "content-type": json }, new Uint8Array([34, 255, 34]), /UTF-8/],
  ])("that can't be read is answered with %i: %j", async (status, headers, body, message) => {
    const answer = await ask("/v1/books:search", { method: "POST", body, headers });
    expect(answer).toMatchObject({ status, type: expect.stringContaining("problem+json") });
    expect(answer.body["detail"]).toMatch(message);
  });

  test("that grows beyond the limit when it is unpacked is refused", async () => {
    const body = gzipSync(Buffer.alloc(64 << 20, " "));
    const headers = { "content-type": json, "content-encoding": "gzip" };
    const answer = await ask("/v1/books:search", { method: "POST", body, headers });
    expect(answer).toMatchObject({ status: 429, body: { reason: "MESSAGE_TOO_LARGE" } });
  });

  test("of a PATCH may call itself a merge patch", async () => {
    const answer = await ask("/v1/books/OL27448W", {
      method: "PATCH",
      body: '{"subtitle":"Three parts"}',
      headers: { "content-type": "application/merge-patch+json", "if-match": "*" },
    });
    expect(answer).toMatchObject({ status: 200, body: { subtitle: "Three parts" } });
  });
});

test("answers are compressed for those who can read them, but not what has a strong tag", async () => {
  const raw = await openRawSocket(server.port);
  await raw.send(
    "GET /v1/books HTTP/1.1\r\nhost: a\r\naccept-encoding: br, GZIP\r\nconnection: close\r\n\r\n",
  );
  await raw.until("content-encoding: gzip");
  raw.socket.destroy();
  const answer = await fetch(`${server.url}/v1/books`, { headers: { "accept-encoding": "gzip" } });
  expect(answer.headers.get("vary")).toContain("accept-encoding");
  expect(await answer.json()).toMatchObject({ results: [{}, {}, {}] });
  const book = await ask("/v1/books/OL27448W", { headers: { "accept-encoding": "gzip" } });
  expect(book.headers.get("content-encoding")).toBeNull();
});

test.each([
  "/v1/books/OL%32%37448W",
  "/v1/books/%4F%4c27448W",
  "/v1/books%3asearch?query=hobbit",
  "/v1/books%3Amatch",
])("needless escapes in a path mean the same: %s", async (path) => {
  const isMatch = path.endsWith("match");
  const init = { method: "POST", body: "{}", headers: { "content-type": json } };
  expect((await ask(path, isMatch ? init : {})).status).toBe(200);
});

test.each(["%", "%zz", "%00", "%E2%82%AC", "OL27448W%20", "a%2Fb", "9".repeat(5000)])(
  "a key that is none is refused: %s",
  async (key) => {
    const { status, type } = await ask(`/v1/books/${key}`);
    expect(status).toBe(400);
    expect(type).toContain("problem+json");
  },
);

test("of two credentials none counts, in either order", async () => {
  for (const credentials of [
    [authorization, "Bearer bf_x"],
    ["Bearer bf_x", authorization],
    [authorization, authorization],
  ]) {
    const raw = await openRawSocket(server.port);
    const lines = credentials.map((text) => `authorization: ${text}\r\n`).join("");
    await raw.send(`GET /v1/conflicts HTTP/1.1\r\nhost: a\r\n${lines}\r\n`);
    await raw.until("401 Unauthorized");
    raw.socket.destroy();
  }
});

describe("a parameter", () => {
  test.each([
    ["/v1/books?query=a&query=b", /^query has one value/],
    ["/v1/books?page_size=1&pageSize=2", /^page_?[sS]ize has one value/],
    ["/v1/books?page_size=0x10", /page_size must be a number/],
    ["/v1/books?page_size=1e1", /page_size must be a number/],
    ["/v1/books?page_size=%2B1", /page_size must be a number/],
    ["/v1/books?page_size=", /page_size must be a number/],
    ["/v1/books?filter=x", /filter has fields of its own.*filter\.author/],
    ["/v1/books?filter.language=eng", /filter\.language\.any_of/],
    ["/v1/books?order=99", /order.*SEARCH_ORDER_NEWEST/],
    ["/v1/books/OL27448W/editions?page_size=-1", /page_size/],
  ])("that says nothing clear is refused: %s", async (path, message) => {
    const answer = await ask(path);
    expect(answer).toMatchObject({ status: 400, body: { reason: "FIELD_INVALID" } });
    expect(answer.body["detail"]).toMatch(message);
  });

  test.each(["/v1/books/OL27448W?fields=title", "/v1/books/OL27448W/editions?fields=title"])(
    "that a read does not have is named in a header: %s",
    async (path) => {
      const { status, headers } = await ask(path);
      expect([status, headers.get("x-unknown-fields")]).toEqual([200, "fields"]);
    },
  );

  test("that a write does not have is refused: it may have been a condition", async () => {
    const before = await ask("/v1/books/OL27448W");
    const answer = await ask("/v1/books/OL27448W?valdate_only=true", {
      method: "PATCH",
      body: '{"title":"x"}',
      headers: { "content-type": json, "if-match": "*" },
    });
    expect(answer).toMatchObject({ status: 400, body: { reason: "FIELD_UNKNOWN" } });
    expect((await ask("/v1/books/OL27448W")).body).toEqual(before.body);
  });
});

describe("fields of a newer client", () => {
  const headers = { "content-type": json, "if-match": "*" };
  const newer = '{"subtitle": "x", "shelfMark": "A 7"}';

  test.each([
    ["POST", "/v1/books", '{"title": "Emma", "shelfMark": "A 7"}', 201],
    ["PATCH", "/v1/books/OL262758W", newer, 200],
    ["POST", "/v1/books/OL262758W/editions", '{"title": "Emma", "shelfMark": "A 7"}', 201],
  ])("are left out and named: %s %s", async (method, path, body, status) => {
    const answer = await ask(path, { method, body, headers });
    expect([answer.status, answer.headers.get("x-unknown-fields")]).toEqual([status, "shelfMark"]);
  });

  test("are named where something is missing, which they may be", async () => {
    const answer = await ask("/v1/books", { method: "POST", body: '{"titel": "Emma"}', headers });
    expect(answer).toMatchObject({ status: 400, body: { reason: "FIELD_INVALID" } });
    expect(answer.headers.get("x-unknown-fields")).toBe("titel");
  });

  test("are left out of lines, too, and no name is kept for each of them", async () => {
    const line = `{"rows": [{"book": {"title": "Emma", "shelfMark": "A 7"}}]}\n`;
    const answer = await ask("/v1/books:import", {
      method: "POST",
      body: line.repeat(20),
      headers: { "content-type": "application/x-ndjson" },
    });
    const named = "rows[0].book.shelfMark";
    expect(answer).toMatchObject({ status: 200, body: { createdCount: 20 } });
    expect(answer.headers.get("x-unknown-fields")).toBe(Array(10).fill(named).join(", "));
  });
});

describe("a write", () => {
  const patch = (etag: string, body = '{"subtitle":"x"}') =>
    ask("/v1/books/OL262758W", {
      method: "PATCH",
      body,
      headers: { "content-type": json, "if-match": etag },
    });

  test("may be bound to one of several etags", async () => {
    const { headers } = await ask("/v1/books/OL262758W");
    const etag = headers.get("etag") ?? "";
    expect((await patch(`"a", W/${etag}`)).status).toBe(412);
    expect((await patch(`"a",${etag} , "b"`)).status).toBe(200);
    expect((await patch(`"a",${etag}x`, '{"subtitle":"y"}')).status).toBe(412);
  });

  test("of another book than the path names is refused", async () => {
    const answer = await patch("*", '{"name":"books/OL27448W","subtitle":"y"}');
    expect(answer).toMatchObject({ status: 400, body: { reason: "FIELD_INVALID" } });
    expect(answer.body["detail"]).toContain("books/OL262758W");
  });
});

test.each([
  ["GET", "/v1/nothing", 404, null],
  ["GET", "/v1/books/", 404, null],
  ["POST", "/v1/books/OL27448W:nope", 404, null],
  ["PUT", "/v1/books", 405, "GET, HEAD, POST, OPTIONS"],
  ["POST", "/v1/catalog", 405, "GET, HEAD, OPTIONS"],
])("%s %s is a problem with the status %i", async (method, path, status, allow) => {
  const answer = await ask(path, { method });
  expect(answer).toMatchObject({
    status,
    type: expect.stringContaining("application/problem+json"),
    body: { type: "about:blank", status, detail: expect.stringContaining(path) },
  });
  expect(answer.headers.get("allow")).toBe(allow);
});

test.each([
  ["POST", "/", 405],
  ["DELETE", "/books/OL27448W", 405],
  ["PUT", "/docs", 405],
  ["POST", "/openapi.json", 405],
  ["PATCH", "/robots.txt", 405],
  ["POST", "/nothing", 404],
])("%s %s, which can only be read or is not there: %i", async (method, path, status) => {
  const answer = await ask(path, { method });
  expect([answer.status, answer.headers.get("allow")]).toEqual([
    status,
    status === 405 ? "GET, HEAD, OPTIONS" : null,
  ]);
});
