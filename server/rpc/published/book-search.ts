import type { ServiceImpl } from "@connectrpc/connect";
import type { BookService } from "#proto/book_pb.ts";
import { authorLine, bestMatch, QUERY_CHARS_MAX } from "#server/catalog/best-match.ts";
import type { AppContext } from "#server/context.ts";
import { callOptions } from "../call.ts";
import { invalidField, nothingFound } from "../errors.ts";

/** The loader's defaults rename fields, so that clients send the query nowhere without noticing. */
const EMPTY =
  "is empty: send the title you look for, e.g. Lord of the Rings; with @grpc/proto-loader load " +
  "book.proto with keepCase: true, or name the field searchQuery";

type Method = ServiceImpl<typeof BookService>["bookSearch"];

/**
 * Answers the example that was published with `proto/book.proto`: the best match alone.
 *
 * Its schema is kept as it was, without validation rules, so its limits are checked here.
 */
export function bookSearch({ catalog }: Pick<AppContext, "catalog">): Method {
  return async ({ searchQuery }, context) => {
    if (searchQuery.trim() === "") {
      throw invalidField("search_query", EMPTY);
    }
    if (searchQuery.length > QUERY_CHARS_MAX) {
      throw invalidField(
        "search_query",
        `must be at most ${QUERY_CHARS_MAX} characters: shorten it`,
      );
    }
    const work = await bestMatch(catalog, searchQuery, callOptions(context));
    if (work === undefined) {
      throw nothingFound("book", searchQuery, "No book matches this query");
    }
    return { title: work.title, description: work.description, author: authorLine(work) };
  };
}
