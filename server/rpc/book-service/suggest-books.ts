import type { ServiceImpl } from "@connectrpc/connect";
import type { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import type { AppContext } from "#server/context.ts";
import { callOptions } from "../call.ts";
import { fromSuggestionKinds, toSuggestion } from "../mapping/suggestion.ts";

type Method = ServiceImpl<typeof BookService>["suggestBooks"];

const PAGE_SIZE_DEFAULT = 8;

/** Completes what is being typed. */
export function suggestBooks({ catalog }: Pick<AppContext, "catalog">): Method {
  return async (request, context) => {
    const suggestions = await catalog.suggest(
      {
        query: request.query,
        pageSize: request.pageSize || PAGE_SIZE_DEFAULT,
        kinds: fromSuggestionKinds(request.kinds),
      },
      callOptions(context),
    );
    return { suggestions: suggestions.map(toSuggestion) };
  };
}
