/** The same methods by the paths that the schema gives them. */
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
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

async function get(path: string, init: RequestInit = {}) {
  const response = await fetch(server.url + path, init);
  const text = await response.text();
  const type = response.headers.get("content-type") ?? "";
  const lines = text.split("\n").filter((line) => line !== "");
  const values: Record<string, unknown>[] = lines.map((line) => JSON.parse(line));
  return { status: response.status, headers: response.headers, type, values, body: values[0] };
}

const post = (body: string, type = "application/json"): RequestInit => ({
  method: "POST",
  body,
  headers: { "content-type": type },
});

test.each([
  ["/v1/books?query=hobbit&page_size=1", { results: [{ book: { name: "books/OL262758W" } }] }],
  ["/v1/books:search?query=hobbit&pageSize=1", { results: [{ book: { title: "The Hobbit" } }] }],
  ["/v1/books?filter.author.any_of=authors%2FOL22242A", { total: { value: 1 } }],
  ["/v1/books?filter.language.anyOf=ger&filter.language.anyOf=rus", { total: { value: 2 } }],
  ["/v1/books?filter.published.from=1900&filter.published.to=1940", { total: { value: 1 } }],
  [
    "/v1/books?order=SEARCH_ORDER_OLDEST&page_size=1",
    { results: [{ book: { title: expect.stringMatching(/Прес/) } }] },
  ],
  [
    "/v1/books?order=5&page_size=1",
    { results: [{ book: { title: expect.stringMatching(/Прес/) } }] },
  ],
  ["/v1/books?query=hobbit&explain=true", { results: [{ explanation: {} }] }],
  ["/v1/books:suggest?query=hob", { suggestions: [{ text: "The Hobbit" }] }],
  ["/v1/books/OL27448W", { name: "books/OL27448W", title: "The Lord of the Rings" }],
  ["/v1/books/OL27448W/editions?page_size=1", { editions: [{}], totalSize: 2 }],
  [
    "/v1/books/OL27448W/similarBooks?page_size=1",
    { similarBooks: [{ book: { title: "The Hobbit" }, reasons: [{ text: "Middle-earth" }, {}] }] },
  ],
  ["/v1/authors/OL26320A", { displayName: "J. R. R. Tolkien", bookCount: 2 }],
  ["/v1/catalog", { bookCount: 3 }],
])("GET %s", async (path, expected) => {
  const { status, body } = await get(path);
  expect(status).toBe(200);
  expect(body).toMatchObject(expected);
});

test("POST :search takes the request as its body", async () => {
  const { status, body } = await get("/v1/books:search", post('{"query":"hobbit","pageSize":1}'));
  expect([status, body?.["results"]]).toEqual([200, [expect.objectContaining({})]]);
});

test("answers that depend on the catalogue only may be kept, and are asked for with their tag", async () => {
  const first = await get("/v1/books/OL27448W");
  const etag = first.headers.get("etag") ?? "";
  expect(etag).not.toBe("");
  const again = await get("/v1/books/OL27448W", { headers: { "if-none-match": etag } });
  expect(again.status).toBe(304);
});

describe("errors are problem details, in the words of the RPC", () => {
  test.each([
    [404, "/v1/books/OL5W", "RESOURCE_NOT_FOUND", /OL5W/],
    [400, "/v1/books/x", "FIELD_INVALID", /name/],
    [400, "/v1/books?page_size=101", "FIELD_INVALID", /page_size/],
    [400, "/v1/books?page_size=many", "FIELD_INVALID", /page_size must be a number/],
    [400, "/v1/books?explain=maybe", "FIELD_INVALID", /explain must be true or false/],
    [400, "/v1/books?order=NEWEST", "FIELD_INVALID", /SEARCH_ORDER_NEWEST/],
    [400, "/v1/books?page_token=forged", "PAGE_TOKEN_INVALID", /page_token/],
    [400, "/v1/books:export?resume_token=forged", "FIELD_INVALID", /resume_token/],
  ])("%i %s", async (status, path, reason, message) => {
    const answer = await get(path);
    expect(answer).toMatchObject({ status, body: { status, reason, type: `/docs#${reason}` } });
    expect(answer.type).toContain("application/problem+json");
    expect(answer.body?.["detail"]).toMatch(message);
    expect(answer.body?.["message"]).toBe(answer.body?.["detail"]);
  });

  test.each([
    ["{", /JSON/],
    ["[]", /object/],
    ['{"query": 7}', /query/],
  ])("a body that can't be read: %s", async (body, message) => {
    const answer = await get("/v1/books:search", post(body));
    expect(answer).toMatchObject({ status: 400, body: { code: "invalid_argument" } });
    expect(answer.body?.["detail"]).toMatch(message);
  });

  test("fields are named one by one", async () => {
    const { body } = await get("/v1/books?page_size=101&order=99");
    expect(body?.["errors"]).toMatchObject([{ field: "order" }, { field: "page_size" }]);
  });
});

describe("names that the schema does not have", () => {
  test("are left out, and a header says so", async () => {
    const { status, headers } = await get("/v1/books?qurey=hobbit");
    expect([status, headers.get("x-unknown-fields")]).toEqual([200, "qurey"]);
  });

  test("are refused where that is configured", async () => {
    await using strict = await startServer(catalog, { unknownFields: "refuse" });
    const response = await fetch(`${strict.url}/v1/books?qurey=hobbit`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ reason: "FIELD_UNKNOWN" });
  });
});

describe("streams are lines of JSON", () => {
  test("that may be many", async () => {
    const { type, values } = await get("/v1/books:export");
    expect(type).toBe("application/x-ndjson; charset=utf-8");
    expect(values).toMatchObject([
      { book: { name: "books/OL27448W" }, resumeToken: "1-" },
      { book: { name: "books/OL262758W" } },
      { book: { name: "books/OL166894W" } },
    ]);
    const rest = await get(`/v1/books:export?resume_token=${values[1]?.["resumeToken"]}`);
    expect(rest.values).toMatchObject([{ book: { name: "books/OL166894W" } }]);
  });

  test("that go both ways", async () => {
    const rows = ['{"id":"a","title":"The Hobbit","author":"Tolkien"}', "", '{"id":"b"}'];
    const answer = await get("/v1/books:match", post(rows.join("\n"), "application/x-ndjson"));
    expect(answer.values).toMatchObject([
      { id: "a", verdict: "VERDICT_MATCHED", matches: [{ book: { name: "books/OL262758W" } }] },
      { id: "b", problem: expect.stringContaining("empty") },
    ]);
  });

  test("of which the last says what went wrong", async () => {
    const rows = `${'{"title":"The Hobbit"}\n'.repeat(3)}{"title":`;
    const { values } = await get("/v1/books:match", post(rows, "application/x-ndjson"));
    expect(values.at(-1)).toMatchObject({
      error: { status: 400, detail: expect.stringMatching(/Line 4/) },
    });
  });

  test("and fail with a status before the first", async () => {
    const answer = await get("/v1/books:match", post("{", "application/x-ndjson"));
    expect(answer).toMatchObject({ status: 400, body: { code: "invalid_argument" } });
    expect((await get("/v1/books:match", post("x", "text/csv"))).body?.["detail"]).toMatch(
      /ndjson/,
    );
    expect((await get("/v1/books:match")).status).toBe(405);
  });

  test("are not read further where they are nothing but air", async () => {
    const { status, body } = await get("/v1/books:match", {
      ...post(""),
      body: gzipSync(Buffer.alloc(32 << 20, "\n")),
      headers: { "content-type": "application/x-ndjson", "content-encoding": "gzip" },
    });
    expect(body?.["detail"]).toMatch(/100 times/);
    expect(status).toBe(429);
  });
});
