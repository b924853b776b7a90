import type { ServiceImpl } from "@connectrpc/connect";
import type { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import type { AppContext } from "#server/context.ts";
import { callOptions } from "../call.ts";
import { notFound } from "../errors.ts";
import { toAuthor } from "../mapping/author.ts";
import { keyOf } from "../mapping/names.ts";

type Method = ServiceImpl<typeof BookService>["getAuthor"];

/** Returns one author. */
export function getAuthor({ catalog }: Pick<AppContext, "catalog">): Method {
  return async ({ name }, context) => {
    const author = await catalog.getAuthor(keyOf(name), callOptions(context));
    if (author === undefined) {
      throw notFound("author", name);
    }
    return { author: toAuthor(author) };
  };
}
