import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, expect, test } from "vitest";
import { download } from "./download.ts";

const folder = mkdtempSync(join(tmpdir(), "download-"));
afterAll(() => rmSync(folder, { recursive: true }));

const content = Buffer.from("0123456789".repeat(1000));
let answer: (request: IncomingMessage, response: ServerResponse) => void;
const requests: IncomingMessage[] = [];
const server = createServer((request, response) => {
  requests.push(request);
  answer(request, response);
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
afterAll(() => server.close());
afterEach(() => requests.splice(0));

// Listening on a port, so it has an address with one.
const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

/** A file with an ETag; the first answers break off in the middle. */
function serveFile(options: { breaks?: number; etags?: string[] } = {}): void {
  let broken = 0;
  let served = 0;
  answer = (request, response) => {
    const etag = options.etags?.[Math.min(served++, options.etags.length - 1)] ?? '"one"';
    response.setHeader("etag", etag);
    if (request.headers["if-none-match"] === etag) {
      return response.writeHead(304).end();
    }
    const range = /^bytes=(\d+)-$/.exec(request.headers.range ?? "");
    const isResumed = range !== null && request.headers["if-range"] === etag;
    const start = isResumed ? Number(range[1]) : 0;
    response.writeHead(isResumed ? 206 : 200, { "content-length": content.length - start });
    if (broken === (options.breaks ?? 0)) {
      return response.end(content.subarray(start));
    }
    broken += 1;
    response.write(content.subarray(start, start + 3000), () => response.destroy());
    return response;
  };
}

test("fetches a file, and not again while it is unchanged", async () => {
  serveFile();
  const path = await download(`${base}/dump.txt.gz`, folder, () => {});
  expect(readFileSync(path).equals(content)).toBe(true);
  await download(`${base}/dump.txt.gz`, folder, () => {});
  expect(requests.map(({ headers }) => headers["if-none-match"])).toEqual([undefined, '"one"']);
});

test("resumes where the connection broke", async () => {
  serveFile({ breaks: 1 });
  const path = await download(`${base}/broken.txt.gz`, folder, () => {});
  expect(readFileSync(path).equals(content)).toBe(true);
  expect(requests.map(({ headers }) => headers.range)).toEqual([undefined, "bytes=3000-"]);
});

test("starts over when the file changed in between", async () => {
  serveFile({ breaks: 1, etags: ['"one"', '"two"'] });
  const path = await download(`${base}/changed.txt.gz`, folder, () => {});
  expect(readFileSync(path).equals(content)).toBe(true);
});

test("follows redirects and tells of missing files", async () => {
  answer = (request, response) => {
    if (request.url === "/data/latest.txt.gz") {
      response.writeHead(302, { location: "/items/dump.txt.gz" }).end();
    } else if (request.url === "/items/dump.txt.gz") {
      response.end(content);
    } else {
      response.writeHead(404).end();
    }
  };
  const path = await download(`${base}/data/latest.txt.gz`, folder, () => {});
  expect(readFileSync(path).equals(content)).toBe(true);
  await expect(download(`${base}/none.txt.gz`, folder, () => {})).rejects.toThrow(/HTTP 404/);
});
