import { bestBook } from "./best-book.ts";
import { health } from "./health.ts";
import type { RestRoute } from "./rest-route.ts";
import { createSession, deleteSession, refreshSession } from "./sessions.ts";
import { user } from "./user.ts";

/** Everything that REST clients find here. */
export const restRoutes: readonly RestRoute[] = [
  { path: "/api/books", GET: bestBook },
  { path: "/healthz", GET: health },
  { path: "/user/:id", GET: user },
  { path: "/v1/sessions", POST: createSession },
  { path: "/v1/sessions\\:refresh", POST: refreshSession },
  { path: "/v1/sessions/:id", DELETE: deleteSession },
];
