/**
 * Several servers that only read show one published catalogue: a new one is fetched by each and swapped
 * in while it answers, and no caller notices.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@connectrpc/connect";
import { createConnectTransport, createGrpcTransport } from "@connectrpc/connect-node";
import { expect, onTestFinished, test } from "vitest";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import { fetchCatalogue } from "#server/admin/fetch-catalogue.ts";
import { publish } from "#server/admin/publish-catalogue.ts";
import { catalogueFile } from "#server/catalog-file/catalogue-file.ts";
import { anEntry } from "#server/testing/builders.ts";
import { writeCatalogue } from "#server/testing/catalog.ts";
import { startServerProcess } from "#server/testing/server-process.ts";
import { waitUntil } from "#server/testing/wait-until.ts";

const marks = ["first", "second", "third"] as const;

/** Publishes a catalogue whose books all bear the mark in their titles. */
async function publishMarked(root: string, mark: string): Promise<void> {
  const dataDir = mkdtempSync(join(root, "source-"));
  const entries = Array.from({ length: 30 }, (_, index) =>
    anEntry({ work: { key: `OL${index + 1}W`, title: `Volume ${index + 1} of the ${mark}` } }),
  );
  writeCatalogue(catalogueFile(dataDir), entries, { revision: mark });
  await publish(dataDir, join(root, "published"));
}

/** Searches again and again; notes failures, and which marks each answer and the answers in a row have. */
class Caller {
  readonly problems: string[] = [];
  readonly #over: Promise<void>;
  seen = "";
  #isStopped = false;

  constructor(search: () => Promise<string[]>) {
    this.#over = this.#run(search);
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#over;
  }

  async #run(search: () => Promise<string[]>): Promise<void> {
    while (!this.#isStopped) {
      try {
        const found = [...new Set((await search()).map((title) => title.split(" ").at(-1) ?? ""))];
        const [mark = "none"] = found;
        if (found.length !== 1 || placeOf(mark) < placeOf(this.seen)) {
          this.problems.push(`${found.join(", ")} after ${this.seen}`);
        }
        this.seen = mark;
      } catch (error) {
        this.problems.push(String(error));
      }
    }
  }
}

function placeOf(mark: string): number {
  return marks.indexOf(mark as (typeof marks)[number]);
}

function callersOf(url: string): Caller[] {
  const transports = [
    createGrpcTransport({ baseUrl: url }),
    createConnectTransport({ baseUrl: url, httpVersion: "1.1" }),
  ];
  return transports.map((transport) => {
    const client = createClient(BookService, transport);
    return new Caller(async () => {
      const { results } = await client.searchBooks({ query: "volume", pageSize: 10 });
      return results.map(({ book }) => book?.title ?? "");
    });
  });
}

test("three servers follow what is published without failing a call", async () => {
  const root = mkdtempSync(join(tmpdir(), "readers-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const published = join(root, "published");
  const dataDirs = [1, 2, 3].map((number) => join(root, `reader-${number}`));
  await publishMarked(root, marks[0]);
  await Promise.all(dataDirs.map((dataDir) => fetchCatalogue(dataDir, published)));
  await using servers = new AsyncDisposableStack();
  const urls: string[] = [];
  for (const dataDir of dataDirs) {
    const settings = {
      HOST: "127.0.0.1",
      BOOKFINDER_DATA: dataDir,
      BOOKFINDER_READ_ONLY: "true",
      BOOKFINDER_WORKERS: "1",
    };
    urls.push(servers.use(await startServerProcess(settings)).url);
  }
  const callers = urls.flatMap(callersOf);
  for (const mark of marks) {
    if (mark !== marks[0]) {
      await publishMarked(root, mark);
      await Promise.all(dataDirs.map((dataDir) => fetchCatalogue(dataDir, published)));
    }
    await waitUntil(
      `all callers are answered out of the ${mark} catalogue`,
      () => callers.every(({ seen }) => seen === mark),
      60_000,
    );
  }
  await Promise.all(callers.map((caller) => caller.stop()));
  expect(callers.flatMap(({ problems }) => problems)).toEqual([]);
});
