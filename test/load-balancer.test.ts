/** The balancer's configuration, tried with the real balancer in front of two real servers. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@connectrpc/connect";
import { createConnectTransport, createGrpcTransport } from "@connectrpc/connect-node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import { catalogueFile } from "#server/catalog-file/catalogue-file.ts";
import { writeCatalogue } from "#server/testing/catalog.ts";
import { fewEntries } from "#server/testing/few-books.ts";
import { type ServerProcess, startServerProcess } from "#server/testing/server-process.ts";
import { waitUntil } from "#server/testing/wait-until.ts";

const hasBalancer = spawnSync("haproxy", ["-v"]).status === 0;
const config = join(import.meta.dirname, "../deploy/haproxy.cfg");

/** A port that nobody listened on a moment ago. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" ? (address?.port ?? 0) : 0));
    });
  });
}

// Debian, Ubuntu: apt-get install haproxy
describe.skipIf(!hasBalancer)("two servers behind HAProxy", () => {
  const dataDir = mkdtempSync(join(tmpdir(), "balanced-"));
  const servers: ServerProcess[] = [];
  let balancer: ChildProcess;
  let url = "";

  beforeAll(async () => {
    writeCatalogue(catalogueFile(dataDir), fewEntries);
    const settings = {
      HOST: "127.0.0.1",
      BOOKFINDER_DATA: dataDir,
      BOOKFINDER_READ_ONLY: "true",
      BOOKFINDER_WORKERS: "1",
    };
    servers.push(await startServerProcess(settings), await startServerProcess(settings));
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    const [first, second] = servers.map((server) => new URL(server.url).host);
    balancer = spawn("haproxy", ["-W", "-f", config], {
      env: {
        ...process.env,
        BOOKFINDER_1: first,
        BOOKFINDER_2: second,
        BALANCER_PORT: String(port),
      },
      stdio: "ignore",
    });
    await waitUntil("the balancer answers", () =>
      fetch(`${url}/healthz`).then(
        ({ ok }) => ok,
        () => false,
      ),
    );
  });
  afterAll(async () => {
    balancer?.kill("SIGTERM");
    await Promise.all(servers.map((server) => server[Symbol.asyncDispose]()));
    rmSync(dataDir, { recursive: true, force: true });
  });

  test("one port takes HTTP/1.1 and gRPC, streams in both directions among them", async () => {
    const response = await fetch(`${url}/v1/books?query=hobbit`);
    expect(await response.json()).toMatchObject({ results: [{ book: { title: "The Hobbit" } }] });
    const client = createClient(BookService, createGrpcTransport({ baseUrl: url }));
    expect((await client.searchBooks({ query: "hobbit" })).results[0]?.book?.title).toMatch(
      /Hobbit/,
    );
    await expect(client.getBook({ name: "books/OL404W" })).rejects.toThrow(/not_found/);
    async function* rows() {
      yield { id: "1", citation: "The Hobbit, Tolkien" };
      yield { id: "2", citation: "nothing of the kind" };
    }
    const matched: string[] = [];
    for await (const { id } of client.matchBooks(rows())) {
      matched.push(id);
    }
    expect(matched.toSorted()).toEqual(["1", "2"]);
  });

  test("no call fails while a server is stopped", async () => {
    const clients = [
      createGrpcTransport({ baseUrl: url }),
      createConnectTransport({ baseUrl: url, httpVersion: "1.1" }),
    ].map((transport) => createClient(BookService, transport));
    const problems: string[] = [];
    let isOver = false;
    let count = 0;
    const calling = clients.map(async (client) => {
      while (!isOver) {
        await client
          .searchBooks({ query: "hobbit" })
          .catch((error) => problems.push(String(error)));
        count += 1;
      }
    });
    await waitUntil("calls are answered", () => count > 20);
    await servers[0]?.[Symbol.asyncDispose]();
    const before = count;
    await waitUntil("the other server answers", () => count > before + 50);
    isOver = true;
    await Promise.all(calling);
    expect(problems).toEqual([]);
  });
});
