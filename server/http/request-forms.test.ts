/** What HTTP lets callers write in many ways is understood in all of them. */
import { connect } from "node:http2";
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { aFewBooks } from "#server/testing/few-books.ts";
import { gzipped } from "#server/testing/gzipped.ts";
import { openRawSocket } from "#server/testing/raw-socket.ts";
import { startServer, type TestServer } from "#server/testing/server.ts";

const catalog = aFewBooks();
afterAll(() => catalog[Symbol.asyncDispose]());

const search = "/bookfinder.v1.BookService/SearchBooks";
const json = { "content-type": "application/json" };
const post = (body: BodyInit, headers: HeadersInit = json) => ({ method: "POST", body, headers });

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

  test.each([
    [search, "GET, HEAD, POST, OPTIONS"],
    ["/BookService/BookSearch", "POST, OPTIONS"],
    ["/api/books", "GET, HEAD, OPTIONS"],
    ["/healthz", "GET, HEAD, OPTIONS"],
  ])(
    "says which methods %s allows, refusing, asked and before a page calls",
    async (path, allow) => {
      const put = await fetch(server.url + path, { method: "PUT" });
      expect([put.status, put.headers.get("allow")]).toEqual([405, allow]);
      const options = await fetch(server.url + path, { method: "OPTIONS" });
      expect([options.status, options.headers.get("allow")]).toEqual([204, allow]);
      const headers = { origin: "https://a.example", "access-control-request-method": "POST" };
      const preflight = await fetch(server.url + path, { method: "OPTIONS", headers });
      expect(preflight.headers.get("access-control-allow-methods")).toBe(allow);
    },
  );

  test.each([
    ["application/json", "identity"],
    ["application/json;charset=UTF-8", "identity"],
    ['Application/JSON; charset="utf-8"', "identity"],
    ["application/json; profile=x; charset=utf-8", "identity"],
    ["application/json", "GZIP"],
    ["application/json", "gzip "],
  ])("reads %s in %s", async (type, encoding) => {
    const text = JSON.stringify({ query: "hobbit" });
    const body = encoding === "identity" ? text : await gzipped(new Blob([text]));
    const headers = { "content-type": type, "content-encoding": encoding };
    const response = await fetch(server.url + search, post(body, headers));
    expect(response.status).toBe(200);
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(await response.json()).toMatchObject({ results: [{ book: { title: "The Hobbit" } }] });
  });

  test.each(["application/grpc-web", "application/grpc-web+proto; charset=utf-8"])(
    "reads %s",
    async (type) => {
      const call = post(new Uint8Array(5), { "content-type": type });
      const response = await fetch(`${server.url}/bookfinder.v1.BookService/GetCatalog`, call);
      expect(await response.text()).toContain("grpc-status: 0");
    },
  );

  test.each(["application/grpc-web-text", "application/grpc-web-text+proto"])(
    "reads and answers %s, which is gRPC-web in base64",
    async (type) => {
      // Two chunks that were encoded each for itself, as a client's writes are.
      const frame = new Uint8Array([0, 0, 0, 0, 8, 10, 6, ...Buffer.from("hobbit")]);
      const body =
        btoa(String.fromCharCode(...frame.slice(0, 5))) +
        btoa(String.fromCharCode(...frame.slice(5)));
      const response = await fetch(server.url + search, post(body, { "content-type": type }));
      expect(response.headers.get("content-type")).toBe("application/grpc-web-text+proto");
      const parts = (await response.text()).match(/[^=]+=*/g) ?? [];
      const bytes = Buffer.concat(parts.map((part) => Buffer.from(part, "base64")));
      expect(bytes.toString()).toContain("The Hobbit");
      expect(bytes.toString()).toContain("grpc-status: 0");
      const wrong = await fetch(server.url + search, post("!!!!", { "content-type": type }));
      expect(Buffer.from(await wrong.text(), "base64").toString()).toContain("grpc-status: 3");
    },
  );

  test("reads a compressed message in a URL, however its compression is spelt", async () => {
    const packed = Buffer.from(await gzipped(new Blob(['{"query": "hobbit"}']))).toString(
      "base64url",
    );
    for (const compression of ["gzip", "GZIP", "x-gzip"]) {
      const get = `${search}?encoding=json&base64=1&compression=${compression}&message=${packed}`;
      const response = await fetch(server.url + get);
      expect([compression, response.status]).toEqual([compression, 200]);
    }
  });

  test.each(["application/grpc-web", "application/grpc-web-text"])(
    "says what is wrong over %s as the protocol encodes it: only what is not printable",
    async (type) => {
      const call = post(type.endsWith("text") ? "AAAAAAA=" : new Uint8Array(5), {
        "content-type": type,
        "grpc-accept-encoding": "gzip",
      });
      const response = await fetch(`${server.url}/BookService/BookSearch`, call);
      const bytes = Buffer.from(await response.arrayBuffer());
      const frame = type.endsWith("text") ? Buffer.from(bytes.toString(), "base64") : bytes;
      expect(frame[0]).toBe(0x80);
      expect(frame.readUInt32BE(1)).toBe(frame.length - 5);
      expect(frame.toString()).toMatch(/grpc-message: search_query is empty: send the title/);
      expect(frame.toString()).toMatch(/^grpc-status: 3\r$/m);
    },
  );

  test("leaves unknown fields out and names them, or refuses them if it is told to", async () => {
    const body = '{"query": "hobbit", "querry": 1, "filter": {"shelf": {"anyOf": ["x"]}}}';
    const names = "querry, filter.shelf";
    for (const init of [
      post(body),
      post(await gzipped(new Blob([body])), { ...json, "content-encoding": "gzip" }),
    ]) {
      const response = await fetch(server.url + search, init);
      expect([response.status, response.headers.get("x-unknown-fields")]).toEqual([200, names]);
      expect(await response.json()).toMatchObject({ results: [{ book: { title: "The Hobbit" } }] });
    }
    const get = `${search}?encoding=json&message=${encodeURIComponent(body)}`;
    expect((await fetch(server.url + get)).headers.get("x-unknown-fields")).toBe(names);
    await using strict = await startServer(catalog, { fastPath, unknownFields: "refuse" });
    const refused = await fetch(strict.url + search, post(body));
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({
      message: expect.stringMatching(/^querry, filter\.shelf: is unknown; .*pageToken/),
    });
  });

  test("shortens deadlines that are too long", async () => {
    const year = post('{"query": "hobbit"}', { ...json, "connect-timeout-ms": "9999999999" });
    expect((await fetch(server.url + search, year)).status).toBe(200);
  });

  test.each([
    ["application/grpc", /^2$|^3$|^12$/],
    ["application/grpc+json", /^3$|^12$/],
    ["application/proto", undefined],
    ["application/json", undefined],
  ])("answers %s over HTTP/2 whose body turns out to be empty", async (type, grpcStatus) => {
    const session = connect(server.url);
    onTestFinished(() => session.destroy());
    const path = "/bookfinder.v1.BookService/GetCatalog";
    const stream = session.request({ ":method": "POST", ":path": path, "content-type": type });
    // In frames of their own, one after the other in the same breath.
    stream.end();
    const headers = await new Promise<Record<string, unknown>>((resolve, reject) => {
      stream.once("response", resolve).once("error", reject);
    });
    if (grpcStatus === undefined) {
      expect(headers[":status"]).toBe(type === "application/proto" ? 200 : 400);
      return;
    }
    const trailers = new Promise<Record<string, unknown>>((resolve) => {
      stream.once("trailers", resolve).resume();
      if (headers["grpc-status"] !== undefined) {
        resolve(headers);
      }
    });
    expect((await trailers)["grpc-status"]).toMatch(grpcStatus);
  });

  test("refuses two hosts", async () => {
    const raw = await openRawSocket(server.port);
    await raw.send("GET /healthz HTTP/1.1\r\nhost: a\r\nHost: b\r\n\r\n");
    await raw.until("400 Bad Request");
    raw.socket.destroy();
  });

  test("answers HEAD like GET, without the body", async () => {
    const message = encodeURIComponent('{"query":"hobbit"}');
    for (const path of [
      `${search}?encoding=json&message=${message}`,
      "/api/books?title=hobbit",
      "/healthz",
    ]) {
      const response = await fetch(server.url + path, { method: "HEAD" });
      expect([response.status, await response.text()]).toEqual([200, ""]);
    }
  });

  test("answers targets with a scheme, as proxies send them", async () => {
    const raw = await openRawSocket(server.port);
    await raw.send(`GET ${server.url}/api/books?title=hobbit HTTP/1.1\r\nhost: a\r\n\r\n`);
    await raw.until("The Hobbit");
    raw.socket.destroy();
  });

  test("logs each of them with its request id", async () => {
    const { lines } = server.context;
    const response = await fetch(`${server.url}/nothing`);
    const requestId = response.headers.get("x-request-id");
    await response.text();
    expect(lines).toContainEqual(
      expect.objectContaining({ requestId, level: 40, path: "/nothing", status: 404 }),
    );
  });
});
