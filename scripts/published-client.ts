/** The client of the article "gRPC vs REST": `node scripts/published-client.ts --help`. */
import { join } from "node:path";
import { credentials, loadPackageDefinition, type ServiceError } from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";
import { parseCommandLine, startCommand } from "#server/command-line.ts";

const usage = `Usage: node scripts/published-client.ts [TITLE] [ADDRESS]

Asks a server for a book as the article "gRPC vs REST" published it in 2023, with a client that loads
proto/book.proto at run time. By default: "Lord of the Rings", localhost:8080.`;

type Book = { title: string; description: string; author: string };

const [title = "Lord of the Rings", address = "localhost:8080"] = startCommand(
  process,
  (args) => parseCommandLine(args, { usage, positionals: [0, 2] }).positionals,
);
const definition = loadSync(join(import.meta.dirname, "../proto/book.proto"), { keepCase: true });
// What a proto loaded at run time has is not known to the compiler.
const { BookService } = loadPackageDefinition(definition) as unknown as {
  BookService: new (
    address: string,
    security: ReturnType<typeof credentials.createInsecure>,
  ) => {
    BookSearch(
      request: { search_query: string },
      callback: (error: ServiceError | null, book: Book) => void,
    ): void;
    close(): void;
  };
};

const client = new BookService(address, credentials.createInsecure());
client.BookSearch({ search_query: title }, (error, book) => {
  if (error === null) {
    console.log(`Title: ${book.title}\nDescription: ${book.description}\nAuthor: ${book.author}`);
  } else {
    console.error(error.message);
    process.exitCode = 1;
  }
  client.close();
});
