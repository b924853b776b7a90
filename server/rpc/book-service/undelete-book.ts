import type { ServiceImpl } from "@connectrpc/connect";
import type { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import type { AppContext } from "#server/context.ts";
import { toBookWithEtag } from "../mapping/book.ts";
import { keyOf } from "../mapping/names.ts";
import { writeContextOf } from "../write-context.ts";

type Method = ServiceImpl<typeof BookService>["undeleteBook"];

/** Brings a deleted book back. */
export function undeleteBook({ edits }: AppContext): Method {
  return async (request, context) => {
    const write = writeContextOf(request, context);
    const work = await edits.setBookDeleted(keyOf(request.name), false, request.etag, write);
    return { book: toBookWithEtag(work) };
  };
}
