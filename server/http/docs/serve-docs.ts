/**
 * What says how to call this server: `/openapi.json`, `/docs`, where it can be read and tried, and
 * `/llms.txt` for programs that read. All are made once, at start-up; nothing comes from elsewhere.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { OutgoingHttpHeaders } from "node:http";
import { join } from "node:path";
import { Code } from "@connectrpc/connect";
import { errorReasons } from "#server/rpc/error-reasons.ts";
import { matches } from "../cache.ts";
import type { HttpRequest, HttpResponse } from "../handler.ts";
import { type Html, html } from "../page/html.ts";

type Document = { body: Buffer; headers: OutgoingHttpHeaders };

/** An hour; a tag tells whether it is still the same. */
const CACHE_SECONDS = 3600;

/** The OpenAPI document, as far as it is read here. */
type OpenApi = {
  info: { summary: string; description: string };
  paths: Record<string, Record<string, { summary: string }>>;
};

export type DocsServer = {
  /** Answers if the path is one of these; false if it isn't. */
  serve(request: HttpRequest, response: HttpResponse, path: string): boolean;
  has(path: string): boolean;
};

/** Serves the description of the API. */
export function createDocsServer(): DocsServer {
  const file = (name: string) => readFileSync(join(import.meta.dirname, name));
  const openApi = file("openapi.json");
  const page = pageWithReasons(file("docs.html").toString());
  const documents = new Map<string, Document>([
    ["/openapi.json", toDocument(openApi, "application/json; charset=utf-8")],
    ["/docs", toDocument(Buffer.from(page), "text/html; charset=utf-8", policyOf(page))],
    ["/docs/docs.js", toDocument(file("docs.js"), "text/javascript; charset=utf-8")],
    [
      "/llms.txt",
      // Our own document has this form.
      toDocument(
        Buffer.from(llmsText(JSON.parse(openApi.toString()) as OpenApi)),
        "text/plain; charset=utf-8",
      ),
    ],
  ]);
  const find = (path: string) => documents.get(path === "/docs/" ? "/docs" : path);
  return {
    has: (path) => find(path) !== undefined,
    serve(request, response, path) {
      const found = find(path);
      if (found === undefined || (request.method !== "GET" && request.method !== "HEAD")) {
        return false;
      }
      const { body, headers } = found;
      if (matches(request.headers["if-none-match"], String(headers["etag"]))) {
        response.writeHead(304, headers);
        response.end();
        return true;
      }
      response.writeHead(200, { ...headers, "content-length": body.length });
      response.end(body);
      return true;
    },
  };
}

function toDocument(body: Buffer, type: string, more: OutgoingHttpHeaders = {}): Document {
  const hash = createHash("sha256").update(body).digest("base64url").slice(0, 22);
  return {
    body,
    headers: {
      "content-type": type,
      etag: `"${hash}"`,
      "cache-control": `public, max-age=${CACHE_SECONDS}`,
      "x-content-type-options": "nosniff",
      ...more,
    },
  };
}

/** The page may run our script, use its own style, and call this server. */
function policyOf(page: string): OutgoingHttpHeaders {
  const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? "";
  const hash = createHash("sha256").update(style).digest("base64");
  return {
    "content-security-policy": `default-src 'none'; script-src 'self'; style-src 'sha256-${hash}'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    "referrer-policy": "no-referrer",
  };
}

function pageWithReasons(page: string): string {
  const rows = Object.entries(errorReasons).map(
    ([reason, { code, meaning, wayOut }]) =>
      html`<tr id="${reason}"><td><code>${reason}</code></td><td>${Code[code]}</td><td>${inCode(meaning)}</td><td>${inCode(wayOut)}</td></tr>`,
  );
  return page.replace("<!-- reasons -->", html`${rows}`.text);
}

/** Text whose parts between backticks are code. */
function inCode(text: string): Html[] {
  return text
    .split("`")
    .map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`));
}

/** The API for programs that read (llmstxt.org): what it is, and each operation in a line. */
function llmsText({ info, paths }: OpenApi): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, { summary }]) => `- \`${method.toUpperCase()} ${path}\`: ${summary}`,
    ),
  );
  return `# BookFinder

> ${info.summary} REST, JSON over HTTP, gRPC, gRPC-web and Connect on one port, from one schema.

${info.description}

Search: \`GET /v1/books?query=tolkein%20rings&page_size=3\`. A query may be misspelt, unfinished, in another script, an ISBN, a description, or use \`author:\`, \`title:\`, \`year:1950..1960\`, "phrases" and -exclusion. Follow \`nextPageToken\` with \`page_token\`. Each result says why it was found (\`reasons\`); \`interpretation\` says what was corrected.

## Operations

${operations.join("\n")}

## More

- [OpenAPI 3.1](/openapi.json): every parameter, limit and answer
- [Reader](/docs): to try it, and what each reason of an error means
`;
}
