import { writableBookFields } from "#server/rpc/mapping/written-book.ts";
import { writableEditionFields } from "#server/rpc/mapping/written-edition.ts";
import { apiServices } from "#server/rpc/routes.ts";
import { bestBook } from "./best-book.ts";
import { health } from "./health.ts";
import type { RestRoute } from "./rest-route.ts";
import { mergedRoutes, transcodedRoutes } from "./transcoding/transcode.ts";
import { user } from "./user.ts";

/** What was published before there was a schema. */
const handWritten: readonly RestRoute[] = [
  { path: "/api/books", GET: bestBook },
  { path: "/healthz", GET: health },
  { path: "/user/:id", GET: user },
];

/** Everything that REST clients find here. */
export const restRoutes: readonly RestRoute[] = mergedRoutes(
  handWritten,
  transcodedRoutes(apiServices, {
    "bookfinder.v1.Book": writableBookFields,
    "bookfinder.v1.Edition": writableEditionFields,
  }),
);
