/**
 * The built page, held in memory: it is small, so no request touches the disk, no path can lead out
 * of its folder, and each file's tag and compressed forms are ready.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import type { OutgoingHttpHeaders } from "node:http";
import { extname, join } from "node:path";
import { acceptsEncoding } from "#server/fast-path/accept-encoding.ts";
import { matches } from "./cache.ts";
import type { HttpRequest, HttpResponse } from "./handler.ts";
import { assetHeaders } from "./page/page-headers.ts";

/** More than this is no page of ours but a wrong folder. */
const PAGE_BYTES_MAX = 64 << 20;

type Asset = {
  etag: string;
  headers: OutgoingHttpHeaders;
  /** By content encoding; "identity" is always there. */
  bodies: Partial<Record<Encoding, Buffer>> & { identity: Buffer };
};

type Encoding = "identity" | "br" | "gzip";

/** The files of the built page by path ("/index.html"); empty if it is not built. */
export type Page = ReadonlyMap<string, Asset>;

/** Reads the page that `npm run build` has left in that folder. */
export function loadPage(folder: string): Page {
  const files = new Map<string, Buffer>();
  let sizeBytes = 0;
  for (const entry of listFiles(folder)) {
    const content = readFileSync(join(folder, entry));
    sizeBytes += content.length;
    if (sizeBytes > PAGE_BYTES_MAX) {
      throw new Error(`${folder} holds more than a page has (${PAGE_BYTES_MAX} bytes)`);
    }
    files.set(`/${entry.replaceAll("\\", "/")}`, content);
  }
  const page = new Map<string, Asset>();
  for (const [path, content] of files) {
    if (!/\.(br|gz|map)$/.test(path)) {
      page.set(path, asset(path, content, files.get(`${path}.br`), files.get(`${path}.gz`)));
    }
  }
  return page;
}

/**
 * Answers with a file of the page; documents are written for each address (page/serve-page.ts).
 *
 * @returns False if there is no such file.
 */
export function serveFile(
  page: Page,
  request: HttpRequest,
  response: HttpResponse,
  path: string,
): boolean {
  if (request.method !== "GET" && request.method !== "HEAD") {
    return false;
  }
  const found = path.endsWith(".html") ? undefined : page.get(path);
  if (found === undefined) {
    return false;
  }
  answerAsset(found, request, response);
  return true;
}

function answerAsset(found: Asset, request: HttpRequest, response: HttpResponse): void {
  if (matches(request.headers["if-none-match"], found.etag)) {
    response.writeHead(304, { ...found.headers, etag: found.etag });
    response.end();
    return;
  }
  const encoding = chooseEncoding(request.headers["accept-encoding"]?.toString(), found);
  const body = found.bodies[encoding] ?? found.bodies.identity;
  response.writeHead(200, {
    ...found.headers,
    etag: found.etag,
    "content-length": body.length,
    ...(encoding === "identity" ? {} : { "content-encoding": encoding }),
  });
  response.end(body);
}

function chooseEncoding(accepted: string | undefined, { bodies }: Asset): Encoding {
  for (const encoding of ["br", "gzip"] as const) {
    if (bodies[encoding] !== undefined && acceptsEncoding(accepted, encoding)) {
      return encoding;
    }
  }
  return "identity";
}

function asset(path: string, content: Buffer, br?: Buffer, gzip?: Buffer): Asset {
  const hash = createHash("sha256").update(content).digest("base64url").slice(0, 16);
  // Vite puts a hash of the content into the names of what it writes to assets/.
  const isHashed = /^\/assets\/.+-[\w-]{8,}\.\w+$/.test(path);
  return {
    etag: `W/"${hash}"`,
    headers: {
      "content-type": mediaTypes[extname(path)] ?? "application/octet-stream",
      "cache-control": isHashed ? "public, max-age=31536000, immutable" : "no-cache",
      vary: "accept-encoding",
      ...assetHeaders,
    },
    bodies: {
      identity: content,
      ...(br === undefined ? {} : { br }),
      ...(gzip === undefined ? {} : { gzip }),
    },
  };
}

function listFiles(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, "/").length));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      return [];
    }
    throw error;
  }
}

const mediaTypes: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
  ".xml": "application/xml; charset=utf-8",
};
