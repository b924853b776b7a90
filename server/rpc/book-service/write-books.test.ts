/** Writing books and editions, over every protocol and REST, by a key that may. */

import { create } from "@bufbuild/protobuf";
import { FieldMaskSchema } from "@bufbuild/protobuf/wkt";
import { Code, createClient, type Transport } from "@connectrpc/connect";
import {
  createConnectTransport,
  createGrpcTransport,
  createGrpcWebTransport,
} from "@connectrpc/connect-node";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import {
  BookRevision_Action,
  Conflict_Reason,
  ResolveConflictRequest_Resolution as Resolution,
} from "#proto/bookfinder/v1/edit_pb.ts";
import { failure } from "#server/testing/call-any.ts";
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
];

const rings = "books/OL27448W";
const options = () => ({ headers: { authorization } });
const mask = (...paths: string[]) => create(FieldMaskSchema, { paths });
const client = (transport = createGrpcTransport({ baseUrl: server.url })) =>
  createClient(BookService, transport);

describe.each(transports)("over %s", (_name, transport) => {
  test("a book is made, changed, in conflict, deleted and brought back", async () => {
    const books = client(transport(server.url));
    const made = await books.createBook(
      {
        book: {
          title: "  Emma ",
          authors: [{ displayName: "Jane Austen" }, { author: "authors/OL26320A" }],
          firstPublished: { year: 1815 },
          originalLanguage: "en",
        },
      },
      options(),
    );
    const { name = "", etag = "" } = made.book ?? {};
    expect(made.book).toMatchObject({
      name: "books/OL900000001W",
      title: "Emma",
      authors: [
        { author: "", displayName: "Jane Austen" },
        { author: "authors/OL26320A", displayName: "J. R. R. Tolkien" },
      ],
      firstPublished: { year: 1815, text: "1815" },
      originalLanguage: "eng",
    });
    expect(await books.getBook({ name })).toEqual({
      ...made,
      $typeName: "bookfinder.v1.GetBookResponse",
    });
    const changed = await books.updateBook(
      { book: { name, title: "Emma, a novel", etag }, updateMask: mask("title") },
      options(),
    );
    const stale = await failure(
      books.updateBook({ book: { name, title: "Ema", etag } }, options()),
    );
    expect(stale.code).toBe(Code.Aborted);
    expect(stale.rawMessage).toMatch(/Read it again/);
    expect((await failure(books.deleteBook({ name, etag }, options()))).code).toBe(Code.Aborted);
    await books.deleteBook({ name, etag: changed.book?.etag ?? "" }, options());
    expect((await failure(books.getBook({ name }))).code).toBe(Code.NotFound);
    const back = await books.undeleteBook({ name }, options());
    expect(back.book).toEqual(changed.book);
    const { revisions } = await books.listBookRevisions({ parent: name }, options());
    expect(revisions.map(({ action }) => action)).toEqual([
      BookRevision_Action.UNDELETE,
      BookRevision_Action.DELETE,
      BookRevision_Action.UPDATE,
      BookRevision_Action.CREATE,
    ]);
    expect(revisions[2]).toMatchObject({
      actor: "key:laptop",
      changes: [{ field: "title", beforeJson: '"Emma"', afterJson: '"Emma, a novel"' }],
    });
  });

  test("of two editors with the same etag one wins", async () => {
    const books = client(transport(server.url));
    const { book } = await books.getBook({ name: rings });
    const write = (title: string) =>
      books.updateBook({ book: { name: rings, title, etag: book?.etag ?? "" } }, options());
    const outcomes = await Promise.allSettled([write("A"), write("B"), write("C")]);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === "rejected") {
        expect(outcome.reason).toMatchObject({ code: Code.Aborted });
      }
    }
  });
});

describe("UpdateBook", () => {
  test("writes what the mask says, empty values too, and nothing else", async () => {
    const { book: before } = await client().getBook({ name: rings });
    const { book } = await client().updateBook(
      {
        book: { name: rings, title: "Not in the mask", subtitle: "A novel" },
        updateMask: mask("subtitle", "description", "first_published"),
      },
      options(),
    );
    expect(book).toMatchObject({ title: before?.title, subtitle: "A novel", description: "" });
    expect(book?.firstPublished).toBeUndefined();
    expect(book?.etag).not.toBe(before?.etag);
  });

  test("takes a book back as it was read", async () => {
    const { book } = await client().getBook({ name: rings });
    const same = await client().updateBook({ book: book ?? {} }, options());
    expect(same.book).toEqual(book);
    const all = await client().updateBook({ book: book ?? {}, updateMask: mask("*") }, options());
    expect(all.book).toEqual(book);
    expect(server.context.edits.store.generation()).toBe(0);
  });
});

describe("editions", () => {
  test("are added, changed and deleted", async () => {
    const books = client();
    const { edition } = await books.createEdition(
      {
        parent: rings,
        edition: { title: "The Ring", isbn10: ["0-261-10238-9"], published: { text: "c1991" } },
      },
      options(),
    );
    expect(edition).toMatchObject({
      name: `${rings}/editions/OL900000001M`,
      isbn13: ["9780261102385"],
      isbn10: ["0261102389"],
      published: { year: 1991, text: "c1991" },
    });
    const { name = "", etag = "" } = edition ?? {};
    const changed = await books.updateEdition(
      { edition: { name, pageCount: 1200, etag } },
      options(),
    );
    const stale = await failure(
      books.updateEdition({ edition: { name, pageCount: 1, etag } }, options()),
    );
    expect(stale.code).toBe(Code.Aborted);
    const listed = await books.listEditions({ parent: rings });
    expect([listed.editions[0], listed.totalSize]).toEqual([changed.edition, 3]);
    expect((await books.getEdition({ name })).edition).toEqual(changed.edition);
    await books.deleteEdition({ name, etag: changed.edition?.etag ?? "" }, options());
    const imported = `${rings}/editions/OL2M`;
    expect((await books.getEdition({ name: imported })).edition).toEqual(
      listed.editions.find((each) => each.name === imported),
    );
    await books.deleteEdition({ name: imported }, options());
    expect((await books.listEditions({ parent: rings })).editions).toHaveLength(1);
    expect((await failure(books.deleteEdition({ name: imported }, options()))).code).toBe(
      Code.NotFound,
    );
    for (const gone of [name, imported, "books/OL5W/editions/OL1M"]) {
      expect((await failure(books.getEdition({ name: gone }))).code).toBe(Code.NotFound);
    }
    await books.deleteBook({ name: rings }, options());
    const ofNoBook = books.getEdition({ name: `${rings}/editions/OL1M` });
    expect((await failure(ofNoBook)).code).toBe(Code.NotFound);
  });

  test("have their changes among those of their book", async () => {
    const books = client();
    await books.updateBook({ book: { name: rings, title: "The Ring" } }, options());
    const name = `${rings}/editions/OL2M`;
    await books.updateEdition({ edition: { name, pageCount: 7 } }, options());
    await books.deleteEdition({ name }, options());
    const listed = async (pageSize: number, pageToken = "") =>
      books.listBookRevisions({ parent: rings, pageSize, pageToken }, options());
    const { revisions, nextPageToken } = await listed(2);
    expect(revisions).toMatchObject([
      { action: BookRevision_Action.DELETE, actor: "key:laptop", edition: name, changes: [] },
      {
        action: BookRevision_Action.UPDATE,
        edition: name,
        changes: [{ field: "page_count", afterJson: "7" }],
      },
    ]);
    const rest = await listed(2, nextPageToken);
    expect(rest).toMatchObject({
      revisions: [{ edition: "", changes: [{ field: "title" }] }],
      nextPageToken: "",
    });
  });
});

test("conflicts are listed and settled", async () => {
  const { edits } = server.context;
  await client().updateBook({ book: { name: rings, title: "The Ring" } }, options());
  expect(await client().listConflicts({}, options())).toMatchObject({ conflicts: [] });
  await edits.noteConflicts([
    { work: "OL27448W", reason: "changed", imported: { title: "Rings" } },
  ]);
  const { conflicts } = await client().listConflicts({}, options());
  expect(conflicts).toMatchObject([
    {
      book: rings,
      reason: Conflict_Reason.CHANGED,
      fields: [
        {
          field: "title",
          baseJson: '"The Lord of the Rings"',
          editedJson: '"The Ring"',
          importedJson: '"Rings"',
        },
      ],
    },
  ]);
  const { book } = await client().resolveConflict(
    { book: rings, resolution: Resolution.TAKE_IMPORT },
    options(),
  );
  expect(book?.title).toBe("Rings");
  const again = client().resolveConflict(
    { book: rings, resolution: Resolution.KEEP_EDIT },
    options(),
  );
  expect((await failure(again)).code).toBe(Code.NotFound);
});

test("every write leaves an audit line: who, what, from where, before and after", async () => {
  const { book } = await client().updateBook(
    { book: { name: rings, title: "The Ring", description: "x".repeat(1000) } },
    options(),
  );
  await client().updateBook(
    { book: { name: rings, title: "Tried" }, validateOnly: true },
    options(),
  );
  await client().updateBook({ book: book ?? {} }, options());
  const lines = server.context.lines.flatMap(({ audit }) => audit ?? []);
  expect(lines).toEqual([
    {
      actor: "key:laptop",
      address: expect.stringMatching(/127\.0\.0\.1/),
      action: "book.update",
      target: "OL27448W",
      changes: [
        { field: "title", before: '"The Lord of the Rings"', after: '"The Ring"' },
        { field: "description", before: expect.any(String), after: `"${"x".repeat(199)}…` },
      ],
    },
  ]);
});
