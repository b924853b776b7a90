/** BookFinder from Node over gRPC, with types out of the schema: node example.ts [address]. */
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { BookService } from "../../../proto/gen/bookfinder/v1/book_service_pb.ts";
import { MatchBooksResponse_Verdict as Verdict } from "../../../proto/gen/bookfinder/v1/match_pb.ts";
import { ErrorInfoSchema } from "../../../proto/gen/google/rpc/error_details_pb.ts";

const baseUrl = process.argv[2] ?? "http://localhost:8080";
const books = createClient(BookService, createGrpcTransport({ baseUrl }));

// Search.
const { results } = await books.searchBooks({ query: "lord of the rings", pageSize: 1 });
console.log(`search: ${results[0]?.book?.title}`);

const corrected = await books.searchBooks({ query: "tolkein hobit", pageSize: 1 });
console.log(`corrected: ${corrected.results[0]?.book?.title}`);

// Page through.
let pages = 0;
let pageToken = "";
do {
  const page = await books.searchBooks({ query: "author:shakespeare", pageSize: 2, pageToken });
  pageToken = page.nextPageToken;
  pages += 1;
} while (pageToken !== "" && pages < 3);
console.log(`pages: ${pages}`);

// A stream from the server. After an interruption, `resumeToken` goes on behind the last book.
let exported = 0;
for await (const { book } of books.exportBooks({ limit: 250 })) {
  exported += book === undefined ? 0 : 1;
}
console.log(`exported: ${exported}`);

// Streams both ways: rows are read no faster than they are answered.
async function* rows() {
  yield { id: "1", title: "The Hobbit", author: "Tolkien, J. R. R." };
  yield { id: "2", citation: "Austen, J. (1813). Pride and Prejudice. Egerton." };
}
for await (const { id, verdict } of books.matchBooks(rows())) {
  console.log(`match: ${id} ${verdict === Verdict.MATCHED ? "MATCHED" : "to be looked at"}`);
}

// An error has a code, a sentence, and a reason that stays the same.
try {
  await books.searchBooks({ pageSize: 1000 });
} catch (error) {
  const failure = ConnectError.from(error);
  const [info] = failure.findDetails(ErrorInfoSchema);
  if (failure.code === Code.InvalidArgument) {
    console.log(`error: ${info?.reason}`);
  }
}
