/**
 * What each method demands of its caller: the one place to look, and to change.
 *
 * A table instead of an option in the schema, because half of the services come from schemas that are
 * not ours to annotate. A method that is not listed is refused for everybody.
 */
import type { DescMethod } from "@bufbuild/protobuf";
import type { Scope } from "./principal.ts";

/**
 * A scope that the caller must have; "authenticated" demands that it has proven who it is, "public"
 * nothing, whatever the configuration.
 */
export type Permission = Scope | "authenticated" | "public";

/** Permissions by full name of the service and name of the method. */
export type PermissionTable = Readonly<Record<string, Readonly<Record<string, Permission>>>>;

export const permissions: PermissionTable = {
  "bookfinder.v1.BookService": {
    SearchBooks: "books.read",
    SuggestBooks: "books.read",
    GetBook: "books.read",
    ListEditions: "books.read",
    GetEdition: "books.read",
    ListSimilarBooks: "books.read",
    GetAuthor: "books.read",
    GetCatalog: "books.read",
    CreateBook: "books.write",
    UpdateBook: "books.write",
    DeleteBook: "books.write",
    UndeleteBook: "books.write",
    CreateEdition: "books.write",
    UpdateEdition: "books.write",
    DeleteEdition: "books.write",
    // Who changed what is for those who may change it, too.
    ListBookRevisions: "books.write",
    ListConflicts: "books.write",
    ResolveConflict: "books.write",
    ImportBooks: "books.write",
    ExportBooks: "books.read",
    MatchBooks: "books.read",
  },
  BookService: { BookSearch: "books.read" },
  "bookfinder.v1.SessionService": {
    // The password and the refresh token are the proof.
    CreateSession: "public",
    RefreshSession: "public",
    DeleteSession: "authenticated",
  },
  "example.UserService": { GetUser: "users.read" },
  // Load balancers and command-line clients ask these before they know any credentials.
  "grpc.health.v1.Health": { Check: "public", List: "public", Watch: "public" },
  "grpc.reflection.v1.ServerReflection": { ServerReflectionInfo: "public" },
  "grpc.reflection.v1alpha.ServerReflection": { ServerReflectionInfo: "public" },
};

/** What the method demands; undefined if the table does not have it. */
export function permissionOf(table: PermissionTable, method: DescMethod): Permission | undefined {
  const ofService = table[method.parent.typeName];
  return ofService !== undefined && Object.hasOwn(ofService, method.name)
    ? ofService[method.name]
    : undefined;
}
