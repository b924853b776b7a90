import type { ServiceImpl } from "@connectrpc/connect";
import type { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import type { AppContext } from "#server/context.ts";
import { toBookWithEtag } from "../mapping/book.ts";
import { requiredTitle, toWorkPatch } from "../mapping/written-book.ts";
import { requiredMessage, within, writeContextOf } from "../write-context.ts";

type Method = ServiceImpl<typeof BookService>["createBook"];

/** Makes a book. */
export function createBook({ catalog, edits, now }: AppContext): Method {
  return async (request, context) => {
    const book = requiredMessage("book", request.book);
    requiredTitle("book.title", book.title);
    const nowYear = now().getUTCFullYear();
    const patch = await within("book", () => toWorkPatch(book, undefined, { catalog, nowYear }));
    const work = await edits.createBook(patch, writeContextOf(request, context));
    return { book: toBookWithEtag(work) };
  };
}
