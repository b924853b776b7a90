import type { ServiceImpl } from "@connectrpc/connect";
import type { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import type { AppContext } from "#server/context.ts";
import { toBookWithEtag } from "../mapping/book.ts";
import { toWorkPatch } from "../mapping/written-book.ts";
import { checkedName, requiredMessage, within, writeContextOf } from "../write-context.ts";

type Method = ServiceImpl<typeof BookService>["updateBook"];

/** Changes fields of a book. */
export function updateBook({ catalog, edits, now }: AppContext): Method {
  return async (request, context) => {
    const book = requiredMessage("book", request.book);
    const [key = ""] = checkedName("book.name", book.name, bookNamePattern, "books/OL27448W");
    const nowYear = now().getUTCFullYear();
    const patch = await within("book", () =>
      toWorkPatch(book, request.updateMask, { catalog, nowYear }),
    );
    const write = writeContextOf(request, context);
    return { book: toBookWithEtag(await edits.updateBook(key, patch, book.etag, write)) };
  };
}

const bookNamePattern = /^books\/(OL[1-9][0-9]{0,9}[WM])$/;
