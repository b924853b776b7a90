import { apiServices } from "#server/rpc/routes.ts";
import { bestBook } from "./best-book.ts";
import {
  createBook,
  deleteBook,
  getBook,
  listBookRevisions,
  listConflicts,
  resolveConflict,
  undeleteBook,
  updateBook,
} from "./books.ts";
import { createEdition, deleteEdition, listEditions, updateEdition } from "./editions.ts";
import { health } from "./health.ts";
import type { RestRoute } from "./rest-route.ts";
import { createSession, deleteSession, refreshSession } from "./sessions.ts";
import { mergedRoutes, transcodedRoutes } from "./transcoding/transcode.ts";
import { user } from "./user.ts";

/** What has manners of its own: etags, conditions, what is made and where. */
const handWritten: readonly RestRoute[] = [
  { path: "/api/books", GET: bestBook },
  { path: "/healthz", GET: health },
  { path: "/v1/books", POST: createBook },
  { path: "/v1/books/:id\\:undelete", POST: undeleteBook },
  { path: "/v1/books/:id\\:resolveConflict", POST: resolveConflict },
  { path: "/v1/books/:id", GET: getBook, PATCH: updateBook, DELETE: deleteBook },
  { path: "/v1/books/:id/revisions", GET: listBookRevisions },
  { path: "/v1/books/:id/editions", GET: listEditions, POST: createEdition },
  { path: "/v1/books/:id/editions/:edition", PATCH: updateEdition, DELETE: deleteEdition },
  { path: "/v1/conflicts", GET: listConflicts },
  { path: "/user/:id", GET: user },
  { path: "/v1/sessions", POST: createSession },
  { path: "/v1/sessions\\:refresh", POST: refreshSession },
  { path: "/v1/sessions/:id", DELETE: deleteSession },
];

/** Everything that REST clients find here. */
export const restRoutes: readonly RestRoute[] = mergedRoutes(
  handWritten,
  transcodedRoutes(apiServices),
);
