/** Every error has a reason, the same over every protocol, and the documentation has them all. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Code, ConnectError, createClient, type Transport } from "@connectrpc/connect";
import { codeToHttpStatus, codeToString } from "@connectrpc/connect/protocol-connect";
import {
  compressionGzip,
  createConnectTransport,
  createGrpcTransport,
  createGrpcWebTransport,
} from "@connectrpc/connect-node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import {
  BadRequestSchema,
  ErrorInfoSchema,
  ResourceInfoSchema,
  RetryInfoSchema,
} from "#proto/google/rpc/error_details_pb.ts";
import { aFewBooks } from "#server/testing/few-books.ts";
import { startServer, type TestServer } from "#server/testing/server.ts";
import { errorReasons } from "./error-reasons.ts";
import { retryLater, toConnectError } from "./errors.ts";

const root = join(import.meta.dirname, "../..");

test("docs/errors.md has every reason, and no other", () => {
  const rows = readFileSync(join(root, "docs/errors.md"), "utf8")
    .split("\n")
    .filter((line) => line.startsWith("| `"));
  expect(rows).toEqual(
    Object.entries(errorReasons).map(([reason, { code, meaning, wayOut }]) => {
      const status = codeToHttpStatus(code);
      return `| \`${reason}\` | ${codeToString(code).toUpperCase()} | ${status} | ${meaning} | ${wayOut} |`;
    }),
  );
});

test("errors are made with a reason", () => {
  const without = readdirSync(join(root, "server"), { recursive: true, encoding: "utf8" })
    .filter(
      (path) => path.endsWith(".ts") && !/\.test\.ts$|^testing\/|^rpc\/errors\.ts$/.test(path),
    )
    .filter((path) => {
      const source = readFileSync(join(root, "server", path), "utf8");
      // A call that is over is an error to nobody.
      return source
        .replace('new ConnectError("the call is over"', "")
        .includes("new ConnectError(");
    });
  expect(without).toEqual([]);
});

test("who may try again is told when", () => {
  const error = retryLater("OVERLOADED", "Too much to do", 1500);
  expect(error.code).toBe(Code.Unavailable);
  expect(error.metadata.get("retry-after")).toBe("2");
  expect(error.findDetails(RetryInfoSchema)).toMatchObject([
    { retryDelay: { seconds: 1n, nanos: 500_000_000 } },
  ]);
});

const gzip = { sendCompression: compressionGzip, compressMinBytes: 1 };
const transports: [name: string, create: (baseUrl: string) => Transport][] = [
  ["gRPC", (baseUrl) => createGrpcTransport({ baseUrl })],
  ["gRPC, compressed", (baseUrl) => createGrpcTransport({ baseUrl, ...gzip })],
  ["gRPC-web", (baseUrl) => createGrpcWebTransport({ baseUrl, httpVersion: "1.1" })],
  ["Connect", (baseUrl) => createConnectTransport({ baseUrl, httpVersion: "1.1" })],
  [
    "Connect, compressed",
    (baseUrl) => createConnectTransport({ baseUrl, httpVersion: "2", ...gzip }),
  ],
];

const catalog = aFewBooks();
afterAll(() => catalog[Symbol.asyncDispose]());

describe.each(["on", "off"] as const)("with the fast path %s", (fastPath) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(catalog, { fastPath });
  });
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
  });

  describe.each(transports)("over %s", (_name, create) => {
    const client = () => createClient(BookService, create(server.url));
    const failure = (call: Promise<unknown>) =>
      call.then(
        () => expect.unreachable("The call did not fail"),
        (error: unknown) => ConnectError.from(error),
      );

    test.each([
      ["FIELD_INVALID", () => client().searchBooks({ pageSize: 1000 })],
      ["PAGE_TOKEN_INVALID", () => client().searchBooks({ query: "x", pageToken: "AAAA" })],
      ["RESOURCE_NOT_FOUND", () => client().getBook({ name: "books/OL999999999W" })],
      ["MESSAGE_TOO_LARGE", () => client().searchBooks({ query: "x".repeat(2 << 20) })],
    ] as const)("%s", async (reason, call) => {
      const error = await failure(call());
      const infos = error.findDetails(ErrorInfoSchema);
      expect(infos).toMatchObject([{ reason, domain: "bookfinder.v1" }]);
      expect(error.code).toBe(errorReasons[reason].code);
    });

    test("names fields and resources", async () => {
      const wrong = await failure(client().searchBooks({ pageSize: 1000 }));
      expect(wrong.findDetails(BadRequestSchema)).toMatchObject([
        { fieldViolations: [{ field: "page_size", description: expect.stringContaining("100") }] },
      ]);
      const missing = await failure(client().getBook({ name: "books/OL999999999W" }));
      expect(missing.findDetails(ResourceInfoSchema)).toMatchObject([
        { resourceType: "book", resourceName: "books/OL999999999W" },
      ]);
    });
  });

  test("over REST", async () => {
    const response = await fetch(`${server.url}/api/books?title=zzyzxq`);
    expect(await response.json()).toMatchObject({
      code: "not_found",
      details: [
        { type: "google.rpc.ErrorInfo", debug: { reason: "RESOURCE_NOT_FOUND" } },
        {
          type: "google.rpc.ResourceInfo",
          debug: { resourceType: "book", resourceName: "zzyzxq" },
        },
      ],
    });
    const long = await fetch(`${server.url}/api/books?title=${"x".repeat(3000)}`);
    expect(await long.json()).toMatchObject({
      message: expect.stringMatching(/^title must be at most 2000/),
      details: expect.arrayContaining([
        expect.objectContaining({
          debug: { fieldViolations: [expect.objectContaining({ field: "title" })] },
        }),
      ]),
    });
  });
});

test("a full disk is said to whoever writes, and when to come again", () => {
  using database = new DatabaseSync(":memory:");
  database.exec("CREATE TABLE written (text TEXT); PRAGMA max_page_count = 3");
  const statement = database.prepare("INSERT INTO written VALUES (?)");
  let said: unknown;
  try {
    statement.run("a".repeat(100_000));
  } catch (error) {
    said = error;
  }
  const error = toConnectError(said);
  expect(error.code).toBe(Code.Unavailable);
  expect(error.findDetails(ErrorInfoSchema)).toMatchObject([{ reason: "STORAGE_FULL" }]);
  expect(error.findDetails(RetryInfoSchema)).toMatchObject([{ retryDelay: { seconds: 60n } }]);
});
