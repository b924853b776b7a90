import type { ServiceImpl } from "@connectrpc/connect";
import type { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import type { AppContext } from "#server/context.ts";
import { toEditionWithEtag } from "../mapping/edition.ts";
import { toEditionPatch } from "../mapping/written-edition.ts";
import { checkedName, requiredMessage, within, writeContextOf } from "../write-context.ts";

type Method = ServiceImpl<typeof BookService>["updateEdition"];

/** Changes fields of an edition. */
export function updateEdition({ edits, now }: AppContext): Method {
  return async (request, context) => {
    const written = requiredMessage("edition", request.edition);
    const [book = "", key = ""] = checkedName(
      "edition.name",
      written.name,
      editionNamePattern,
      "books/OL27448W/editions/OL51708686M",
    );
    const patch = await within("edition", () =>
      toEditionPatch(written, request.updateMask, now().getUTCFullYear()),
    );
    const write = writeContextOf(request, context);
    const { bookKey, edition } = await edits.updateEdition(book, key, patch, written.etag, write);
    return { edition: toEditionWithEtag(bookKey, edition) };
  };
}

const editionNamePattern = /^books\/(OL[1-9][0-9]{0,9}[WM])\/editions\/(OL[1-9][0-9]{0,9}M)$/;
