import { create } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";
import { BookRequestSchema, BookService } from "#proto/book_pb.ts";
import { apiError, badRequest, invalidField, nothingFound } from "#server/rpc/errors.ts";
import type { RestOperation, RestRequest } from "./rest-route.ts";

const EXAMPLE = "/api/books?title=Lord%20of%20the%20Rings";

/**
 * `GET /api/books?title=…`, the REST endpoint of the published comparison: the best match as
 * `{"title", "description", "author"}`.
 */
export const bestBook: RestOperation = {
  rpc: BookService.method.bookSearch,
  isCacheable: true,
  toRequest(request) {
    const searchQuery = title(request);
    if (searchQuery === "") {
      const problem = `Say which title, as in ${EXAMPLE}`;
      throw apiError("FIELD_INVALID", problem, {
        details: [badRequest([{ field: "title", description: problem, reason: "required" }])],
      });
    }
    return create(BookRequestSchema, { searchQuery });
  },
  toError(error, request) {
    if (error.code === Code.NotFound) {
      return nothingFound("book", title(request), "No book matches this title");
    }
    const { code, rawMessage } = error;
    if (code === Code.InvalidArgument && rawMessage.startsWith("search_query ")) {
      return invalidField("title", rawMessage.slice("search_query ".length));
    }
    return error;
  },
  toAnswer({ title: name, description, author }) {
    return { body: { title: name, description, author } };
  },
};

function title({ parameters }: RestRequest): string {
  return parameters.get("title")?.trim() ?? "";
}
