/** BookFinder over REST, with types that openapi-typescript makes from the server's /openapi.json. */
import createClient from "openapi-fetch";
import type { components, paths } from "./api.ts";

type Answer<Name extends keyof components["schemas"]> = components["schemas"][Name];

const baseUrl = process.argv[2] ?? "http://localhost:8080";
const { GET, POST, PATCH, DELETE } = createClient<paths>({ baseUrl });

// Search.
const search = async (query: string) => {
  const { data } = await GET("/v1/books", { params: { query: { query, page_size: 1 } } });
  return data?.results?.[0]?.book?.title;
};
console.log(`search: ${await search("lord of the rings")}`);
console.log(`corrected: ${await search("tolkein hobit")}`);

// Page through.
let pages = 0;
let token = "";
do {
  const query = { query: "author:shakespeare", page_size: 2, page_token: token };
  const { data } = await GET("/v1/books", { params: { query } });
  token = data?.nextPageToken ?? "";
  pages += 1;
} while (token !== "" && pages < 3);
console.log(`pages: ${pages}`);

// A stream: one JSON value on each line.
const valuesOf = <T>(text: string | undefined): T[] =>
  (text ?? "").split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as T]));
const exported = await GET("/v1/books:export", {
  params: { query: { limit: 250 } },
  parseAs: "text",
});
console.log(`exported: ${valuesOf<Answer<"ExportBooksResponse">>(exported.data).length}`);

// Streams to the server: lines, too. The types know one line.
const linesOf = (lines: unknown) =>
  (lines as object[]).map((line) => JSON.stringify(line)).join("\n");
const headers = { "content-type": "application/x-ndjson" };
const rows: Answer<"MatchBooksRequest">[] = [
  { id: "1", title: "The Hobbit", author: "Tolkien, J. R. R." },
  { id: "2", citation: "Austen, J. (1813). Pride and Prejudice. Egerton." },
];
const matched = await POST("/v1/books:match", {
  body: rows as never,
  bodySerializer: linesOf,
  headers,
  parseAs: "text",
});
for (const { id, verdict } of valuesOf<Answer<"MatchBooksResponse">>(matched.data)) {
  console.log(`match: ${id} ${verdict?.replace("VERDICT_", "")}`);
}

// An error says which field, which limit, and the way out.
const wrong = await GET("/v1/books", { params: { query: { page_size: 1000 } } });
console.log(`error: ${wrong.error?.reason}`);

// Create a book with a key (or a token) that may; the answer has its name and etag.
const authorization = { authorization: `Bearer ${process.env["BOOKFINDER_KEY"]}` };
const made = await POST("/v1/books", { body: { title: "A Book of Mine" }, headers: authorization });
const book = made.data?.name?.replace("books/", "") ?? "";
console.log(`created: ${made.data?.title}`);
console.log(`found: ${await search("a book of mine")}`);

// Change it, if nobody else did since; with the old etag, the second change is refused.
const change = (title: string) =>
  PATCH("/v1/books/{book}", {
    params: { path: { book }, header: { "If-Match": `"${made.data?.etag}"` } },
    body: { title },
    headers: authorization,
  });
console.log(`changed: ${(await change("A Book of Ours")).data?.title}`);
console.log(`conflict: ${(await change("Mine alone")).error?.reason}`);

// A list to be written: batches, each written whole or not at all.
const batches: Answer<"ImportBooksRequest">[] = [
  { requestId: "openapi", rows: [{ book: { title: "First of a List" } }] },
  { rows: [{ book: { title: "Second of a List" } }] },
];
const imported = await POST("/v1/books:import", {
  body: batches as never,
  bodySerializer: linesOf,
  headers: { ...headers, ...authorization },
});
console.log(`imported: ${imported.data?.createdCount}`);

const path = { book };
const deleted = { path, header: { "If-Match": "*" } };
await DELETE("/v1/books/{book}", { params: deleted, headers: authorization });
console.log(`left: ${(await GET("/v1/books/{book}", { params: { path } })).error?.reason}`);
