import { createClient } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-node";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import type { Catalog } from "#server/catalog/catalog.ts";
import { startServer } from "#server/testing/server.ts";
import { earlyEnds } from "./catalog-finder.ts";
import { type Finder, RESULT_COUNT } from "./finder.ts";

/** The schema's limit; a description from memory may be longer. */
const QUERY_LENGTH_MAX = 2000;

/** BookFinder through its port, as a client with generated types sees it. */
export async function rpcFinder(catalog: Catalog): Promise<Finder> {
  const server = await startServer(catalog);
  const client = createClient(
    BookService,
    createConnectTransport({ baseUrl: server.url, httpVersion: "1.1" }),
  );
  const keyOf = (book: { name: string } | undefined) => book?.name.replace("books/", "") ?? "";
  return {
    name: "BookFinder over Connect",
    async find(query) {
      const { results, interpretation } = await client.searchBooks({
        query: query.text.slice(0, QUERY_LENGTH_MAX),
        pageSize: RESULT_COUNT,
        unfinished: query.unfinished,
      });
      return {
        keys: results.map(({ book }) => keyOf(book)),
        duplicates: results.map(({ duplicates }) => duplicates.map(keyOf)),
        cutShort: interpretation?.notices.some(({ reason }) => earlyEnds.has(reason)) ?? false,
      };
    },
    [Symbol.asyncDispose]: async () => server[Symbol.asyncDispose](),
  };
}
