import type { ServiceImpl } from "@connectrpc/connect";
import type { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import { Conflict_Reason } from "#proto/bookfinder/v1/edit_pb.ts";
import { BadPageTokenError } from "#server/catalog/catalog.ts";
import type { AppContext } from "#server/context.ts";
import type { EditConflict } from "#server/edits/edit.ts";
import { toFieldConflicts } from "../mapping/field-change.ts";
import { bookName } from "../mapping/names.ts";

type Method = ServiceImpl<typeof BookService>["listConflicts"];

const PAGE_SIZE_DEFAULT = 20;

/** Lists the edits that the last import disagrees with. */
export function listConflicts({ edits }: AppContext): Method {
  return ({ pageSize, pageToken }) => {
    const count = pageSize || PAGE_SIZE_DEFAULT;
    // One more tells whether there is another page.
    const found = edits.conflicts(count + 1, afterKey(pageToken));
    const page = found.slice(0, count);
    return {
      conflicts: page.map((conflict) => ({
        book: bookName(conflict.work),
        reason: reasons[conflict.reason],
        fields: toFieldConflicts(conflict),
      })),
      nextPageToken: found.length > count ? `after-${page.at(-1)?.work}` : "",
    };
  };
}

function afterKey(pageToken: string): string {
  if (pageToken === "") {
    return "";
  }
  const [, key] = /^after-(OL[1-9]\d{0,9}[WM])$/.exec(pageToken) ?? [];
  if (key === undefined) {
    throw new BadPageTokenError("is not one of this listing: begin again without a page token");
  }
  return key;
}

const reasons: Record<EditConflict["reason"], Conflict_Reason> = {
  changed: Conflict_Reason.CHANGED,
  merged: Conflict_Reason.MERGED,
  missing: Conflict_Reason.MISSING,
};
