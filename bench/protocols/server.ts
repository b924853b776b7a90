/** One server of the comparison, in a process of its own: `node server.ts ours | grpc-js | handwritten`. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { Server, ServerCredentials, type ServiceDefinition } from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";
import { authorLine, bestMatch } from "#server/catalog/best-match.ts";
import { fromSearchRequest } from "#server/rpc/mapping/search-request.ts";
import { toSearchResponse } from "#server/rpc/mapping/search-response.ts";
import { startServer } from "#server/testing/server.ts";
import { instantCatalog as catalog } from "./answers.ts";

const kinds: Record<string, () => Promise<number>> = {
  async ours() {
    const server = await startServer(catalog, {});
    server.context.log.level = "silent";
    return server.port;
  },

  /** The same services, as grpc-js serves them. */
  async "grpc-js"() {
    const loaded = loadSync(join(import.meta.dirname, "../../proto/book.proto"), {
      keepCase: true,
    });
    const server = new Server();
    server.addService(loaded["BookService"] as ServiceDefinition, {
      BookSearch(
        call: { request: { search_query: string } },
        done: (error: null, answer: object) => void,
      ) {
        bestMatch(catalog, call.request.search_query).then((work) => {
          done(
            null,
            work
              ? { title: work.title, description: work.description, author: authorLine(work) }
              : {},
          );
        });
      },
    });
    server.addService(loadSearch(), {
      SearchBooks(
        call: { request: Parameters<typeof fromSearchRequest>[0] },
        done: (error: null, answer: object) => void,
      ) {
        catalog.search(fromSearchRequest(call.request)).then((found) => {
          done(null, toPlainObject(toSearchResponse(found)));
        });
      },
    });
    return new Promise((resolve, reject) => {
      server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) =>
        error === null ? resolve(port) : reject(error),
      );
    });
  },

  /** What one would write by hand: JSON in, JSON out, nothing checked. */
  async handwritten() {
    const server = createServer(async (request, response) => {
      let text = "";
      for await (const chunk of request.setEncoding("utf8")) {
        text += chunk;
      }
      const body = JSON.parse(text);
      let answer: unknown;
      if (request.url === "/BookService/BookSearch") {
        const work = await bestMatch(catalog, body.searchQuery);
        answer = work && {
          title: work.title,
          description: work.description,
          author: authorLine(work),
        };
      } else {
        const { results, total } = await catalog.search(fromSearchRequest(body));
        answer = {
          results: results.map(({ work, edition, reasons }) => ({ book: work, edition, reasons })),
          total,
        };
      }
      const bytes = Buffer.from(JSON.stringify(answer));
      response.writeHead(200, {
        "content-type": "application/json",
        "content-length": bytes.length,
      });
      response.end(bytes);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
    return (server.address() as AddressInfo).port;
  },
};

/** The schema imports some that are not committed: `npm run generate` puts them there. */
function loadSearch(): ServiceDefinition {
  const root = join(import.meta.dirname, "../..");
  const loaded = loadSync("bookfinder/v1/book_service.proto", {
    includeDirs: ["proto", ".cache/protos/protovalidate", ".cache/protos/grpc"].map((folder) =>
      join(root, folder),
    ),
    arrays: true,
    defaults: true,
  });
  return loaded["bookfinder.v1.BookService"] as ServiceDefinition;
}

/** protobuf.js names oneofs and large integers otherwise. */
function toPlainObject({ results = [], ...answer }: ReturnType<typeof toSearchResponse>): object {
  return {
    ...answer,
    interpretation: { searchedText: answer.interpretation?.searchedText },
    results: results.map(({ book, ...result }) => ({
      ...result,
      book: { ...book, coverId: Number(book?.coverId ?? 0) },
    })),
  };
}

const start = kinds[process.argv[2] ?? ""];
if (start === undefined) {
  throw new Error(`Say which: ${Object.keys(kinds).join(", ")}`);
}
const port = await start();
process.on("message", () => process.send?.({ cpu: process.cpuUsage() }));
process.send?.({ port });
