/**
 * BookFinder from Node over gRPC, with types out of the schema: BOOKFINDER_KEY=bf_… node example.ts
 * [address]. NODE_EXTRA_CA_CERTS names a private authority of an https address.
 */
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
console.log(
  `error: ${await reasonOf(books.searchBooks({ pageSize: 1000 }), Code.InvalidArgument)}`,
);

// Create a book with a key (or a token) that may; the answer has its name and etag.
const options = { headers: { authorization: `Bearer ${process.env["BOOKFINDER_KEY"]}` } };
const { book: made } = await books.createBook({ book: { title: "A Book of Mine" } }, options);
console.log(`created: ${made?.title}`);
const found = await books.searchBooks({ query: "a book of mine", pageSize: 1 });
console.log(`found: ${found.results[0]?.book?.title}`);

// Change it, if nobody else did since; with the old etag, the second change is refused.
const change = (title: string) =>
  books.updateBook({ book: { name: made?.name ?? "", etag: made?.etag ?? "", title } }, options);
console.log(`changed: ${(await change("A Book of Ours")).book?.title}`);
console.log(`conflict: ${await reasonOf(change("Mine alone"), Code.Aborted)}`);

// A stream to the server: batches, each written whole or not at all.
async function* batches() {
  yield { requestId: "node", rows: [{ book: { title: "First of a List" } }] };
  yield { rows: [{ book: { title: "Second of a List" } }] };
}
console.log(`imported: ${(await books.importBooks(batches(), options)).createdCount}`);

await books.deleteBook({ name: made?.name ?? "" }, options);
console.log(`left: ${await reasonOf(books.getBook({ name: made?.name ?? "" }), Code.NotFound)}`);

async function reasonOf(call: Promise<unknown>, code: Code): Promise<string | undefined> {
  try {
    await call;
  } catch (error) {
    const failure = ConnectError.from(error);
    const [info] = failure.findDetails(ErrorInfoSchema);
    return failure.code === code ? info?.reason : failure.message;
  }
  return "none";
}
