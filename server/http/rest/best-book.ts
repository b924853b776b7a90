import { create } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { BookRequestSchema, BookService } from "#proto/book_pb.ts";
import type { RestOperation } from "./rest-route.ts";

const EXAMPLE = "/api/books?title=Lord%20of%20the%20Rings";

/**
 * `GET /api/books?title=…`, the REST endpoint of the published comparison: the best match as
 * `{"title", "description", "author"}`.
 */
export const bestBook: RestOperation = {
  rpc: BookService.method.bookSearch,
  isCacheable: true,
  toRequest({ parameters }) {
    const title = parameters.get("title")?.trim() ?? "";
    if (title === "") {
      throw new ConnectError(`Say which title, as in ${EXAMPLE}`, Code.InvalidArgument);
    }
    return create(BookRequestSchema, { searchQuery: title });
  },
  toError(error) {
    if (error.code === Code.NotFound) {
      return new ConnectError("No book matches this title", Code.NotFound);
    }
    const { code, rawMessage, metadata, details } = error;
    const renamed = new ConnectError(rawMessage.replace("search_query", "title"), code, metadata);
    renamed.details = details;
    return renamed;
  },
  toAnswer({ title, description, author }) {
    return { body: { title, description, author } };
  },
};
