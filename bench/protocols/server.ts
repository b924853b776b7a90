/** One server of the comparison, in a process of its own: `node server.ts ours | grpc-js | handwritten`. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { Server, ServerCredentials, type ServiceDefinition } from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";
import { authorLine, bestMatch } from "#server/catalog/best-match.ts";
import { fromSearchRequest } from "#server/rpc/mapping/search-request.ts";
import { startServer } from "#server/testing/server.ts";
import { instantCatalog as catalog } from "./answers.ts";

const kinds: Record<string, () => Promise<number>> = {
  async ours() {
    const server = await startServer(catalog, {});
    server.context.log.level = "silent";
    return server.port;
  },

  /** The published service, as grpc-js serves it. */
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

const start = kinds[process.argv[2] ?? ""];
if (start === undefined) {
  throw new Error(`Say which: ${Object.keys(kinds).join(", ")}`);
}
const port = await start();
process.on("message", () => process.send?.({ cpu: process.cpuUsage() }));
process.send?.({ port });
