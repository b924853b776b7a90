/** Imports into a cluster as operators start them: the importer and a node are killed while readers search. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { afterAll, expect, test } from "vitest";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import { aDumpFile, aWorkLine } from "#server/testing/dump.ts";
import { type ServerProcess, startServerProcess } from "#server/testing/server-process.ts";
import { waitUntil as waitAtMost } from "#server/testing/wait-until.ts";
import { findCluster } from "../scripts/cluster/cluster.ts";
import { root } from "./source-tree.ts";

const folder = mkdtempSync(join(tmpdir(), "importing-into-a-cluster-"));
const nodes = findCluster(process.env["BOOKFINDER_TEST_CLUSTER_FOLDER"] ?? "");
const name = `importing-${process.pid}`;
const environment = {
  HOST: "127.0.0.1",
  BOOKFINDER_WORKERS: "1",
  BOOKFINDER_CATALOG: `${process.env["BOOKFINDER_TEST_CLUSTER"]}/${name}`,
};
/** Of each catalogue: so many that a load can be met halfway. */
const WORKS = 30_000;

/** A cluster on a machine under load takes its time. */
const waitUntil = (what: string, isSo: () => boolean | Promise<boolean>) =>
  waitAtMost(what, isSo, 150_000);

afterAll(async () => {
  for (const number of nodes.numbers) {
    nodes.startNode(number);
  }
  await nodes.waitForGreen();
  await fetch(`${nodes.urls[0]}/${name}.*`, { method: "DELETE" });
  rmSync(folder, { recursive: true });
});

function writeDump(title: string): string {
  const dumps = join(folder, title);
  mkdirSync(dumps);
  const works = Array.from({ length: WORKS }, (_, index) =>
    aWorkLine(index + 1, { title: `${title} ${index + 1}` }),
  );
  aDumpFile(dumps, "works.txt", works);
  return dumps;
}

function startImport(dumps: string): { child: ChildProcess; output: () => string } {
  const child = spawn(process.execPath, [join(root, "server/import/cli.ts"), dumps], {
    env: { ...process.env, ...environment, BOOKFINDER_DATA: join(folder, "import") },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  return { child, output: () => output };
}

/** Whether an index of works that is not served yet has been sent so many. */
async function hasTaken(count: number): Promise<boolean> {
  const stats = JSON.parse((await nodes.ask(`/${name}.*.works/_stats/indexing`)) ?? "{}");
  const served = await nodes.ask(`/_cat/aliases/${name}?h=index`);
  return Object.entries<{ primaries?: { indexing?: { index_total?: number } } }>(
    stats.indices ?? {},
  ).some(
    ([index, { primaries }]) =>
      !served?.includes(index) && Number(primaries?.indexing?.index_total) >= count,
  );
}

/** The number of the node that alone has the works which are being loaded. */
async function loadingNode(): Promise<number> {
  const served = (await nodes.ask(`/_cat/aliases/${name}?h=index`))?.trim();
  const shards = await nodes.ask(`/_cat/shards/${name}.*.works?h=index,prirep,node`);
  const line = shards?.split("\n").find((each) => !each.startsWith(served ?? "none"));
  return Number(/\sp\s+\D*(\d+)/.exec(line ?? "")?.[1]);
}

/** Searches one book after the other; notes failures, and which catalogues answered, in order. */
function startReader({ url }: ServerProcess) {
  const client = createClient(BookService, createGrpcTransport({ baseUrl: url }));
  const failures: string[] = [];
  const seen: string[] = [];
  let isOver = false;
  const reading = (async () => {
    for (let turn = 0; !isOver; turn++) {
      const number = ((turn * 7919) % WORKS) + 1;
      try {
        const { results } = await client.searchBooks({ query: String(number), pageSize: 1 });
        const [title = "nothing", found = ""] = results[0]?.book?.title.split(" ") ?? [];
        if (found !== String(number)) {
          failures.push(`${number}: ${title} ${found}`);
        }
        if (title !== seen.at(-1)) {
          seen.push(title);
        }
      } catch (error) {
        failures.push(`${number}: ${error}`);
      }
    }
  })();
  return {
    seen,
    async stop(): Promise<string[]> {
      isOver = true;
      await reading;
      return failures;
    },
  };
}

test("an import that is killed continues, also without a node, and readers only notice other books", async () => {
  const first = startImport(writeDump("Lantern"));
  expect(await once(first.child, "exit"), first.output()).toEqual([0, null]);
  await using server = await startServerProcess({
    ...environment,
    BOOKFINDER_DATA: join(folder, "server"),
  });
  const client = createClient(BookService, createGrpcTransport({ baseUrl: server.url }));
  const lanterns = { query: "lantern", pageSize: 5 };
  const { nextPageToken: pageToken } = await client.searchBooks(lanterns);
  expect(pageToken).not.toBe("");
  const reader = startReader(server);

  const dumps = writeDump("Candle");
  const killed = startImport(dumps);
  await waitUntil("a part of the works is there", () => hasTaken(WORKS / 6));
  killed.child.kill("SIGKILL");
  await once(killed.child, "exit");
  expect(killed.output()).not.toMatch(/The cluster serves/);

  const again = startImport(dumps);
  const ended = once(again.child, "exit");
  await waitUntil("half of the works are there", () => hasTaken(WORKS / 2));
  const number = await loadingNode();
  await nodes.kill(number);
  nodes.startNode(number);
  expect(await ended, again.output()).toEqual([0, null]);
  expect(again.output()).toMatch(/The cluster serves 30,000 books/);
  // The dumps were read once.
  expect(again.output()).not.toMatch(/Reading records/);

  await waitUntil("the new books are found", () => reader.seen.includes("Candle"));
  expect(await reader.stop()).toEqual([]);
  expect(reader.seen).toEqual(["Lantern", "Candle"]);
  // No page is of two catalogues.
  await expect(client.searchBooks({ ...lanterns, pageToken })).rejects.toThrow(
    /from before the catalogue was replaced/,
  );
}, 600_000);
