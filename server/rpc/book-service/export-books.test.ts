import { createClient } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { createConnectTransport } from "@connectrpc/connect-web";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import type { Catalog } from "#server/catalog/catalog.ts";
import { anEntry } from "#server/testing/builders.ts";
import { aCatalog } from "#server/testing/catalog.ts";
import { startServer, type TestServer } from "#server/testing/server.ts";

const entries = Array.from({ length: 450 }, (_, index) =>
  anEntry({
    popularity: 1000 - index,
    work: {
      key: `OL${index + 1}W`,
      title: `Tale number ${index + 1}`,
      languages: index % 3 === 0 ? ["ger"] : ["eng"],
    },
  }),
);
let current: Catalog = aCatalog(entries);
/** Takes the place of the catalogue after its next search. */
let replacement: Catalog | undefined;
const catalog: Catalog = new Proxy(current, {
  get(_target, name) {
    const before = current;
    const value: unknown = Reflect.get(before, name);
    if (name === "search" && replacement !== undefined) {
      current = replacement;
    }
    return typeof value === "function" ? value.bind(before) : value;
  },
});
let server: TestServer;
beforeAll(async () => {
  server = await startServer(catalog);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await current[Symbol.asyncDispose]();
});

type Request = Parameters<ReturnType<typeof client>["exportBooks"]>[0];

function client(transport = createGrpcTransport({ baseUrl: server.url })) {
  return createClient(BookService, transport);
}

async function names(request: Request, from = client()): Promise<string[]> {
  const found: string[] = [];
  for await (const { book } of from.exportBooks(request)) {
    found.push(book?.name ?? "");
  }
  return found;
}

const all = entries.map(({ work }) => `books/${work.key}`);

test("streams the whole catalogue once, most read first", async () => {
  expect(await names({})).toEqual(all);
});

test("streams to browsers, too", async () => {
  const web = client(createConnectTransport({ baseUrl: server.url }));
  expect(await names({}, web)).toEqual(all);
});

test("streams what a search finds, narrowed and limited", async () => {
  expect(await names({ query: "tale 7" })).toContain("books/OL7W");
  const german = all.filter((_, index) => index % 3 === 0);
  expect(await names({ filter: { language: { anyOf: ["ger"] } } })).toEqual(german);
  expect(await names({ limit: 7 })).toEqual(all.slice(0, 7));
});

describe("goes on behind a book", () => {
  test.each([0, 1, 98, 99, 100, 299, 448, 449])("number %i", async (last) => {
    let token = "";
    let count = 0;
    for await (const { resumeToken } of client().exportBooks({})) {
      token = resumeToken;
      if (count === last) {
        break;
      }
      count += 1;
    }
    expect(await names({ resumeToken: token })).toEqual(all.slice(last + 1));
  });
});

test.each(["what?", "3-forged", "-1-"])("refuses the token %j", async (resumeToken) => {
  await expect(names({ resumeToken })).rejects.toThrow(/^\[invalid_argument\] resume_token/);
});

test("refuses a token of another search", async () => {
  let token = "";
  for await (const one of client().exportBooks({ limit: 150 })) {
    token = one.resumeToken;
  }
  const other = names({ query: "tale", resumeToken: token });
  await expect(other).rejects.toThrow(/^\[invalid_argument\] resume_token/);
});

test("is aborted when the catalogue is replaced while it runs", async () => {
  const other = aCatalog(entries, { revision: "test-2" });
  const before = current;
  replacement = other;
  try {
    await expect(names({})).rejects.toThrow("[aborted] The catalogue was replaced");
  } finally {
    replacement = undefined;
    current = before;
    await other[Symbol.asyncDispose]();
  }
});
