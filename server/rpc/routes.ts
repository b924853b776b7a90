/** Everything that is served as RPC: gathers the methods of each service. */
import type { DescService } from "@bufbuild/protobuf";
import type { ConnectRouter } from "@connectrpc/connect";
import { BookService as PublishedBookService } from "#proto/book_pb.ts";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import { Health as HealthService } from "#proto/grpc/health/v1/health_pb.ts";
import { ServerReflection } from "#proto/grpc/reflection/v1/reflection_pb.ts";
import { ServerReflection as ServerReflectionAlpha } from "#proto/grpc/reflection/v1alpha/reflection_pb.ts";
import type { AppContext } from "#server/context.ts";
import { getAuthor } from "./book-service/get-author.ts";
import { getBook } from "./book-service/get-book.ts";
import { getCatalog } from "./book-service/get-catalog.ts";
import { listEditions } from "./book-service/list-editions.ts";
import { searchBooks } from "./book-service/search-books.ts";
import { suggestBooks } from "./book-service/suggest-books.ts";
import { healthService } from "./health.ts";
import { bookSearch } from "./published/book-search.ts";
import { reflectionServices } from "./reflection.ts";

/** The services that this server is there for. */
export const apiServices: readonly DescService[] = [BookService, PublishedBookService];

const allServices = [...apiServices, HealthService, ServerReflection, ServerReflectionAlpha];

/** Registers all services, for a server or for an in-memory transport. */
export function routes(context: AppContext): (router: ConnectRouter) => void {
  return (router) => {
    router.service(BookService, {
      searchBooks: searchBooks(context),
      suggestBooks: suggestBooks(context),
      getBook: getBook(context),
      listEditions: listEditions(context),
      getAuthor: getAuthor(context),
      getCatalog: getCatalog(context),
    });
    router.service(PublishedBookService, { bookSearch: bookSearch(context) });
    router.service(HealthService, healthService(context.health));
    const reflection = reflectionServices(allServices);
    router.service(ServerReflection, reflection.v1);
    router.service(ServerReflectionAlpha, reflection.v1alpha);
  };
}
