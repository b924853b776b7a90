import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import type { ServiceImpl } from "@connectrpc/connect";
import type { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import type { AppContext } from "#server/context.ts";
import { callOptions } from "../call.ts";

type Method = ServiceImpl<typeof BookService>["getCatalog"];

/** Says what is in the catalogue. */
export function getCatalog({ catalog }: Pick<AppContext, "catalog">): Method {
  return async (_request, context) => {
    const info = await catalog.info(callOptions(context));
    return {
      catalog: {
        revision: info.revision,
        bookCount: info.workCount,
        editionCount: info.editionCount,
        authorCount: info.authorCount,
        source: info.source,
        buildTime: timestampFromDate(info.buildTime),
      },
    };
  };
}
