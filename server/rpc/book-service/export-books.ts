import type { ServiceImpl } from "@connectrpc/connect";
import type { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import { BadPageTokenError } from "#server/catalog/catalog.ts";
import { plainSearch } from "#server/catalog/plain-search.ts";
import type { AppContext } from "#server/context.ts";
import { apiError, invalidField } from "../errors.ts";
import { toBook } from "../mapping/book.ts";
import { fromBookFilter, fromSearchOrder } from "../mapping/search-request.ts";
import { patientSearcher } from "../patient-search.ts";

type Method = ServiceImpl<typeof BookService>["exportBooks"];

/** Books that are read at a time; a reader who pauses keeps no more than these in memory. */
const PAGE_SIZE = 100;

/** Streams all books of a search, page by page; the next page is read when the reader has this one. */
export function exportBooks({ catalog }: AppContext): Method {
  const searcher = patientSearcher(catalog);
  return async function* (request, { signal }) {
    let { pageToken, offset } = parseResumeToken(request.resumeToken);
    let left = request.limit === 0 ? Number.POSITIVE_INFINITY : request.limit;
    for (let isFirst = true; left > 0; isFirst = false) {
      signal.throwIfAborted();
      const search = plainSearch(request.query, {
        filter: fromBookFilter(request.filter),
        order: fromSearchOrder(request.order),
        pageSize: PAGE_SIZE,
        pageToken,
        verbatim: request.verbatim,
        expandDuplicates: true,
      });
      const page = await searcher.search(search, { signal }).catch((error: unknown) => {
        throw isFirst ? badResumeToken(error) : replacedMeanwhile(error);
      });
      for (const { work } of page.results.slice(offset)) {
        offset += 1;
        left -= 1;
        const isLast = offset === page.results.length && page.nextPageToken !== "";
        const position = isLast
          ? { pageToken: page.nextPageToken, offset: 0 }
          : { pageToken, offset };
        yield { book: toBook(work), resumeToken: printResumeToken(position) };
        if (left === 0) {
          return;
        }
      }
      if (page.nextPageToken === "") {
        return;
      }
      pageToken = page.nextPageToken;
      offset = 0;
    }
  };
}

/** A page of the search, and how many of its books are behind the reader. */
type ResumePosition = { pageToken: string; offset: number };

function printResumeToken({ pageToken, offset }: ResumePosition): string {
  return `${offset}-${pageToken}`;
}

function parseResumeToken(token: string): ResumePosition {
  if (token === "") {
    return { pageToken: "", offset: 0 };
  }
  const match = /^(\d{1,3})-(.*)$/s.exec(token);
  if (match === null) {
    throw invalidField(
      "resume_token",
      "is no token of this service: pass the resume_token of the last book unchanged, or none",
    );
  }
  return { offset: Number(match[1]), pageToken: match[2] ?? "" };
}

function badResumeToken(error: unknown): unknown {
  if (!(error instanceof BadPageTokenError)) {
    return error;
  }
  const problem = error.message
    .replace("next_page_token of the page before", "resume_token of the last book")
    .replace("for the first page", "to begin")
    .replaceAll("page_token", "resume_token");
  return invalidField("resume_token", problem, "page_token.valid", "PAGE_TOKEN_INVALID");
}

function replacedMeanwhile(error: unknown): unknown {
  if (!(error instanceof BadPageTokenError)) {
    return error;
  }
  const message = "The catalogue was replaced while the export ran: begin it again";
  return apiError("CATALOGUE_REPLACED", message);
}
