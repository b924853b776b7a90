import { create, type MessageInitShape } from "@bufbuild/protobuf";
import {
  Code,
  ConnectError,
  createRouterTransport,
  type HandlerContext,
  type ServiceImpl,
} from "@connectrpc/connect";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import {
  type SearchBooksRequest,
  type SearchBooksResponse,
  SearchBooksResponseSchema,
} from "#proto/bookfinder/v1/search_pb.ts";
import { bookLabel } from "#web/domain/book-facts.ts";
import { sampleBooks } from "#web/testing/sample-books.ts";

type Search = (
  request: SearchBooksRequest,
  context: HandlerContext,
) => MessageInitShape<typeof SearchBooksResponseSchema> | Promise<SearchBooksResponse>;

/**
 * The service over the sample books, typed by the schema; `search` replaces how it finds, `others` how
 * it does anything else.
 */
export function fakeTransport(
  search: Search = findSample,
  others: Partial<ServiceImpl<typeof BookService>> = {},
) {
  return createRouterTransport(({ service }) => {
    service(BookService, {
      searchBooks: search,
      getBook: ({ name }) => {
        const book = sampleBooks.find((one) => one.name === name);
        if (book === undefined) {
          throw new ConnectError(`${name} does not exist`, Code.NotFound);
        }
        return { book };
      },
      getCatalog: () => ({ catalog: { bookCount: sampleBooks.length, source: "sample books" } }),
      suggestBooks: () => ({ suggestions: [] }),
      listEditions: () => ({ editions: [], totalSize: 0 }),
      listSimilarBooks: () => ({ similarBooks: [] }),
      ...others,
    });
  });
}

/** Books that have every word, in the order of the sample. */
export function findSample({ query }: SearchBooksRequest): SearchBooksResponse {
  const words = query.toLowerCase().split(/\s+/u);
  const found = sampleBooks.filter((book) => {
    const label = bookLabel(book).toLowerCase();
    return words.every((word) => label.includes(word));
  });
  return create(SearchBooksResponseSchema, {
    results: found.map((book) => ({ book })),
    total: { value: found.length },
  });
}
