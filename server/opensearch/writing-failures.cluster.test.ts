/** What writers notice when nodes fail: at most a pause; and nothing that was acknowledged is lost. */
import type { DatabaseSync } from "node:sqlite";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { CatalogUnavailableError } from "#server/catalog/catalog.ts";
import { openDatabase } from "#server/database/open-database.ts";
import { waitUntil as waitAtMost } from "#server/testing/wait-until.ts";
import { findCluster } from "../../scripts/cluster/cluster.ts";
import { Cluster, PATIENT_MS } from "./cluster.ts";
import { type SharedDatabase, shareDatabase } from "./shared-database.ts";
import { testAddress } from "./testing/cluster-catalog.ts";

const nodes = findCluster(process.env["BOOKFINDER_TEST_CLUSTER_FOLDER"] ?? "");
const address = testAddress(process.env["BOOKFINDER_TEST_CLUSTER"]);
const waitUntil = (what: string, isSo: () => boolean | Promise<boolean>) =>
  waitAtMost(what, isSo, 60_000);

const migrations = ["CREATE TABLE note (text TEXT PRIMARY KEY, server TEXT NOT NULL) STRICT;"];
const open = () => openDatabase(":memory:", { migrations });

const databases: [DatabaseSync, DatabaseSync] = [open(), open()];
let servers: [SharedDatabase, SharedDatabase];

beforeAll(async () => {
  const [one, other] = databases;
  servers = [
    await shareDatabase(one, address, "edits"),
    await shareDatabase(other, address, "edits"),
  ];
});

/** All nodes run again, and have all copies. */
afterEach(async () => {
  for (const number of nodes.numbers) {
    nodes.startNode(number);
  }
  await nodes.waitForGreen();
});

afterAll(async () => {
  for (const server of servers) {
    await server[Symbol.asyncDispose]();
  }
  await using cluster = new Cluster(address, PATIENT_MS);
  await cluster.write({ method: "DELETE", path: `/${address.name}.log.edits` });
});

let noteCount = 0;

function write(place: 0 | 1): Promise<string> {
  const text = `note ${noteCount++}`;
  const insert = databases[place].prepare("INSERT INTO note (text, server) VALUES (?, ?)");
  return servers[place].transactions.run(() => {
    insert.run(text, String(place));
    return text;
  });
}

/** Writers at both servers until they are told to stop: what was acknowledged, and what was refused. */
function writers() {
  let isOver = false;
  const acknowledged: string[] = [];
  const refused: unknown[] = [];
  const writing = ([0, 1] as const).map(async (place) => {
    while (!isOver) {
      await write(place).then(
        (text) => acknowledged.push(text),
        (error: unknown) => refused.push(error),
      );
    }
  });
  return {
    acknowledged,
    refused,
    async stop(): Promise<void> {
      isOver = true;
      await Promise.all(writing);
    },
  };
}

/** What a server has that begins with an empty folder now. */
async function notesOfNewServer(): Promise<string[]> {
  using database = open();
  await using _server = await shareDatabase(database, address, "edits");
  return notesOf(database);
}

function notesOf(database: DatabaseSync): string[] {
  const rows = database.prepare("SELECT text FROM note ORDER BY rowid").all();
  return rows.map(({ text }) => String(text));
}

async function expectAll(acknowledged: readonly string[]): Promise<void> {
  await Promise.all(servers.map(({ transactions }) => transactions.catchUp()));
  const kept = await notesOfNewServer();
  expect(new Set(kept)).toEqual(new Set([...kept, ...acknowledged]));
  for (const database of databases) {
    expect(notesOf(database)).toEqual(kept);
  }
}

test.each([1, 3])(
  "node %d dies while two servers write: no write is lost, and none fails",
  async (number) => {
    const writing = writers();
    await waitUntil("notes are written", () => writing.acknowledged.length > 10);
    await nodes.kill(number);
    const before = writing.acknowledged.length;
    await waitUntil("writing goes on", () => writing.acknowledged.length > before + 30);
    await writing.stop();
    expect(writing.refused).toEqual([]);
    await expectAll(writing.acknowledged);
  },
);

test("a node freezes while two servers write: no write is lost, and writing goes on without it", async () => {
  const writing = writers();
  await waitUntil("notes are written", () => writing.acknowledged.length > 10);
  const before = writing.acknowledged.length;
  nodes.freeze(2);
  try {
    await waitUntil("writing goes on", () => writing.acknowledged.length > before + 20);
  } finally {
    nodes.thaw(2);
  }
  await waitUntil("writing goes on", () => writing.acknowledged.length > before + 40);
  await writing.stop();
  for (const error of writing.refused) {
    expect(error).toBeInstanceOf(CatalogUnavailableError);
  }
  await expectAll(writing.acknowledged);
});

test("without a quorum writes are refused as unavailable, reads go on, and writing begins again by itself", async () => {
  const first = await write(0);
  await nodes.kill(1);
  await nodes.kill(2);
  await expect(write(0)).rejects.toThrow(CatalogUnavailableError);
  await servers[1].transactions.catchUp();
  expect(notesOf(databases[1])).toContain(first);
  nodes.startNode(1);
  nodes.startNode(2);
  let last = "";
  await waitUntil("writing begins again", async () => {
    last = await write(1).catch(() => "");
    return last !== "";
  });
  await expectAll([first, last]);
});
