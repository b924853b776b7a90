import { Code, ConnectError, type ServiceImpl } from "@connectrpc/connect";
import type { BookService } from "#proto/book_pb.ts";
import { authorLine, bestMatch, QUERY_CHARS_MAX } from "#server/catalog/best-match.ts";
import type { AppContext } from "#server/context.ts";
import { invalidField } from "../errors.ts";

type Method = ServiceImpl<typeof BookService>["bookSearch"];

/**
 * Answers the example that was published with `proto/book.proto`: the best match alone.
 *
 * Its schema is kept as it was, without validation rules, so its limits are checked here.
 */
export function bookSearch({ catalog }: Pick<AppContext, "catalog">): Method {
  return async ({ searchQuery }) => {
    if (searchQuery.trim() === "") {
      throw invalidField(
        "search_query",
        "is empty: send the title you look for, e.g. Lord of the Rings",
      );
    }
    if (searchQuery.length > QUERY_CHARS_MAX) {
      throw invalidField(
        "search_query",
        `must be at most ${QUERY_CHARS_MAX} characters: shorten it`,
      );
    }
    const work = await bestMatch(catalog, searchQuery);
    if (work === undefined) {
      throw new ConnectError("No book matches this query", Code.NotFound);
    }
    return { title: work.title, description: work.description, author: authorLine(work) };
  };
}
