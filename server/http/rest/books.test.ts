/** Books and editions over REST, with the conditions of HTTP. */
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { aFewBooks } from "#server/testing/few-books.ts";
import { startServer, type TestServer } from "#server/testing/server.ts";

const catalog = aFewBooks();
afterAll(() => catalog[Symbol.asyncDispose]());
let server: TestServer;
let authorization = "";
beforeEach(async () => {
  server = await startServer(catalog);
  const { text } = server.context.accounts.keys.create("laptop", ["books.write"], undefined);
  authorization = `Bearer ${text}`;
});
afterEach(() => server[Symbol.asyncDispose]());

const rings = "/v1/books/OL27448W";

type Answer = {
  status: number;
  headers: Headers;
  body: Record<string, unknown> & { code?: string; message?: string };
  etag: string;
};

async function call(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(server.url + path, {
    method,
    headers: { authorization, "content-type": "application/json", ...headers },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === "" ? {} : JSON.parse(text),
    etag: response.headers.get("etag") ?? "",
  };
}

test("a book is made, read, changed, in conflict, deleted and brought back", async () => {
  const made = await call("POST", "/v1/books", { title: "Emma", description: "A novel." });
  expect(made).toMatchObject({ status: 201, body: { title: "Emma", description: "A novel." } });
  const path = made.headers.get("location") ?? "";
  expect(path).toBe(`/v1/${made.body["name"]}`);
  expect(made.etag).toBe(`"${made.body["etag"]}"`);

  const read = await call("GET", path);
  expect(read).toMatchObject({ status: 200, body: made.body, etag: made.etag });
  const unchanged = await call("GET", path, undefined, { "if-none-match": made.etag });
  expect(unchanged).toMatchObject({ status: 304, etag: made.etag });

  const changed = await call("PATCH", path, { title: "Emma!" }, { "if-match": made.etag });
  expect(changed).toMatchObject({ status: 200, body: { title: "Emma!", description: "A novel." } });
  expect((await call("GET", path, undefined, { "if-none-match": made.etag })).status).toBe(200);

  const stale = await call("PATCH", path, { title: "Ema" }, { "if-match": made.etag });
  expect(stale).toMatchObject({ status: 412, body: { code: "aborted" } });
  expect((await call("DELETE", path, undefined, { "if-match": made.etag })).status).toBe(412);

  expect((await call("DELETE", path, undefined, { "if-match": changed.etag })).status).toBe(204);
  expect(await call("GET", path)).toMatchObject({ status: 404, body: { code: "not_found" } });
  const undelete = `${path}:undelete`;
  expect((await call("POST", undelete, undefined, { "if-match": made.etag })).status).toBe(412);
  expect(await call("POST", undelete, undefined, { "if-match": changed.etag })).toMatchObject({
    status: 200,
    body: changed.body,
    etag: changed.etag,
  });
  const { body } = await call("GET", `${path}/revisions?pageSize=2`);
  expect(body).toMatchObject({
    revisions: [{ action: "ACTION_UNDELETE" }, { action: "ACTION_DELETE", actor: "key:laptop" }],
  });
  const rest = await call("GET", `${path}/revisions?page_token=${body["nextPageToken"]}`);
  expect(rest.body).toMatchObject({
    revisions: [{ action: "ACTION_UPDATE" }, { action: "ACTION_CREATE" }],
    nextPageToken: "",
  });
});

describe("a write", () => {
  test("must say what it changes, or that it doesn't care", async () => {
    for (const [method, body] of [["PATCH", { title: "x" }], ["DELETE"]] as const) {
      const refused = await call(method, rings, body);
      expect(refused).toMatchObject({ status: 428, body: { code: "failed_precondition" } });
      expect(refused.body.message).toMatch(/If-Match/);
    }
    expect((await call("PATCH", rings, { title: "x" }, { "if-match": "*" })).status).toBe(200);
  });

  test.each(['"wrong"', 'W/"weak"', "bare", '"a", "b"', '"'])(
    "fails where the etag is not the present one: %s",
    async (etag) => {
      expect((await call("PATCH", rings, { title: "x" }, { "if-match": etag })).status).toBe(412);
      expect((await call("GET", rings)).body["title"]).toBe("The Lord of the Rings");
    },
  );

  test("of one who may not is refused before its conditions are looked at", async () => {
    const { keys } = server.context.accounts;
    const { text } = keys.create("reader", ["books.read"], undefined);
    for (const [method, path] of [
      ["POST", "/v1/books"],
      ["PATCH", rings],
      ["DELETE", rings],
      ["POST", `${rings}:undelete`],
      ["POST", `${rings}/editions`],
    ] as const) {
      const denied = await call(method, path, "{", { authorization: `Bearer ${text}` });
      expect([method, path, denied.status]).toEqual([method, path, 403]);
      const nobody = await fetch(server.url + path, { method });
      expect([method, path, nobody.status]).toEqual([method, path, 401]);
    }
  });

  test("clears what its body says is empty, and takes back what was read", async () => {
    const { body, etag } = await call("GET", rings);
    const same = await call("PATCH", rings, body, { "if-match": etag });
    expect(same).toMatchObject({ status: 200, etag });
    const cleared = await call(
      "PATCH",
      rings,
      { description: "", firstPublished: null, subjects: [] },
      { "if-match": etag },
    );
    expect(cleared.body).toMatchObject({ description: "", subjects: [], title: body["title"] });
    expect(cleared.body["firstPublished"]).toBeUndefined();
  });

  test("of fields that update_mask lists leaves the others of its body alone", async () => {
    const { body } = await call(
      "PATCH",
      `${rings}?updateMask=subtitle`,
      { title: "x", subtitle: "y" },
      { "if-match": "*" },
    );
    expect(body).toMatchObject({ title: "The Lord of the Rings", subtitle: "y" });
  });

  test("can be tried, and repeated", async () => {
    const tried = await call("POST", "/v1/books?validate_only=true", { title: "Emma" });
    expect(tried.status).toBe(201);
    expect((await call("GET", tried.headers.get("location") ?? "")).status).toBe(404);
    const first = await call("POST", "/v1/books?request_id=1", { title: "Emma" });
    const second = await call("POST", "/v1/books?requestId=1", { title: "Emma" });
    expect(second.body).toEqual(first.body);
  });

  test.each([
    ["POST", "/v1/books", "{", /JSON/],
    ["POST", "/v1/books", "[]", /Book/],
    ["POST", "/v1/books", '{"titel": "x"}', /book\.title must not be empty/],
    ["POST", "/v1/books", '{"title": 7}', /title/],
    ["POST", "/v1/books", "{}", /title/],
    ["POST", "/v1/books", undefined, /title/],
    ["POST", "/v1/books?validate_only=maybe", '{"title": "x"}', /validate_only/],
    ["PATCH", "/v1/books/1", '{"title": "x"}', /name/],
    ["PATCH", rings, '{"title": ""}', /title/],
    ["PATCH", `${rings}?update_mask=name`, '{"title": "x"}', /update_mask/],
    ["DELETE", "/v1/books/x", undefined, /name/],
    ["GET", `${rings}/revisions?page_size=many`, undefined, /page_size/],
    ["GET", `${rings}/revisions?page_token=x`, undefined, /page_token/],
  ])(
    "that can't be read is refused with the reason: %s %s %s",
    async (method, path, body, reason) => {
      const refused = await call(method, path, body, { "if-match": "*" });
      expect(refused).toMatchObject({ status: 400, body: { code: "invalid_argument" } });
      expect(refused.body.message).toMatch(reason);
    },
  );

  test.each([
    ["PATCH", "/v1/books/OL5W"],
    ["DELETE", "/v1/books/OL5W"],
    ["POST", "/v1/books/OL5W:undelete"],
    ["POST", "/v1/books/OL5W/editions"],
    ["GET", "/v1/books/OL5W/revisions"],
    ["GET", "/v1/books/OL5W/editions"],
  ])("to what is not there is not found: %s %s", async (method, path) => {
    const body = method === "GET" || method === "DELETE" ? undefined : { title: "x" };
    const answer = await call(method, path, path.endsWith(":undelete") ? undefined : body, {
      "if-match": "*",
    });
    expect(answer).toMatchObject({ status: 404, body: { code: "not_found" } });
  });
});

describe("conditions of RFC 9110", () => {
  test.each([
    // [path, condition, its value with T for the present tag, status]
    [rings, "if-none-match", "*", 304],
    [rings, "if-none-match", "W/T", 304],
    [rings, "if-none-match", '"other"', 200],
    [rings, "if-match", "*", 200],
    [rings, "if-match", 'W/"a", T', 200],
    [rings, "if-match", '"other"', 412],
    [rings, "if-match", "W/T", 412],
    ["/v1/books?query=rings", "if-none-match", "*", 304],
    ["/v1/books?query=rings&page_size=1000", "if-none-match", "*", 400],
    ["/v1/books/OL404W", "if-none-match", "*", 404],
    ["/v1/books/OL404W", "if-match", '"other"', 404],
  ])("GET %s with %s: %s is %i", async (path, name, value, status) => {
    const { etag } = await call("GET", path);
    const answer = await call("GET", path, undefined, { [name]: value.replace("T", etag) });
    expect(answer.status).toBe(status);
  });

  test.each([
    [rings, { "if-none-match": "*" }, 412],
    [rings, { "if-none-match": "*", "if-match": "*" }, 412],
    [rings, { "if-none-match": "T", "if-match": "T" }, 412],
    [rings, { "if-none-match": '"other"', "if-match": "T" }, 200],
    [rings, { "if-none-match": '"other"' }, 428],
    ["/v1/books/OL404W", { "if-none-match": "*" }, 404],
  ])("PATCH %s with %j is %i", async (path, conditions, status) => {
    const { etag } = await call("GET", path);
    const headers = Object.fromEntries(
      Object.entries(conditions).map(([name, value]) => [name, value.replace("T", etag)]),
    );
    const answer = await call("PATCH", path, { title: "x" }, headers);
    expect(answer.status).toBe(status);
  });
});

test("editions are added, listed, changed and deleted", async () => {
  const made = await call("POST", `${rings}/editions`, {
    title: "The Ring",
    isbn13: ["978-0-261-10238-5"],
  });
  expect(made).toMatchObject({ status: 201, body: { isbn13: ["9780261102385"] } });
  const path = made.headers.get("location") ?? "";
  expect(path).toMatch(`${rings}/editions/OL9`);
  const changed = await call("PATCH", path, { pageCount: 1200 }, { "if-match": made.etag });
  expect(changed.body).toMatchObject({ title: "The Ring", pageCount: 1200 });
  expect((await call("PATCH", path, { pageCount: 1 }, { "if-match": made.etag })).status).toBe(412);
  expect((await call("PATCH", path, { pageCount: 1 })).status).toBe(428);
  expect(await call("GET", path)).toMatchObject({
    status: 200,
    body: changed.body,
    etag: changed.etag,
  });
  const unchanged = await call("GET", path, undefined, { "if-none-match": changed.etag });
  expect(unchanged.status).toBe(304);
  expect((await call("GET", `${rings}/editions`)).body).toMatchObject({
    editions: [changed.body, {}, {}],
    totalSize: 3,
  });
  expect((await call("DELETE", path, undefined, { "if-match": changed.etag })).status).toBe(204);
  expect((await call("GET", path)).status).toBe(404);
  expect((await call("GET", `${rings}/editions?page_size=1`)).body).toMatchObject({
    editions: [{}],
    totalSize: 2,
  });
});
