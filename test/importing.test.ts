/** Imports of books into the server as people start it: found at once, and whole after a kill. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { createClient } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import { Accounts } from "#server/accounts/accounts.ts";
import { catalogueFile } from "#server/catalog-file/catalogue-file.ts";
import { editsFile } from "#server/edits/edit-database.ts";
import { writeCatalogue } from "#server/testing/catalog.ts";
import { fewEntries } from "#server/testing/few-books.ts";
import { waitUntil } from "#server/testing/wait-until.ts";

const folder = mkdtempSync(join(tmpdir(), "bookfinder-importing-"));
let authorization = "";
beforeAll(() => {
  writeCatalogue(catalogueFile(folder), fewEntries);
  using accounts = new Accounts({ dataDir: folder, now: () => new Date() });
  authorization = `Bearer ${accounts.keys.create("test", ["books.write"], undefined).text}`;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const batchCount = 12;
const batchRows = 80;

/** Starts the server on a free port and waits until it is ready. */
async function start(): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "../server/main.ts")], {
    env: { PATH: process.env["PATH"], PORT: "0", HOST: "127.0.0.1", BOOKFINDER_DATA: folder },
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  const ready = () => /BookFinder is ready: (\S+)/.exec(output)?.[1];
  await waitUntil("the server is ready", () => ready() !== undefined);
  return { child, url: ready() ?? "" };
}

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const exit = once(child, "exit");
  child.kill(signal);
  await exit;
}

async function* batches() {
  for (let batch = 0; batch < batchCount; batch++) {
    yield {
      requestId: "whole list",
      rows: Array.from({ length: batchRows }, (_, row) => ({
        book: { title: `Zygomorphic Lantern ${batch * batchRows + row}` },
      })),
    };
  }
}

/** Titles of the books that were written, with how often each was. */
function writtenTitles(): Map<string, number> {
  const database = new DatabaseSync(editsFile(folder), { readOnly: true });
  const rows = database.prepare("SELECT patch ->> 'title' AS title FROM written").all();
  database.close();
  const counts = new Map<string, number>();
  for (const { title } of rows) {
    counts.set(String(title), (counts.get(String(title)) ?? 0) + 1);
  }
  return counts;
}

test("an import that is killed with its server is whole, and once, when it is sent again", {
  timeout: 120_000,
}, async () => {
  const first = await start();
  const headers = { authorization };
  const client = (url: string) =>
    createClient(BookService, createGrpcTransport({ baseUrl: url, idleConnectionTimeoutMs: 1000 }));
  const cut = client(first.url)
    .importBooks(batches(), { headers })
    .then(
      () => "answered",
      () => "cut",
    );
  await waitUntil("a batch is written", () => writtenTitles().size > 0);
  await stop(first.child, "SIGKILL");
  expect(await cut).toBe("cut");
  // Whole batches, or nothing of them.
  const before = writtenTitles().size;
  expect(before % batchRows).toBe(0);

  const second = await start();
  const summary = await client(second.url).importBooks(batches(), { headers });
  expect(summary).toMatchObject({
    repeatedCount: before,
    createdCount: batchCount * batchRows - before,
    refusedCount: 0,
  });
  // Found at once, by a search of another process, also what was written before the kill.
  for (const number of [0, batchCount * batchRows - 1]) {
    const title = `Zygomorphic Lantern ${number}`;
    const found = await client(second.url).searchBooks({ query: title });
    expect(found.results[0]?.book?.title).toBe(title);
  }
  const all = await client(second.url).searchBooks({ query: "zygomorphic", pageSize: 1 });
  expect(all.total?.value).toBe(batchCount * batchRows);
  await stop(second.child, "SIGTERM");
  const titles = writtenTitles();
  expect(titles.size).toBe(batchCount * batchRows);
  expect(new Set(titles.values())).toEqual(new Set([1]));
});
