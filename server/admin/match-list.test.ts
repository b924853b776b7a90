import { createGrpcTransport } from "@connectrpc/connect-node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aFewBooks } from "#server/testing/few-books.ts";
import { startServer, type TestServer } from "#server/testing/server.ts";
import { ColumnsError, matchList } from "./match-list.ts";

const catalog = aFewBooks();
let server: TestServer;
beforeAll(async () => {
  server = await startServer(catalog);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await catalog[Symbol.asyncDispose]();
});

async function* table(...records: string[][]) {
  yield* records;
}

async function match(...records: string[][]): Promise<string[][]> {
  const transport = createGrpcTransport({ baseUrl: server.url });
  const rows: string[][] = [];
  for await (const row of matchList(transport, table(...records), () => undefined)) {
    rows.push(row);
  }
  return rows;
}

test("keeps the columns of the table and adds what each row means", async () => {
  const rows = await match(
    ["\ufeffShelf", "Book_Title", "Authors", "Date"],
    ["A 1", "The Hobbit", "Tolkien, J. R. R.", "c1937"],
    ["A 2", "Nothing of the Kind", "Nobody", ""],
    ["A 3"],
  );
  expect(rows).toEqual([
    expect.arrayContaining(["\ufeffShelf", "Book_Title", "match", "match_book"]),
    [
      ...[
        "A 1",
        "The Hobbit",
        "Tolkien, J. R. R.",
        "c1937",
        "matched",
        expect.stringMatching(/^0\.9|^1/),
      ],
      ...["books/OL262758W", "The Hobbit", "J. R. R. Tolkien", "1937", ""],
      "same title, same author, same year",
    ],
    ["A 2", "Nothing of the Kind", "Nobody", "", "not found", "", "", "", "", "", "", ""],
    ["A 3", "", "", "", "not found", "", "", "", "", "", "", expect.stringContaining("empty")],
  ]);
});

test("takes a table of one column for citations, with a header or without", async () => {
  const citation = "J. R. R. Tolkien, The Hobbit (London: Allen & Unwin, 1937).";
  expect((await match([citation]))[1]?.[3]).toBe("books/OL262758W");
  expect((await match(["Reference"], [citation]))[1]?.[3]).toBe("books/OL262758W");
});

test("says that columns without names can't be told apart", async () => {
  await expect(match(["The Hobbit", "Tolkien"])).rejects.toThrow(ColumnsError);
});
