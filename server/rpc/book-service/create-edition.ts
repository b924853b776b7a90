import type { ServiceImpl } from "@connectrpc/connect";
import type { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import type { AppContext } from "#server/context.ts";
import { toEditionWithEtag } from "../mapping/edition.ts";
import { keyOf } from "../mapping/names.ts";
import { requiredTitle } from "../mapping/written-book.ts";
import { toEditionPatch } from "../mapping/written-edition.ts";
import { requiredMessage, within, writeContextOf } from "../write-context.ts";

type Method = ServiceImpl<typeof BookService>["createEdition"];

/** Adds an edition to a book. */
export function createEdition({ edits, now }: AppContext): Method {
  return async (request, context) => {
    const written = requiredMessage("edition", request.edition);
    requiredTitle("edition.title", written.title);
    const patch = await within("edition", () =>
      toEditionPatch(written, undefined, now().getUTCFullYear()),
    );
    const write = writeContextOf(request, context);
    const { bookKey, edition } = await edits.createEdition(keyOf(request.parent), patch, write);
    return { edition: toEditionWithEtag(bookKey, edition) };
  };
}
