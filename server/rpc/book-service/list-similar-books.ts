import type { ServiceImpl } from "@connectrpc/connect";
import type { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import type { AppContext } from "#server/context.ts";
import { callOptions } from "../call.ts";
import { notFound } from "../errors.ts";
import { toBook } from "../mapping/book.ts";
import { bookFields } from "../mapping/book-field.ts";
import { keyOf } from "../mapping/names.ts";

type Method = ServiceImpl<typeof BookService>["listSimilarBooks"];

const PAGE_SIZE_DEFAULT = 20;

/** Lists books that are like one, each with what they share. */
export function listSimilarBooks({ catalog }: Pick<AppContext, "catalog">): Method {
  return async ({ parent, pageSize }, context) => {
    const request = { workKey: keyOf(parent), pageSize: pageSize || PAGE_SIZE_DEFAULT };
    const similar = await catalog.similarBooks(request, callOptions(context));
    if (similar === undefined) {
      throw notFound("book", parent);
    }
    return {
      similarBooks: similar.map(({ work, reasons }) => ({
        book: toBook(work),
        reasons: reasons.map(({ field, text }) => ({ field: bookFields[field], text })),
      })),
    };
  };
}
