import type { ServiceImpl } from "@connectrpc/connect";
import type { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import { ResolveConflictRequest_Resolution as Resolution } from "#proto/bookfinder/v1/edit_pb.ts";
import type { AppContext } from "#server/context.ts";
import { addressOf, principalOf } from "../call.ts";
import { toBookWithEtag } from "../mapping/book.ts";
import { keyOf } from "../mapping/names.ts";

type Method = ServiceImpl<typeof BookService>["resolveConflict"];

/** Settles a conflict. */
export function resolveConflict({ edits }: AppContext): Method {
  return async ({ book, resolution }, context) => {
    const keep = resolution === Resolution.KEEP_EDIT ? "edit" : "import";
    const work = await edits.resolveConflict(keyOf(book), keep, {
      actor: principalOf(context).subject,
      address: addressOf(context),
    });
    return work === undefined ? {} : { book: toBookWithEtag(work) };
  };
}
