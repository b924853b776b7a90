import { bestBook } from "./best-book.ts";
import { health } from "./health.ts";
import type { RestRoute } from "./rest-route.ts";

/** Everything that REST clients find here. */
export const restRoutes: readonly RestRoute[] = [
  { path: "/api/books", GET: bestBook },
  { path: "/healthz", GET: health },
];
