import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import type { ServiceImpl } from "@connectrpc/connect";
import type { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import { BookRevision_Action } from "#proto/bookfinder/v1/edit_pb.ts";
import { BadPageTokenError } from "#server/catalog/catalog.ts";
import type { AppContext } from "#server/context.ts";
import type { RevisionAction } from "#server/edits/written-store.ts";
import { toFieldChange } from "../mapping/field-change.ts";
import { bookName, editionName, keyOf } from "../mapping/names.ts";

type Method = ServiceImpl<typeof BookService>["listBookRevisions"];

const PAGE_SIZE_DEFAULT = 20;

/** Lists what was done to a book and its editions. */
export function listBookRevisions({ edits }: AppContext): Method {
  return async ({ parent, pageSize, pageToken }) => {
    const count = pageSize || PAGE_SIZE_DEFAULT;
    // One more tells whether there is another page.
    const found = await edits.revisions(keyOf(parent), count + 1, beforeId(pageToken));
    const page = found.revisions.slice(0, count);
    const name = bookName(found.bookKey);
    return {
      revisions: page.map(({ id, kind, key, at, actor, action, changes }) => ({
        name: `${name}/revisions/${id}`,
        createTime: timestampFromDate(new Date(at)),
        actor,
        action: actions[action],
        changes: changes.map(toFieldChange),
        edition: kind === "edition" ? editionName(found.bookKey, key) : "",
      })),
      nextPageToken: found.revisions.length > count ? `before-${page.at(-1)?.id}` : "",
    };
  };
}

function beforeId(pageToken: string): number {
  if (pageToken === "") {
    return Number.MAX_SAFE_INTEGER;
  }
  const [, id] = /^before-([1-9]\d{0,14})$/.exec(pageToken) ?? [];
  if (id === undefined) {
    throw new BadPageTokenError("is not one of this listing: begin again without a page token");
  }
  return Number(id);
}

const actions: Record<RevisionAction, BookRevision_Action> = {
  create: BookRevision_Action.CREATE,
  update: BookRevision_Action.UPDATE,
  delete: BookRevision_Action.DELETE,
  undelete: BookRevision_Action.UNDELETE,
  resolve: BookRevision_Action.RESOLVE,
};
