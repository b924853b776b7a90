/** Everything that is served as RPC: gathers the methods of each service. */
import type { DescMethod, DescService } from "@bufbuild/protobuf";
import type { ConnectRouter, MethodImpl, ServiceImpl } from "@connectrpc/connect";
import { BookService as PublishedBookService } from "#proto/book_pb.ts";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import { SessionService } from "#proto/bookfinder/v1/session_service_pb.ts";
import { UserService } from "#proto/example/user_service_pb.ts";
import { Health as HealthService } from "#proto/grpc/health/v1/health_pb.ts";
import { ServerReflection } from "#proto/grpc/reflection/v1/reflection_pb.ts";
import { ServerReflection as ServerReflectionAlpha } from "#proto/grpc/reflection/v1alpha/reflection_pb.ts";
import type { AppContext } from "#server/context.ts";
import { createBook } from "./book-service/create-book.ts";
import { createEdition } from "./book-service/create-edition.ts";
import { deleteBook } from "./book-service/delete-book.ts";
import { deleteEdition } from "./book-service/delete-edition.ts";
import { exportBooks } from "./book-service/export-books.ts";
import { getAuthor } from "./book-service/get-author.ts";
import { getBook } from "./book-service/get-book.ts";
import { getCatalog } from "./book-service/get-catalog.ts";
import { getEdition } from "./book-service/get-edition.ts";
import { importBooks } from "./book-service/import-books.ts";
import { listBookRevisions } from "./book-service/list-book-revisions.ts";
import { listConflicts } from "./book-service/list-conflicts.ts";
import { listEditions } from "./book-service/list-editions.ts";
import { listSimilarBooks } from "./book-service/list-similar-books.ts";
import { matchBooks } from "./book-service/match-books.ts";
import { resolveConflict } from "./book-service/resolve-conflict.ts";
import { searchBooks } from "./book-service/search-books.ts";
import { suggestBooks } from "./book-service/suggest-books.ts";
import { undeleteBook } from "./book-service/undelete-book.ts";
import { updateBook } from "./book-service/update-book.ts";
import { updateEdition } from "./book-service/update-edition.ts";
import type { EncodedMethod } from "./encoded-method.ts";
import { apiError } from "./errors.ts";
import { healthService } from "./health.ts";
import { withJsonReader } from "./json-reader.ts";
import { bookSearch } from "./published/book-search.ts";
import type { JsonOptions } from "./read-message.ts";
import { reflectionServices } from "./reflection.ts";
import { createSession } from "./session-service/create-session.ts";
import { deleteSession } from "./session-service/delete-session.ts";
import { refreshSession } from "./session-service/refresh-session.ts";
import { getUser } from "./user-service/get-user.ts";

/** The services that this server is there for. */
export const apiServices: readonly DescService[] = [
  BookService,
  SessionService,
  PublishedBookService,
  UserService,
];

/** A service and what implements its methods. */
export type ServedService = {
  service: DescService;
  implementation: object;
  /** Methods that can be had from bytes to bytes. */
  encoded?: ReadonlyMap<DescMethod, EncodedMethod>;
};

/** What the methods that only read the catalogue need. */
export type CatalogContext = Pick<AppContext, "catalog">;

/**
 * The methods that ask nothing but the imported catalogue; search processes can answer them. What is
 * written here is known to the server's own process alone.
 */
export function catalogServices(context: CatalogContext): ServedService[] {
  return [
    served(BookService, {
      searchBooks: searchBooks(context),
      suggestBooks: suggestBooks(context),
      listSimilarBooks: listSimilarBooks(context),
      getAuthor: getAuthor(context),
      getCatalog: getCatalog(context),
    }),
    served(PublishedBookService, { bookSearch: bookSearch(context) }),
  ];
}

/** The methods that read and write what is written here. */
function editedServices(context: AppContext): ServedService[] {
  return [
    served(BookService, {
      getBook: getBook(context),
      listEditions: listEditions(context),
      getEdition: getEdition(context),
      createBook: createBook(context),
      updateBook: updateBook(context),
      deleteBook: deleteBook(context),
      undeleteBook: undeleteBook(context),
      createEdition: createEdition(context),
      updateEdition: updateEdition(context),
      deleteEdition: deleteEdition(context),
      listBookRevisions: listBookRevisions(context),
      listConflicts: listConflicts(context),
      resolveConflict: resolveConflict(context),
      importBooks: importBooks(context),
    }),
    served(SessionService, {
      createSession: createSession(context),
      refreshSession: refreshSession(context),
      deleteSession: deleteSession(context),
    }),
    served(UserService, { getUser: getUser(context) }),
  ];
}

/**
 * All services of this server.
 *
 * @param reading - Those that only read the catalogue; by default answered in this process.
 */
export function servedServices(
  context: AppContext,
  reading: readonly ServedService[] = catalogServices(context),
): ServedService[] {
  const services = merged([
    ...reading,
    ...editedServices(context),
    served(BookService, { exportBooks: exportBooks(context), matchBooks: matchBooks(context) }),
    served(HealthService, healthService(context.health)),
  ]);
  const reflection = reflectionServices([
    ...services.map(({ service }) => service),
    ServerReflection,
    ServerReflectionAlpha,
  ]);
  return [
    ...services,
    served(ServerReflection, reflection.v1),
    served(ServerReflectionAlpha, reflection.v1alpha),
  ];
}

/** Each service once, with all of its methods that are implemented by somebody. */
function merged(services: readonly ServedService[]): ServedService[] {
  const byService = new Map<DescService, ServedService>();
  for (const part of services) {
    const { implementation, encoded = new Map() } = byService.get(part.service) ?? {};
    byService.set(part.service, {
      service: part.service,
      implementation: { ...implementation, ...part.implementation },
      encoded: new Map([...encoded, ...(part.encoded ?? [])]),
    });
  }
  return [...byService.values()];
}

/** Ties a service to its implementation, whose types must fit. */
export function served<T extends DescService>(
  service: T,
  implementation: Partial<ServiceImpl<T>>,
): ServedService {
  return { service, implementation };
}

/** Registers services with Connect, for a server or for an in-memory transport. */
export function registerServices(
  router: ConnectRouter,
  services: readonly ServedService[],
  json: JsonOptions = {},
): void {
  for (const { service, implementation } of services) {
    // What a service implements is known by the names of its schema.
    const methods = implementation as Record<string, MethodImpl<DescMethod> | undefined>;
    for (const method of service.methods) {
      const refuse = () => refuseMethod(method);
      // Whatever kind a method is, one that is not there only throws.
      const found = methods[method.localName] ?? (refuse as MethodImpl<DescMethod>);
      router.rpc(method, found, { jsonOptions: withJsonReader(method.input, json) });
    }
  }
}

function refuseMethod({ parent, name }: DescMethod): never {
  throw apiError("CALL_UNSUPPORTED", `${parent.typeName}/${name} is not implemented here`);
}
