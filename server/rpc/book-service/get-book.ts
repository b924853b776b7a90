import type { ServiceImpl } from "@connectrpc/connect";
import type { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import type { AppContext } from "#server/context.ts";
import { callOptions } from "../call.ts";
import { notFound } from "../errors.ts";
import { toBookWithEtag } from "../mapping/book.ts";
import { keyOf } from "../mapping/names.ts";

type Method = ServiceImpl<typeof BookService>["getBook"];

/** Returns one book. */
export function getBook({ catalog }: Pick<AppContext, "catalog">): Method {
  return async ({ name }, context) => {
    const work = await catalog.getWork(keyOf(name), callOptions(context));
    if (work === undefined) {
      throw notFound("book", name);
    }
    return { book: toBookWithEtag(work) };
  };
}
