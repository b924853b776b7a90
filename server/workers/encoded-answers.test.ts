/** Answers as bytes over a real catalogue, with the worker of this process. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { afterAll, expect, test } from "vitest";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import {
  SearchBooksRequestSchema,
  SearchBooksResponseSchema,
} from "#proto/bookfinder/v1/search_pb.ts";
import { Call } from "#server/rpc/call.ts";
import type { Codec } from "#server/rpc/encoded-method.ts";
import { openSqliteCatalog } from "#server/sqlite/catalog.ts";
import { anEntry } from "#server/testing/builders.ts";
import { writeCatalogue } from "#server/testing/catalog.ts";
import { fewEntries } from "#server/testing/few-books.ts";
import { EncodedAnswers } from "./encoded-answers.ts";
import { LocalWorker } from "./local-worker.ts";
import { SearchPool } from "./search-pool.ts";

const folder = mkdtempSync(join(tmpdir(), "bookfinder-answers-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function start(cacheBytes = 1 << 20) {
  const pool = new SearchPool({
    count: 1,
    spareCount: 0,
    start: () => new LocalWorker((path) => openSqliteCatalog(path)),
    onShed: () => {},
    onDone: () => {},
    onWorkerLost: () => {},
    onObstacle: () => {},
  });
  const path = join(folder, `${Math.round(performance.now() * 1000)}.db`);
  const description = "Of a hole in the ground. ".repeat(50);
  const longEntry = anEntry({ work: { key: "OL8W", title: "Holes", authors: [], description } });
  writeCatalogue(path, [...fewEntries, longEntry]);
  await pool.workers.open(path);
  const sources: string[] = [];
  const answers = new EncodedAnswers({
    pool,
    cacheBytes,
    maxResponseBytes: 1 << 20,
    logQueryChars: 100,
    ignoreUnknownFields: true,
    onAnswer: (source) => sources.push(source),
  });
  const search = answers.method(BookService.method.searchBooks);
  const ask = async (call: Call, codec: Codec, request: Uint8Array | string) => {
    const bytes = typeof request === "string" ? Buffer.from(request) : request;
    const answer = await search(call, codec, bytes);
    if (answer instanceof ConnectError) {
      throw answer;
    }
    return answer;
  };
  return { pool, sources, ask };
}

function aCall(headers: Record<string, string> = {}): Call {
  return new Call({
    method: BookService.method.searchBooks,
    protocol: "grpc",
    headers,
    peer: () => ({ address: "127.0.0.1", port: 1 }),
    record: { requestId: "1", startMs: performance.now() },
    maxTimeoutMs: 60_000,
  });
}

const binary = toBinary(
  SearchBooksRequestSchema,
  create(SearchBooksRequestSchema, { query: "hobbit" }),
);
const json = '{"query":"hobbit"}';

test("are the same in every encoding, and tell the log what was searched", async () => {
  const { ask } = await start();
  const call = aCall();
  const { body } = await ask(call, "proto", binary);
  const [first] = fromBinary(SearchBooksResponseSchema, body).results;
  expect(first?.book?.title).toBe("The Hobbit");
  expect(call.record.query).toBe("hobbit");
  const text = Buffer.from((await ask(aCall(), "json", json)).body).toString();
  expect(JSON.parse(text).results[0].book.title).toBe("The Hobbit");
});

test.each(["proto", "json"] as const)(
  "are compressed where that is taken, as %s",
  async (codec) => {
    const { ask } = await start();
    // All books, one of them at length: small answers are not worth it.
    const request = codec === "proto" ? new Uint8Array() : "{}";
    const plain = await ask(aCall(), codec, request);
    const packed = await ask(aCall(), `${codec}+gzip`, request);
    expect([plain.isCompressed, packed.isCompressed]).toEqual([false, true]);
    expect(packed.body.length).toBeLessThan(plain.body.length / 2);
    expect(gunzipSync(packed.body).toString("latin1")).toContain("The Hobbit");
  },
);

test("are kept until the catalogue is another", async () => {
  const { ask, sources, pool } = await start();
  const once = await ask(aCall(), "json", json);
  expect(await ask(aCall(), "json", json)).toBe(once);
  expect(sources).toEqual(["search", "cache"]);
  const path = join(folder, "other.db");
  writeCatalogue(path, [anEntry({ work: { key: "OL9W", title: "Hobbit holes" } })], {
    revision: "other",
  });
  await pool.workers.open(path);
  const text = Buffer.from((await ask(aCall(), "json", json)).body).toString();
  expect(text).toContain("Hobbit holes");
  expect(sources.at(-1)).toBe("search");
});

test("are searched once for all who ask at the same time", async () => {
  const { ask, sources } = await start(0);
  const bodies = await Promise.all([1, 2, 3].map(() => ask(aCall(), "json", json)));
  expect(new Set(bodies).size).toBe(1);
  expect(sources).toEqual(["search", "shared", "shared"]);
});

test("are not lost to the others when the first who asked leaves", async () => {
  const { ask } = await start();
  const first = aCall();
  const leaving = ask(first, "json", json).catch(() => {});
  const staying = ask(aCall(), "json", json);
  first.end();
  expect((await staying).body.length).toBeGreaterThan(0);
  await leaving;
});

test("are errors of the API for what can't be read, which are not kept", async () => {
  const { ask, sources } = await start();
  for (let count = 0; count < 2; count += 1) {
    await expect(ask(aCall(), "json", "{")).rejects.toMatchObject({ code: Code.InvalidArgument });
    await expect(ask(aCall(), "proto", Buffer.from([0xff]))).rejects.toMatchObject({
      code: Code.InvalidArgument,
    });
  }
  expect(sources).not.toContain("cache");
});

test("come too late for a deadline that has passed", async () => {
  const { ask } = await start();
  await expect(ask(aCall({ "grpc-timeout": "1n" }), "proto", binary)).rejects.toMatchObject({
    code: Code.DeadlineExceeded,
  });
});

test("name the fields that the schema does not have", async () => {
  const { ask } = await start();
  for (let count = 0; count < 2; count += 1) {
    const call = aCall();
    await ask(call, "json", '{"query":"hobbit","colour":"red"}');
    expect(call.unknownFields).toEqual(["colour"]);
  }
});
