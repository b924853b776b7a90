/** Thousands of books stream in, batch by batch; one summary comes back. */
import type { MessageInitShape } from "@bufbuild/protobuf";
import { Code, ConnectError, createClient, type Transport } from "@connectrpc/connect";
import {
  createConnectTransport,
  createGrpcTransport,
  createGrpcWebTransport,
} from "@connectrpc/connect-node";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import type { ImportBooksRequestSchema } from "#proto/bookfinder/v1/import_pb.ts";
import { aFewBooks } from "#server/testing/few-books.ts";
import { startServer, type TestServer } from "#server/testing/server.ts";

const catalog = aFewBooks();
afterAll(() => catalog[Symbol.asyncDispose]());
let server: TestServer;
let authorization = "";
beforeEach(async () => {
  server = await startServer(catalog);
  const { text } = server.context.accounts.keys.create("laptop", ["books.write"], undefined);
  authorization = `Bearer ${text}`;
});
afterEach(() => server[Symbol.asyncDispose]());

const transports: [string, (baseUrl: string) => Transport][] = [
  ["gRPC", (baseUrl) => createGrpcTransport({ baseUrl })],
  ["gRPC-web", (baseUrl) => createGrpcWebTransport({ baseUrl, httpVersion: "1.1" })],
  ["Connect", (baseUrl) => createConnectTransport({ baseUrl, httpVersion: "1.1" })],
  ["Connect over HTTP/2", (baseUrl) => createConnectTransport({ baseUrl, httpVersion: "2" })],
];

type Batch = MessageInitShape<typeof ImportBooksRequestSchema>;

const rings = "books/OL27448W";
const client = (transport = createGrpcTransport({ baseUrl: server.url })) =>
  createClient(BookService, transport);

async function* each<T>(batches: readonly T[]): AsyncGenerator<T> {
  yield* batches;
}

function send(batches: readonly Batch[], transport?: Transport) {
  return client(transport).importBooks(each(batches), { headers: { authorization } });
}

/** Batches of books that have never been. */
function batchesOf(sizes: readonly number[], requestId = ""): Batch[] {
  return sizes.map((size, batch) => ({
    requestId: batch === 0 ? requestId : "",
    rows: Array.from({ length: size }, (_, row) => ({ book: { title: `Book ${batch}.${row}` } })),
  }));
}

/** How many books were made here since a server was started. */
const revisionCount = () => server.context.edits.store.generation();

test.each(transports)("writes what comes over %s", async (_name, transport) => {
  const summary = await send(batchesOf([300, 1, 1000]), transport(server.url));
  expect(summary).toMatchObject({
    createdCount: 1301,
    updatedCount: 0,
    refusedCount: 0,
    batchCount: 3,
  });
  const audits = server.context.lines.filter((line) => "audit" in line);
  expect(audits).toHaveLength(1301);
  expect(audits[0]).toMatchObject({ audit: { action: "book.create", target: "OL900000001W" } });
  const { book } = await client().getBook({ name: "books/OL900001301W" });
  expect(book?.title).toBe("Book 2.999");
});

test("makes editions with their book, changes what is there, and counts what says nothing new", async () => {
  const isbn = "9780261103252";
  const summary = await send([
    {
      rows: [
        { book: { title: "Emma" }, editions: [{ isbn13: [isbn] }, { title: "Emma, illustrated" }] },
        { book: { name: rings, subtitle: "In Three Volumes" }, editions: [{ title: "Rings" }] },
        { book: { name: rings, subtitle: "In Three Volumes" } },
      ],
    },
  ]);
  expect(summary).toMatchObject({ createdCount: 1, updatedCount: 1, unchangedCount: 1 });
  const made = await client().listEditions({ parent: "books/OL900000001W" });
  expect(made.editions.map(({ title, isbn13 }) => [title, isbn13])).toEqual([
    ["Emma", [isbn]],
    ["Emma, illustrated", []],
  ]);
  const changed = await client().getBook({ name: rings });
  expect(changed.book).toMatchObject({ subtitle: "In Three Volumes", editionCount: 3 });
});

test("a mask says which fields of a book that is there are written, empty ones too", async () => {
  await send([
    {
      updateMask: { paths: ["description"] },
      rows: [{ book: { name: rings, title: "Not this" } }, { book: { title: "Made whole" } }],
    },
  ]);
  const { book } = await client().getBook({ name: rings });
  expect(book).toMatchObject({ title: "The Lord of the Rings", description: "" });
  const made = await client().getBook({ name: "books/OL900000001W" });
  expect(made.book?.title).toBe("Made whole");
});

describe("a batch with a row that can't be written", () => {
  test("is not written at all, and the summary says which rows and why; others are", async () => {
    const etag = "an old one";
    const summary = await send([
      ...batchesOf([2]),
      {
        rows: [
          { book: { title: "A good one" } },
          { book: { title: " " } },
          { book: { name: "books/OL5W", subtitle: "Nobody's" } },
          { book: { name: rings, subtitle: "Too late", etag } },
          { book: { name: "OL27448W", subtitle: "No name" } },
          { book: { title: "x".repeat(2001) } },
          { book: { title: "Emma", languages: ["klingonish"] } },
          { book: { title: "Emma" }, editions: [{ isbn13: ["9780261103253"] }] },
          { book: { title: "Emma" }, editions: [{ name: `${rings}/editions/OL1M` }] },
          { book: { title: "By a stranger", authors: [{ author: "authors/OL5A" }] } },
          {},
        ],
      },
      ...batchesOf([3]),
    ]);
    expect(summary).toMatchObject({ createdCount: 5, refusedCount: 11, batchCount: 3 });
    const refused = summary.refusedRows.map(({ index, batchIndex, reason, field }) => [
      index,
      batchIndex,
      reason,
      field,
    ]);
    expect(refused).toEqual([
      [3, 1, "FIELD_INVALID", "book.title"],
      [4, 1, "RESOURCE_NOT_FOUND", ""],
      [5, 1, "ETAG_STALE", ""],
      [6, 1, "FIELD_INVALID", "book.name"],
      [7, 1, "FIELD_INVALID", "book.title"],
      [8, 1, "FIELD_INVALID", "book.languages[0]"],
      [9, 1, "FIELD_INVALID", "editions[0].isbn13[0]"],
      [10, 1, "FIELD_INVALID", "editions[0].name"],
      [11, 1, "FIELD_INVALID", "book.authors[0].author"],
      [12, 1, "FIELD_INVALID", "book"],
    ]);
    for (const { message } of summary.refusedRows) {
      expect(message).toMatch(/\w+ \w+/);
    }
    expect(revisionCount()).toBe(5);
  });

  test("names no more rows than a message holds", async () => {
    const bad = { rows: Array.from({ length: 700 }, () => ({ book: {} })) };
    const summary = await send([bad, bad, ...batchesOf([1])]);
    expect(summary).toMatchObject({ createdCount: 1, refusedCount: 1400 });
    expect(summary.refusedRows).toHaveLength(1000);
  });
});

describe("an import that is sent again", () => {
  test("writes only what was not written under its id", async () => {
    const batches = batchesOf([100, 100, 100], "list 7");
    await send(batches.slice(0, 2));
    const again = await send(batches);
    expect(again).toMatchObject({ createdCount: 100, repeatedCount: 200 });
    expect(revisionCount()).toBe(300);
    // From the middle, too.
    const rest = await send([{ ...batches[1], requestId: "list 7" }, batches[2] ?? {}]);
    expect(rest).toMatchObject({ createdCount: 0, repeatedCount: 200 });
    const other = await send(batchesOf([100], "list 8"));
    expect(other).toMatchObject({ createdCount: 100, repeatedCount: 0 });
  });

  test("writes a batch that was refused, once it is mended", async () => {
    const [good = {}] = batchesOf([2], "list 9");
    const broken = { requestId: "list 9", rows: [...(good.rows ?? []), { book: {} }] };
    expect(await send([broken])).toMatchObject({ createdCount: 0, refusedCount: 3 });
    expect(await send([good])).toMatchObject({ createdCount: 2 });
  });

  test("knows a change, whatever was written to its book since", async () => {
    const batches = [{ requestId: "a", rows: [{ book: { name: rings, subtitle: "First" } }] }];
    await send(batches);
    await send([{ rows: [{ book: { name: rings, subtitle: "Second" } }] }]);
    expect(await send(batches)).toMatchObject({ repeatedCount: 1 });
    expect((await client().getBook({ name: rings })).book?.subtitle).toBe("Second");
  });

  test("is not known to another caller", async () => {
    await send(batchesOf([1], "list"));
    const { text } = server.context.accounts.keys.create("other", ["books.write"], undefined);
    authorization = `Bearer ${text}`;
    expect(await send(batchesOf([1], "list"))).toMatchObject({ createdCount: 1 });
  });
});

test("only checks where it is asked to", async () => {
  const [batch = {}] = batchesOf([5], "try");
  const rows = [...(batch.rows ?? []), { book: { name: rings, subtitle: "Tried" } }];
  expect(await send([{ requestId: "try", rows, validateOnly: true }])).toMatchObject({
    createdCount: 5,
    updatedCount: 1,
  });
  expect(revisionCount()).toBe(0);
  // It was not carried out, so the id is free.
  expect(await send([{ requestId: "try", rows }])).toMatchObject({
    createdCount: 5,
    updatedCount: 1,
  });
});

test("batches before a message that can't be taken are written, and known again", async () => {
  const failure = await send([...batchesOf([2], "cut"), { rows: [] }]).then(
    () => undefined,
    (error: unknown) => ConnectError.from(error),
  );
  expect(failure?.code).toBe(Code.InvalidArgument);
  expect(failure?.rawMessage).toMatch(/rows/);
  expect(await send(batchesOf([2], "cut"))).toMatchObject({ repeatedCount: 2 });
});

test("an empty stream is an import of nothing", async () => {
  expect(await send([])).toMatchObject({ createdCount: 0, batchCount: 0 });
});

test("reads batches no faster than it writes them", async () => {
  let sent = 0;
  let ahead = 0;
  async function* endless() {
    for (; sent < 30; sent++) {
      ahead = Math.max(ahead, sent - revisionCount() / 500);
      const rows = Array.from({ length: 500 }, () => ({
        book: { title: "Long", description: "x".repeat(1500) },
      }));
      yield { rows };
    }
  }
  const summary = await client().importBooks(endless(), { headers: { authorization } });
  expect(summary.createdCount).toBe(15_000);
  // What the windows of HTTP/2 hold of 750 kB each, and not all thirty.
  expect(ahead).toBeLessThan(10);
});

describe("over REST", () => {
  const post = (body: string, type = "application/x-ndjson") =>
    fetch(`${server.url}/v1/books:import`, {
      method: "POST",
      body,
      headers: { "content-type": type, authorization },
    });

  test("batches are lines of JSON, the summary one object", async () => {
    const lines = batchesOf([200, 200], "rest").map((batch) => JSON.stringify(batch));
    const answer = await post(`${lines.join("\n")}\n`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
    expect(await answer.json()).toMatchObject({ createdCount: 400, refusedRows: [] });
    expect(await (await post(lines.join("\n"))).json()).toMatchObject({ repeatedCount: 400 });
  });

  test.each([
    ['{"rows":[{"book":{"title":"A"}}]}\n{', "application/x-ndjson", 400, /Line 2/],
    ['{"books":[]}', "application/x-ndjson", 400, /rows: must contain/],
    ["title\nEmma", "text/csv", 415, /ndjson/],
  ])("says what is wrong with %s", async (body, type, status, message) => {
    const answer = await post(body, type);
    expect(answer.status).toBe(status);
    const problem: { detail?: string } = await answer.json();
    expect(problem.detail).toMatch(message);
  });

  test("names what may be a misspelt name beside what is missing", async () => {
    const answer = await post('{"rows":[{"book":{"titel":"A"}}]}');
    expect(answer.headers.get("x-unknown-fields")).toBe("rows[0].book.titel");
    expect(await answer.json()).toMatchObject({
      refusedRows: [{ index: 0, field: "book.title", reason: "FIELD_INVALID" }],
    });
  });

  test("takes more than a message may hold, line by line", async () => {
    const book = { title: "Long", description: "x".repeat(2000) };
    const line = JSON.stringify({ rows: Array.from({ length: 400 }, () => ({ book })) });
    const answer = await post(Array.from({ length: 5 }, () => line).join("\n"));
    expect(await answer.json()).toMatchObject({ createdCount: 2000, batchCount: 5 });
  });
});
