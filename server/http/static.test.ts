import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aFewBooks } from "#server/testing/few-books.ts";
import { openRawSocket } from "#server/testing/raw-socket.ts";
import { startServer, type TestServer } from "#server/testing/server.ts";

const catalog = aFewBooks();
const folder = mkdtempSync(join(tmpdir(), "bookfinder-page-"));
const script = "console.log('a book');".repeat(50);
let server: TestServer;

beforeAll(async () => {
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "index.html"), "<!doctype html><title>BookFinder</title>");
  writeFileSync(join(folder, "robots.txt"), "User-agent: *\n");
  writeFileSync(join(folder, "assets/main-B4kP9_xZ.js"), script);
  writeFileSync(join(folder, "assets/main-B4kP9_xZ.js.gz"), gzipSync(script));
  server = await startServer(catalog, {}, folder);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await catalog[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

const navigation = { headers: { accept: "text/html,application/xhtml+xml" } };

describe("the page", () => {
  test.each([
    ["/", 200, "BookFinder"],
    ["/index.html", 200, "BookFinder"],
    ["/books/OL27448W", 200, "The Lord of the Rings"],
    ["/authors/OL26320A?page=2", 200, "J. R. R. Tolkien"],
    ["/search", 404, "Not found"],
  ])("is drawn at %s", async (path, status, title) => {
    const response = await fetch(server.url + path, navigation);
    expect(response.status).toBe(status);
    expect(await response.text()).toMatch(new RegExp(`<title>${title}[^<]*</title>`));
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-cache",
      "content-security-policy": expect.stringContaining("default-src 'none'; script-src 'self'"),
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "x-frame-options": "DENY",
    });
  });

  test("is not drawn for who wants JSON, for missing files, or on POST", async () => {
    const json = { headers: { accept: "application/json" } };
    expect((await fetch(`${server.url}/books/OL27448W`, json)).status).toBe(404);
    expect((await fetch(`${server.url}/covers/none.png`, navigation)).status).toBe(404);
    expect((await fetch(`${server.url}/search`, { method: "POST", ...navigation })).status).toBe(
      404,
    );
  });

  test("is asked for again by its tag", async () => {
    const first = await fetch(server.url, navigation);
    const etag = first.headers.get("etag") ?? "";
    const headers = { ...navigation.headers, "if-none-match": `"other", ${etag}` };
    const again = await fetch(server.url, { headers });
    expect([again.status, await again.text()]).toEqual([304, ""]);
  });

  test("has files that are kept for ever if their names say what is in them", async () => {
    const named = await fetch(`${server.url}/assets/main-B4kP9_xZ.js`);
    expect(named.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(named.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
    const other = await fetch(`${server.url}/robots.txt`);
    expect(other.headers.get("cache-control")).toBe("no-cache");
  });

  test.each([
    ["gzip", "gzip"],
    ["br, gzip;q=0.5", "gzip"],
    ["gzip;q=0", undefined],
    ["identity", undefined],
    ["", undefined],
  ])("sends what the client can unpack: %s", async (accepted, encoding) => {
    const raw = await openRawSocket(server.port);
    await raw.send(
      `GET /assets/main-B4kP9_xZ.js HTTP/1.1\r\nhost: a\r\naccept-encoding: ${accepted}\r\nconnection: close\r\n\r\n`,
    );
    await raw.closed;
    const answer = raw.received();
    const end = answer.indexOf("\r\n\r\n");
    const head = answer.subarray(0, end).toString();
    const body = answer.subarray(end + 4);
    expect(/content-encoding: (\w+)/.exec(head)?.[1]).toBe(encoding);
    expect(head).toContain("vary: accept-encoding");
    expect((encoding === undefined ? body : gunzipSync(body)).toString()).toBe(script);
  });

  test.each(["/assets/main-B4kP9_xZ.js.gz", "/../package.json", "/%2e%2e/package.json", "/assets"])(
    "has nothing else: %s",
    async (path) => {
      const raw = await openRawSocket(server.port);
      await raw.send(`GET ${path} HTTP/1.1\r\nhost: a\r\n\r\n`);
      await raw.until("HTTP/1.1 404 ");
      raw.socket.destroy();
    },
  );
});

test("says how to build the page if it is not there", async () => {
  await using bare = await startServer(catalog);
  const response = await fetch(bare.url, navigation);
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({
    message: expect.stringContaining("npm run build"),
  });
});
