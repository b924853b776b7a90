import type { ServiceImpl } from "@connectrpc/connect";
import type { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import type { AppContext } from "#server/context.ts";
import { callOptions } from "../call.ts";
import { toEditionWithEtag } from "../mapping/edition.ts";
import { bookKeyOf, keyOf } from "../mapping/names.ts";

type Method = ServiceImpl<typeof BookService>["getEdition"];

/** Returns one edition of a book. */
export function getEdition({ edits }: Pick<AppContext, "edits">): Method {
  return async ({ name }, context) => {
    const found = await edits.edition(bookKeyOf(name), keyOf(name), callOptions(context));
    return { edition: toEditionWithEtag(found.bookKey, found.edition) };
  };
}
