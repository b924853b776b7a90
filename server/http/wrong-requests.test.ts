/** Every wrong request learns what to do, and the server keeps serving. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { aFewBooks } from "#server/testing/few-books.ts";
import { gzipped } from "#server/testing/gzipped.ts";
import { startServer, type TestServer } from "#server/testing/server.ts";

const catalog = aFewBooks();
afterAll(() => catalog[Symbol.asyncDispose]());

const search = "/bookfinder.v1.BookService/SearchBooks";
const getBook = "/bookfinder.v1.BookService/GetBook";
const json = { "content-type": "application/json" };
const post = (body: BodyInit, headers: HeadersInit = json) => ({ method: "POST", body, headers });

type Row = [
  name: string,
  path: string,
  init: RequestInit,
  status: number,
  code: string,
  message: RegExp,
];

const rows: Row[] = [
  [
    "curl -d without a content type",
    search,
    post("{}", { "content-type": "application/x-www-form-urlencoded" }),
    415,
    "unknown",
    /curl -H 'content-type: application\/json' -d … http:\/\/127\.0\.0\.1:\d+\/bookfinder/,
  ],
  [
    "no content type at all",
    search,
    post(new Uint8Array([123, 125]), {}),
    415,
    "unknown",
    /doesn't say what its body is; send JSON/,
  ],
  ["broken JSON", search, post('{"query": '), 400, "invalid_argument", /JSON/],
  ["an empty body", search, post(""), 400, "invalid_argument", /JSON/],
  [
    "a list instead of an object",
    search,
    post("[]"),
    400,
    "invalid_argument",
    /SearchBooksRequest/,
  ],
  ["a field of another type", search, post('{"query": 1}'), 400, "invalid_argument", /query/],
  [
    "an order that does not exist",
    search,
    post('{"order": "BEST"}'),
    400,
    "invalid_argument",
    /BEST/,
  ],
  [
    "an order in lower case",
    search,
    post('{"order": "newest"}'),
    400,
    "invalid_argument",
    /^order: "newest" .*SEARCH_ORDER_NEWEST/,
  ],
  [
    "a facet that does not exist",
    search,
    post('{"facets": ["FACET_FIELD_AUTHOR", "shelf"]}'),
    400,
    "invalid_argument",
    /^facets\[1\]: "shelf" .*FACET_FIELD_DECADE/,
  ],
  [
    "a language that does not exist",
    search,
    post('{"filter": {"language": {"anyOf": ["eng", "zz"]}}}'),
    400,
    "invalid_argument",
    /^filter\.language\.any_of\[1\] .*"eng"/,
  ],
  [
    "years that end before they begin",
    search,
    post('{"filter": {"published": {"from": 2000, "to": 1990}}}'),
    400,
    "invalid_argument",
    /^filter\.published .*swap/,
  ],
  [
    "a message that is not base64",
    `${getBook}?connect=v1&encoding=json&base64=1&message=@@@`,
    {},
    400,
    "invalid_argument",
    /GetBookRequest/,
  ],
  [
    "a binary message that is cut, by GET",
    `${getBook}?connect=v1&encoding=proto&base64=1&message=CgX_`,
    {},
    400,
    "invalid_argument",
    /GetBookRequest/,
  ],
  [
    "a binary message that is cut",
    getBook,
    post(new Uint8Array([10, 16, 97]), { "content-type": "application/proto" }),
    400,
    "invalid_argument",
    /GetBookRequest/,
  ],
  [
    "something that is not gzip",
    search,
    post("{}", { ...json, "content-encoding": "gzip" }),
    400,
    "invalid_argument",
    /./,
  ],
  [
    "another version of Connect",
    search,
    post("{}", { ...json, "connect-protocol-version": "2" }),
    400,
    "invalid_argument",
    /connect-protocol-version must be "1", not "2"/,
  ],
  [
    "another version of Connect by GET",
    `${search}?connect=v2&encoding=json&message={}`,
    {},
    400,
    "invalid_argument",
    /connect-protocol-version/,
  ],
  [
    "JSON in another charset",
    search,
    post("{}", { "content-type": "application/json; charset=latin1" }),
    415,
    "unknown",
    /latin1/,
  ],
  [
    "5,000 characters",
    search,
    post(JSON.stringify({ query: "x".repeat(5000) })),
    400,
    "invalid_argument",
    /^query: .*2000/,
  ],
  ["a page of -1", search, post('{"pageSize": -1}'), 400, "invalid_argument", /^page_size: .*100/],
  [
    "a page of 100000",
    search,
    post('{"pageSize": 100000}'),
    400,
    "invalid_argument",
    /^page_size: .*100/,
  ],
  [
    "a forged page token",
    search,
    post('{"pageToken": "bm9uc2Vuc2U"}'),
    400,
    "invalid_argument",
    /^page_token/,
  ],
  [
    "10 MB",
    search,
    post(JSON.stringify({ query: "x".repeat(10_000_000) })),
    429,
    "resource_exhausted",
    /1048576/,
  ],
  [
    "a gzip bomb",
    search,
    post(await gzipBomb(), { ...json, "content-encoding": "gzip" }),
    429,
    "resource_exhausted",
    /./,
  ],
  [
    "brotli",
    search,
    post("{}", { ...json, "content-encoding": "br" }),
    501,
    "unimplemented",
    /br.*gzip/,
  ],
  [
    "PUT",
    search,
    { method: "PUT", body: "{}", headers: json },
    405,
    "unknown",
    /POST or GET, not PUT/,
  ],
  ["GET without a message", search, {}, 415, "unknown", /\?encoding=json&message=\{\}/],
  [
    "JSON for a stream",
    "/grpc.health.v1.Health/Watch",
    post("{}"),
    415,
    "unknown",
    /connect\+json/,
  ],
  [
    "both ways over HTTP/1.1",
    "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
    post("", { "content-type": "application/connect+json" }),
    505,
    "unknown",
    /HTTP\/2/,
  ],
  [
    "an unknown method",
    "/bookfinder.v1.BookService/Search",
    post("{}"),
    404,
    "not_found",
    /it has SearchBooks, SuggestBooks/,
  ],
  ["an unknown path", "/nothing/here", {}, 404, "not_found", /nothing at \/nothing\/here; the API/],
  ["an unknown REST path", "/api/book", {}, 404, "not_found", /nothing at \/api\/book/],
  ["REST without a title", "/api/books", {}, 400, "invalid_argument", /\/api\/books\?title=/],
  [
    "REST with 5,000 characters",
    `/api/books?title=${"x".repeat(5000)}`,
    {},
    400,
    "invalid_argument",
    /2000/,
  ],
  ["POST to REST", "/api/books", post("{}"), 405, "unimplemented", /takes GET, HEAD, not POST/],
  [
    "a timeout that is none",
    search,
    post("{}", { ...json, "connect-timeout-ms": "soon" }),
    400,
    "invalid_argument",
    /timeout/,
  ],
];

describe.each(["on", "off"] as const)("with the fast path %s", (fastPath) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(catalog, { fastPath });
  });
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
  });
  afterEach(async () => {
    const { status } = await fetch(`${server.url}/healthz`);
    expect(status).toBe(200);
  });

  describe("is answered with an error that says what to do", () => {
    test.each(rows)("%s", async (_name, path, init, status, code, message) => {
      const response = await fetch(server.url + path, init);
      expect(response.status).toBe(status);
      expect(response.headers.get("content-type")).toMatch(/^application\/json/);
      const body: unknown = await response.json();
      expect(body).toMatchObject({ code, message: expect.stringMatching(message) });
      expect(response.headers.get("x-request-id")).not.toBeNull();
    });
  });
});

/** A few hundred kilobytes that unpack to fifty megabytes. */
async function gzipBomb(): Promise<Uint8Array<ArrayBuffer>> {
  return gzipped(new Blob([new Uint8Array(50_000_000)]));
}
