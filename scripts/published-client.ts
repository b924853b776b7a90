/**
 * The client of the article "gRPC vs REST" as published in 2023: loads `proto/book.proto` at run time
 * and asks for a book. `node scripts/published-client.ts [title] [address]`
 */
import { join } from "node:path";
import { credentials, loadPackageDefinition, type ServiceError } from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";

type Book = { title: string; description: string; author: string };

const [title = "Lord of the Rings", address = "localhost:8080"] = process.argv.slice(2);
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
