/** What a write costs over a cluster, beside the same over a file: `node bench/cluster/writes.ts --help`. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { type Client, createClient } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import { parseCommandLine, runCommand, wholeNumber } from "#server/command-line.ts";
import { parseClusterAddress } from "#server/opensearch/cluster-address.ts";
import { startServerProcess } from "#server/testing/server-process.ts";
import { waitUntil } from "#server/testing/wait-until.ts";
import { printTable } from "../evaluate/report.ts";
import { quantile } from "../evaluate/statistics.ts";

const usage = `Usage: node bench/cluster/writes.ts [options] ADDRESS

Imports the starter catalogue into a cluster (opensearch+http://h1:9200,h2:9200/name) and a file, starts
two servers over the cluster and one over the file, and writes books: one after the other, then by
several callers at all servers of a kind. Each answer means that the server finds the book. At the end a
server with an empty folder reads all that was written.

  --writes N    one after the other (100)
  --callers N   who write at the same time (8)
  --seconds N   for how long (5)`;

const root = join(import.meta.dirname, "../..");
type Books = Client<typeof BookService>;
type Options = { address: string; writes: number; callers: number; seconds: number };

await runCommand(process, async (args) => {
  const { values, positionals } = parseCommandLine(args, {
    usage,
    options: {
      writes: { type: "string", default: "100" },
      callers: { type: "string", default: "8" },
      seconds: { type: "string", default: "5" },
    },
    positionals: [1, 1],
  });
  const [address = ""] = positionals;
  const folder = mkdtempSync(join(tmpdir(), "bookfinder-writes-"));
  try {
    await measure(folder, {
      address,
      writes: wholeNumber("--writes", values.writes, 1),
      callers: wholeNumber("--callers", values.callers, 1, 256),
      seconds: wholeNumber("--seconds", values.seconds, 1, 600),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

async function measure(folder: string, options: Options): Promise<void> {
  const rows: string[][] = [];
  for (const [name, catalog, count] of [
    ["file", "", 1],
    ["cluster", options.address, 1],
    ["cluster, two servers", options.address, 2],
  ] as const) {
    const env = { BOOKFINDER_CATALOG: catalog, HOST: "127.0.0.1", BOOKFINDER_WORKERS: "1" };
    const folders = Array.from({ length: count }, (_, place) => join(folder, `${name} ${place}`));
    const [first = ""] = folders;
    const run = (script: string, ...args: string[]) =>
      spawnSync(process.execPath, [join(root, script), ...args], {
        env: { ...process.env, ...env, BOOKFINDER_DATA: first },
        encoding: "utf8",
      }).stdout.trim();
    run("server/import/cli.ts", join(root, "server/starter"));
    const key = run(
      "server/admin/keys-cli.ts",
      "create",
      "--name",
      `bench ${Date.now()}`,
      "--scope",
      "books.write",
    );
    await using servers = new AsyncDisposableStack();
    const clients: Books[] = [];
    for (const data of folders) {
      const server = servers.use(await startServerProcess({ ...env, BOOKFINDER_DATA: data }));
      clients.push(createClient(BookService, createGrpcTransport({ baseUrl: server.url })));
    }
    rows.push([name, ...(await writeTo(clients, { authorization: `Bearer ${key}` }, options))]);
  }
  await joinLate(folder, options);
  const heads = ["", "p50 ms", "p95", `a second, ${options.callers} callers`, "elsewhere, p50 ms"];
  console.log(printTable(heads, rows));
  console.log(`Load of the machine: ${loadavg().map((load) => load.toFixed(1))}`);
}

/** How long a server with an empty folder takes to be ready, and how large is what it reads. */
async function joinLate(folder: string, { address }: Options): Promise<void> {
  const start = performance.now();
  const data = join(folder, "late");
  const env = { BOOKFINDER_CATALOG: address, HOST: "127.0.0.1", BOOKFINDER_WORKERS: "1" };
  await using _server = await startServerProcess({ ...env, BOOKFINDER_DATA: data });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const { nodes, name } = parseClusterAddress(address);
  const path = `_cat/indices/${name}.log.edits?h=docs.count,pri.store.size`;
  await fetch(`${nodes[0]}/${name}.log.edits/_refresh`, { method: "POST" });
  const size = await (await fetch(`${nodes[0]}/${path}`)).text();
  console.log(`A new server is ready after ${seconds} s; entries and size of the log: ${size}`);
}

let number = 0;

async function writeTo(
  clients: readonly Books[],
  headers: Record<string, string>,
  { writes, callers, seconds }: Options,
): Promise<string[]> {
  const [first, last] = [clients[0], clients.at(-1)];
  if (first === undefined || last === undefined) {
    throw new Error("No server was started");
  }
  const write = async (client: Books) => {
    const title = `Zymurgy ${(number++).toString(36)} Quixote`;
    await client.createBook({ book: { title } }, { headers });
    return title;
  };
  const times: number[] = [];
  for (let count = 0; count < writes; count++) {
    const start = performance.now();
    await write(first);
    times.push(performance.now() - start);
  }
  const endMs = performance.now() + seconds * 1000;
  let written = 0;
  await Promise.all(
    Array.from({ length: callers }, async (_, caller) => {
      while (performance.now() < endMs) {
        await write(clients[caller % clients.length] ?? first);
        written += 1;
      }
    }),
  );
  const delays: number[] = [];
  for (let count = 0; first !== last && count < 20; count++) {
    const query = await write(first);
    const start = performance.now();
    await waitUntil("the other server finds it", async () => {
      const { results } = await last.searchBooks({ query, pageSize: 1 });
      return results[0]?.book?.title === query;
    });
    delays.push(performance.now() - start);
  }
  const shown = (values: readonly number[], share: number) =>
    values.length === 0 ? "" : quantile(values, share).toFixed(0);
  return [
    shown(times, 0.5),
    shown(times, 0.95),
    (written / seconds).toFixed(0),
    shown(delays, 0.5),
  ];
}
