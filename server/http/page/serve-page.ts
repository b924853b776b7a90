/** Serves every address that readers see as a document: written here, taken over by its scripts. */
import { createHash } from "node:crypto";
import { extname } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { ConnectError } from "@connectrpc/connect";
import { codeToHttpStatus } from "@connectrpc/connect/protocol-connect";
import type { Catalog } from "#server/catalog/catalog.ts";
import { acceptsEncoding } from "#server/fast-path/accept-encoding.ts";
import type { CallRecord } from "#server/rpc/call-record.ts";
import { answerError } from "../answer.ts";
import { matches } from "../cache.ts";
import type { HttpRequest, HttpResponse } from "../handler.ts";
import { programVersion } from "../program-version.ts";
import { html, jsonScript } from "./html.ts";
import { type PageCallOptions, PageCalls } from "./page-calls.ts";
import { documentOf } from "./page-document.ts";
import { headElements } from "./page-head.ts";
import { pageHeaders } from "./page-headers.ts";
import { frame, type PageDocument } from "./page-parts.ts";
import { acceptedLanguages } from "./page-search.ts";
import { type PageTemplate, readTemplate } from "./page-template.ts";

const compressBrotli = promisify(brotliCompress);
const compressGzip = promisify(gzip);
/** A quarter of the bytes in a millisecond; higher levels cost more time than they save on the way. */
const BROTLI_QUALITY = 4;

export type PageServerOptions = PageCallOptions & {
  catalog: Catalog;
  /** The source of the built page; undefined if it is not built. */
  index: () => Buffer | undefined;
};

export type PageServer = {
  /** Answers if the address is one that readers see; false if it isn't. */
  serve(
    request: HttpRequest,
    response: HttpResponse,
    address: { path: string; search: string },
    record: CallRecord,
  ): Promise<boolean>;
};

/** Serves documents, with what `methods` answer in them. */
export function createPageServer(options: PageServerOptions): PageServer {
  let latest: { index: Buffer; template: PageTemplate; tag: string } | undefined;

  function template(index: Buffer) {
    if (latest?.index !== index) {
      const tag = createHash("sha256").update(index).digest("base64url");
      latest = { index, template: readTemplate(index.toString()), tag };
    }
    return latest;
  }

  return {
    async serve(request, response, { path, search }, record) {
      if (!isDocument(request, path)) {
        return false;
      }
      const index = options.index();
      const wantsHtml = request.headers.accept?.includes("text/html") ?? false;
      if (index === undefined) {
        if (!wantsHtml && path !== "/") {
          return false;
        }
        answerError(
          response,
          503,
          "unavailable",
          "The page is not built yet: run npm run build, then reload; the API works without it",
        );
        return true;
      }
      const { template: page, tag } = template(index);
      const { revision } = await options.catalog.info();
      const languages = acceptedLanguages(request.headers["accept-language"]);
      const etag = etagOf([programVersion(), tag, revision, request.url ?? "", languages.join()]);
      const headers = {
        ...pageHeaders(page.scriptHashes),
        etag,
        // Another day it may name other files, so browsers ask; "unchanged" costs no search.
        "cache-control": "no-cache",
        vary: "accept, accept-encoding, accept-language",
      };
      const calls = new PageCalls(options, request, response, record);
      const document = await write(
        { path: path === "/index.html" ? "/" : path, search, languages },
        calls,
        record,
      );
      if (document.movedTo !== undefined) {
        response.writeHead(301, {
          location: document.movedTo + search,
          "cache-control": "no-cache",
        });
        response.end();
        return true;
      }
      if (document.status === 200 && matches(request.headers["if-none-match"], etag)) {
        response.writeHead(304, headers);
        response.end();
        return true;
      }
      const text = page.fill(
        headElements(document.head, originOf(request)),
        frame(document),
        calls.answers.length === 0
          ? undefined
          : jsonScript("application/json", "first-answers", calls.answers),
      );
      await send(request, response, document.status, text, headers);
      return true;
    },
  };
}

/** A document, or an empty one whose scripts ask again and say what went wrong. */
async function write(
  address: { path: string; search: string; languages: readonly string[] },
  calls: PageCalls,
  record: CallRecord,
): Promise<PageDocument> {
  try {
    return await documentOf(address, calls);
  } catch (error) {
    record.error ??= error;
    const status = error instanceof ConnectError ? codeToHttpStatus(error.code) : 500;
    const head = {
      title: "BookFinder",
      description: "Finds books.",
      canonical: undefined,
      kind: "website" as const,
    };
    return { status: status >= 500 ? 503 : status, head, main: html`<h1>Searching…</h1>` };
  }
}

/** Whether an address is one that readers see, asked for by one who can read it. */
function isDocument(request: HttpRequest, path: string): boolean {
  if (request.method !== "GET" && request.method !== "HEAD") {
    return false;
  }
  // A missing image is missing; a wrong call of the API is answered in the API's words.
  if (path === "/" || path === "/index.html") {
    return true;
  }
  if (extname(path) !== "" || /^\/(api|v1)(\/|$)|^\/[^/]*(\.|Service\b)/.test(path)) {
    return false;
  }
  const accept = request.headers.accept ?? "*/*";
  return /text\/html|\*\/\*/.test(accept);
}

/** Scheme and host that the reader used; empty if the host is no host. */
export function originOf(request: HttpRequest): string {
  const host = "authority" in request ? request.authority : request.headers.host;
  if (host === undefined || !/^[\w.-]+(:\d+)?$|^\[[\da-f:]+\](:\d+)?$/i.test(host)) {
    return "";
  }
  const isSecure =
    request.headers["x-forwarded-proto"] === "https" ||
    ("encrypted" in request.socket && request.socket.encrypted === true);
  return `${isSecure ? "https" : "http"}://${host}`;
}

function etagOf(parts: readonly string[]): string {
  const hash = createHash("sha256").update(parts.join("\n")).digest("base64url");
  return `W/"${hash.slice(0, 22)}"`;
}

async function send(
  request: HttpRequest,
  response: HttpResponse,
  status: number,
  text: string,
  headers: Record<string, string>,
): Promise<void> {
  const accepted = request.headers["accept-encoding"]?.toString();
  const [encoding, body] = acceptsEncoding(accepted, "br")
    ? ([
        "br",
        await compressBrotli(text, {
          params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY },
        }),
      ] as const)
    : acceptsEncoding(accepted, "gzip")
      ? (["gzip", await compressGzip(text)] as const)
      : ([undefined, Buffer.from(text)] as const);
  response.writeHead(status, {
    "content-type": "text/html; charset=utf-8",
    ...headers,
    "content-length": body.length,
    ...(encoding === undefined ? {} : { "content-encoding": encoding }),
  });
  response.end(request.method === "HEAD" ? undefined : body);
}
