import type { ServiceImpl } from "@connectrpc/connect";
import type { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import type { AppContext } from "#server/context.ts";
import { callOptions } from "../call.ts";
import { notFound } from "../errors.ts";
import { toEditionWithEtag } from "../mapping/edition.ts";
import { toMarcLanguages } from "../mapping/languages.ts";
import { keyOf } from "../mapping/names.ts";

type Method = ServiceImpl<typeof BookService>["listEditions"];

const PAGE_SIZE_DEFAULT = 20;

/** Lists the editions of one book. */
export function listEditions({ catalog }: Pick<AppContext, "catalog">): Method {
  return async (request, context) => {
    const page = await catalog.listEditions(
      {
        workKey: keyOf(request.parent),
        pageSize: request.pageSize || PAGE_SIZE_DEFAULT,
        pageToken: request.pageToken,
        preferredLanguages: toMarcLanguages(request.preferredLanguages),
      },
      callOptions(context),
    );
    if (page === undefined) {
      throw notFound("book", request.parent);
    }
    return {
      editions: page.editions.map((edition) => toEditionWithEtag(page.workKey, edition)),
      nextPageToken: page.nextPageToken,
      totalSize: page.totalSize,
    };
  };
}
