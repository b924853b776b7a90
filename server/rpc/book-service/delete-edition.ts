import type { ServiceImpl } from "@connectrpc/connect";
import type { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import type { AppContext } from "#server/context.ts";
import { toEditionWithEtag } from "../mapping/edition.ts";
import { bookKeyOf, keyOf } from "../mapping/names.ts";
import { writeContextOf } from "../write-context.ts";

type Method = ServiceImpl<typeof BookService>["deleteEdition"];

/** Deletes an edition. */
export function deleteEdition({ edits }: AppContext): Method {
  return async (request, context) => {
    const { name, etag } = request;
    const write = writeContextOf(request, context);
    const deleted = await edits.deleteEdition(bookKeyOf(name), keyOf(name), etag, write);
    return { edition: toEditionWithEtag(deleted.bookKey, deleted.edition) };
  };
}
