/**
 * What robots and browsers look for by name: robots.txt, a sitemap, a description of the search, and the
 * pictures that previews of links show.
 */
import { ConnectError } from "@connectrpc/connect";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import { SearchOrder } from "#proto/bookfinder/v1/search_pb.ts";
import type { CallRecord } from "#server/rpc/call-record.ts";
import { answerConnectError } from "../answer.ts";
import type { HttpRequest, HttpResponse } from "../handler.ts";
import { createCoverImages } from "./cover-images.ts";
import { type Html, html } from "./html.ts";
import { type PageCallOptions, PageCalls } from "./page-calls.ts";
import { serveCover } from "./serve-cover.ts";
import { originOf } from "./serve-page.ts";

/** The most read books; robots find the others by links. */
const SITEMAP_BOOKS_MAX = 1000;
const PAGE_SIZE = 100;
/** A day; the list changes with imports. */
const MAX_AGE_SECONDS = 86_400;

export type WellKnownServer = {
  /** Answers if the path is one of these; false if it isn't. */
  serve(
    request: HttpRequest,
    response: HttpResponse,
    path: string,
    record: CallRecord,
  ): Promise<boolean>;
  has(path: string): boolean;
};

/** Serves robots.txt, sitemap.xml, opensearch.xml and covers. */
export function createWellKnown(options: PageCallOptions): WellKnownServer {
  const covers = createCoverImages();
  let names: { revision: string; paths: string[] } | undefined;

  async function bookPaths(calls: PageCalls): Promise<string[]> {
    // Asked of an RPC, so that nobody gets a list who may not read it.
    const { catalog } = await calls.ask(BookService.method.getCatalog, {});
    const revision = catalog?.revision ?? "";
    if (names?.revision === revision) {
      return names.paths;
    }
    const paths: string[] = [];
    let pageToken = "";
    do {
      const page = await calls.ask(BookService.method.searchBooks, {
        order: SearchOrder.POPULARITY,
        pageSize: PAGE_SIZE,
        pageToken,
      });
      paths.push(
        ...page.results.flatMap(({ book }) => (book === undefined ? [] : [`/${book.name}`])),
      );
      pageToken = page.nextPageToken;
    } while (pageToken !== "" && paths.length < SITEMAP_BOOKS_MAX);
    names = { revision, paths };
    return paths;
  }

  return {
    has: (path) =>
      /^\/(robots\.txt|opensearch\.xml|sitemap\.xml)$/.test(path) || coverKey(path) !== undefined,
    async serve(request, response, path, record) {
      if (request.method !== "GET" && request.method !== "HEAD") {
        return false;
      }
      const origin = originOf(request);
      const key = coverKey(path);
      if (key !== undefined) {
        await serveCover(key, new PageCalls(options, request, response, record), covers, response);
        return true;
      }
      switch (path) {
        case "/robots.txt":
          send(request, response, "text/plain", robots(origin));
          return true;
        case "/opensearch.xml":
          send(request, response, "application/opensearchdescription+xml", openSearch(origin).text);
          return true;
        case "/sitemap.xml": {
          const calls = new PageCalls(options, request, response, record);
          try {
            const paths = ["/", "/about", ...(await bookPaths(calls))];
            send(request, response, "application/xml", sitemap(origin, paths).text, calls.reach);
          } catch (error) {
            answerConnectError(response, ConnectError.from(error));
          }
          return true;
        }
        default:
          return false;
      }
    },
  };
}

function coverKey(path: string): string | undefined {
  return /^\/books\/(OL[1-9][0-9]{0,9}[WM])\/cover\.png$/.exec(path)?.[1];
}

function robots(origin: string): string {
  return [
    "User-agent: *",
    "Disallow: /api/",
    ...(origin === "" ? [] : [`Sitemap: ${origin}/sitemap.xml`]),
    "",
  ].join("\n");
}

function sitemap(origin: string, paths: readonly string[]): Html {
  return html`<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${paths.map((path) => html`<url><loc>${origin}${path}</loc></url>`)}</urlset>
`;
}

function openSearch(origin: string): Html {
  return html`<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>BookFinder</ShortName>
<Description>Finds a book from whatever you remember of it</Description>
<InputEncoding>UTF-8</InputEncoding>
<Image type="image/svg+xml">${origin}/favicon.svg</Image>
<Url type="text/html" template="${origin}/?q={searchTerms}"/>
</OpenSearchDescription>
`;
}

function send(
  request: HttpRequest,
  response: HttpResponse,
  type: string,
  text: string,
  reach = "public",
): void {
  const body = Buffer.from(text);
  response.writeHead(200, {
    "content-type": `${type}; charset=utf-8`,
    "content-length": body.length,
    "cache-control": `${reach}, max-age=${MAX_AGE_SECONDS}`,
    "x-content-type-options": "nosniff",
  });
  response.end(request.method === "HEAD" ? undefined : body);
}
