import { apiServices } from "#server/rpc/routes.ts";
import { bestBook } from "./best-book.ts";
import { health } from "./health.ts";
import type { RestRoute } from "./rest-route.ts";
import { transcodedRoutes } from "./transcoding/transcode.ts";

/** Everything that REST clients find here. */
export const restRoutes: readonly RestRoute[] = [
  { path: "/api/books", GET: bestBook },
  { path: "/healthz", GET: health },
  ...transcodedRoutes(apiServices),
];
