/** One, two and three servers that only read: `node bench/readers/main.ts --help`. */
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Client, createClient } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import { fetchCatalogue } from "#server/admin/fetch-catalogue.ts";
import { publish } from "#server/admin/publish-catalogue.ts";
import { existingPath, parseCommandLine, startCommand, wholeNumber } from "#server/command-line.ts";
import { type ServerProcess, startServerProcess } from "#server/testing/server-process.ts";
import { quantile } from "../evaluate/statistics.ts";
import { processorMs } from "../processor-time.ts";

const usage = `Usage: node bench/readers/main.ts FOLDER QUERIES [options]

Publishes the catalogue.db in FOLDER, has three readers fetch it, and asks one, two and three of them
over gRPC, each with one search process and without kept answers; then two behind HAProxy, if it is
here. QUERIES is a file of columns: class, query, …. All of it shares this machine's processors: what a
call costs is what to reckon with, and the rate is bounded by the machine.

  --seconds N   how long each row lasts (default 8)
  --callers N   calls at a time for each server (default 4)`;

const { data, queries, seconds, callersEach } = startCommand(process, (args) => {
  const { values, positionals } = parseCommandLine(args, {
    usage,
    positionals: [2, 2],
    options: {
      seconds: { type: "string", default: "8" },
      callers: { type: "string", default: "4" },
    },
  });
  const [folder = "", file = ""] = positionals;
  const lines = readFileSync(existingPath(file), "utf8").trim().split("\n").slice(1);
  return {
    data: existingPath(folder),
    queries: lines.flatMap((line) => line.split("\t")[1] || []),
    seconds: wholeNumber("--seconds", values.seconds, 1, 600),
    callersEach: wholeNumber("--callers", values.callers, 1, 100),
  };
});

const WARM_UP_MS = 4000;
const READERS = 3;
const BALANCER_PORT = 20_000 + (process.pid % 20_000);

const root = mkdtempSync(join(tmpdir(), "readers-"));
let turn = 0;
try {
  await run();
} finally {
  rmSync(root, { recursive: true, force: true });
}

async function run(): Promise<void> {
  const published = join(root, "published");
  console.log(`publish: ${await timed(() => publish(data, published))}`);
  const dataDirs = Array.from({ length: READERS }, (_, index) => join(root, `reader-${index}`));
  const fetching = () => Promise.all(dataDirs.map((folder) => fetchCatalogue(folder, published)));
  console.log(`fetch by ${READERS} readers: ${await timed(fetching)}`);
  console.log(`${availableParallelism()} processors, load ${loadavg()[0]?.toFixed(1)}\n`);
  console.log("| readers | calls/s | p50 ms | p99 ms | server CPU ms a call | failed |");
  console.log("| --- | --- | --- | --- | --- | --- |");
  for (let count = 1; count <= READERS; count++) {
    await using servers = new AsyncDisposableStack();
    const started = await startReaders(dataDirs.slice(0, count), servers);
    await measure(
      String(count),
      started,
      started.map(({ url }) => url),
    );
    if (count === 2 && spawnSync("haproxy", ["-v"]).status === 0) {
      await measureBalanced(started);
    }
  }
}

async function startReaders(dataDirs: string[], servers: AsyncDisposableStack) {
  const started: ServerProcess[] = [];
  for (const dataDir of dataDirs) {
    const settings = {
      HOST: "127.0.0.1",
      BOOKFINDER_DATA: dataDir,
      BOOKFINDER_READ_ONLY: "true",
      BOOKFINDER_WORKERS: "1",
      BOOKFINDER_ANSWER_CACHE_BYTES: "0",
    };
    started.push(servers.use(await startServerProcess(settings)));
  }
  return started;
}

async function measureBalanced(servers: readonly ServerProcess[]): Promise<void> {
  const [first, second] = servers.map(({ url }) => new URL(url).host);
  const config = join(import.meta.dirname, "../../deploy/haproxy.cfg");
  const balancer = spawn("haproxy", ["-W", "-f", config], {
    env: {
      ...process.env,
      BOOKFINDER_1: first,
      BOOKFINDER_2: second,
      BALANCER_PORT: String(BALANCER_PORT),
    },
    stdio: "ignore",
  });
  try {
    // It begins to pass calls on after two checks a second apart.
    await sleep(4000);
    await measure("2 behind HAProxy", servers, [`http://127.0.0.1:${BALANCER_PORT}`]);
  } finally {
    balancer.kill("SIGTERM");
  }
}

async function measure(name: string, servers: readonly ServerProcess[], urls: readonly string[]) {
  const clients = urls.map((url) =>
    createClient(BookService, createGrpcTransport({ baseUrl: url })),
  );
  const callers = callersEach * servers.length;
  await callFor(WARM_UP_MS, callers, clients);
  const pids = servers.map(({ child }) => child.pid ?? 0);
  const before = processorMs(pids);
  const { times, failures } = await callFor(seconds * 1000, callers, clients);
  const cost = (processorMs(pids) - before) / Math.max(1, times.length);
  const sorted = times.toSorted((a, b) => a - b);
  const rate = (times.length / seconds).toFixed(0);
  const [p50, p99] = [0.5, 0.99].map((share) => quantile(sorted, share).toFixed(1));
  console.log(`| ${name} | ${rate} | ${p50} | ${p99} | ${cost.toFixed(2)} | ${failures} |`);
}

async function callFor(ms: number, callers: number, clients: Client<typeof BookService>[]) {
  const times: number[] = [];
  let failures = 0;
  const endMs = performance.now() + ms;
  async function call(number: number): Promise<void> {
    for (let round = number; performance.now() < endMs; round++) {
      turn += 1;
      const startMs = performance.now();
      try {
        const query = queries[(turn * 7919) % queries.length] ?? "";
        await clients[round % clients.length]?.searchBooks({ query, pageSize: 10 });
        times.push(performance.now() - startMs);
      } catch {
        failures += 1;
      }
    }
  }
  await Promise.all(Array.from({ length: callers }, (_, number) => call(number)));
  return { times, failures };
}

async function timed(run: () => Promise<unknown>): Promise<string> {
  const startMs = performance.now();
  await run();
  return `${((performance.now() - startMs) / 1000).toFixed(1)} s`;
}
