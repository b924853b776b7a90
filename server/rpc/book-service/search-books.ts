import type { ServiceImpl } from "@connectrpc/connect";
import type { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import type { AppContext } from "#server/context.ts";
import { callOptions } from "../call.ts";
import { fromSearchRequest } from "../mapping/search-request.ts";
import { toSearchResponse } from "../mapping/search-response.ts";

type Method = ServiceImpl<typeof BookService>["searchBooks"];

/** Finds books. */
export function searchBooks({ catalog }: Pick<AppContext, "catalog">): Method {
  return async (request, context) => {
    const response = await catalog.search(fromSearchRequest(request), callOptions(context));
    if (response.interpretation.notices.some(({ reason }) => reason === "deadline")) {
      // Asked again, the search may find what it had no time for.
      context.responseHeader.set("cache-control", "no-store");
    }
    return toSearchResponse(response);
  };
}
