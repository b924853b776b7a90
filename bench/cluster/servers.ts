/** One and two BookFinder servers over a cluster, and over a file: `node bench/cluster/servers.ts --help`. */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { existingPath, parseCommandLine, runCommand, wholeNumber } from "#server/command-line.ts";
import { parseClusterAddress } from "#server/opensearch/cluster-address.ts";
import { type ServerProcess, startServerProcess } from "#server/testing/server-process.ts";
import { findCluster } from "../../scripts/cluster/cluster.ts";
import { printTable } from "../evaluate/report.ts";
import { quantile } from "../evaluate/statistics.ts";
import { processorMs } from "../processor-time.ts";
import { Callers } from "./callers.ts";
import { benchQueries, queriesOptions, queriesUsage } from "./queries.ts";

const usage = `Usage: node bench/cluster/servers.ts [options] CATALOGUE ADDRESS

Searches over gRPC at one server and at two, each with one search process and without kept answers: over
the file CATALOGUE, then over the cluster (opensearch+http://h1:9200,h2:9200/name), which has to serve it.
Prints searches a second, times, and what a search costs of the processors: of servers and of nodes.

  --callers N        who search at the same time, for each server (4)
  --seconds N        for how long (10)
${queriesUsage}
  --folder PATH      the folder of the cluster of npm run cluster (.cache/cluster)`;

type Options = {
  catalogue: string;
  address: string;
  callers: number;
  seconds: number;
  queries: string[];
  nodes: number[];
};

/** JVMs compile what they run often: until then a search costs several times as much. */
const WARM_UP_MS = 10_000;

await runCommand(process, async (args) => {
  const { values, positionals } = parseCommandLine(args, {
    usage,
    options: {
      callers: { type: "string", default: "4" },
      seconds: { type: "string", default: "10" },
      ...queriesOptions,
      folder: { type: "string", default: ".cache/cluster" },
    },
    positionals: [2, 2],
  });
  const [catalogue = "", address = ""] = positionals;
  parseClusterAddress(address);
  const cluster = findCluster(values.folder);
  await measure({
    catalogue: existingPath(catalogue),
    address,
    callers: wholeNumber("--callers", values.callers, 1, 256),
    seconds: wholeNumber("--seconds", values.seconds, 1, 600),
    queries: shuffled(benchQueries(values).map(({ text }) => text)),
    nodes: cluster.numbers.flatMap((number) => cluster.pid(number) ?? []),
  });
});

/** In an order of its own, the same each time: classes cost differently. */
function shuffled(queries: readonly string[]): string[] {
  return queries.map((_, place) => queries[(place * 7919) % queries.length] ?? "");
}

async function measure(options: Options): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "bookfinder-servers-"));
  const rows: string[][] = [];
  try {
    for (const [name, count] of [
      ["file", 1],
      ["file", 2],
      ["cluster", 1],
      ["cluster", 2],
    ] as const) {
      await using servers = new AsyncDisposableStack();
      const started: ServerProcess[] = [];
      for (let number = 1; number <= count; number++) {
        const data = join(folder, `${name}-${number}`);
        if (name === "file") {
          mkdirSync(data, { recursive: true });
          cpSync(options.catalogue, join(data, "catalogue.db"));
        }
        const settings = {
          HOST: "127.0.0.1",
          BOOKFINDER_DATA: data,
          BOOKFINDER_CATALOG: name === "cluster" ? options.address : "",
          BOOKFINDER_WORKERS: "1",
          BOOKFINDER_ANSWER_CACHE_BYTES: "0",
          BOOKFINDER_CALLS_PER_MINUTE: "0",
        };
        started.push(servers.use(await startServerProcess(settings)));
      }
      rows.push([`${name}, ${count}`, ...(await search(started, options))]);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const heads = [
    "servers",
    "searches/s",
    "p50 ms",
    "p99",
    "processor ms a search: servers",
    "nodes",
    "failed",
  ];
  console.log(printTable(heads, rows));
  console.log(
    `${options.queries.length} queries, ${options.callers} callers for each server, ` +
      `${availableParallelism()} processors, load ${loadavg().map((load) => load.toFixed(1))}`,
  );
}

async function search(servers: readonly ServerProcess[], options: Options): Promise<string[]> {
  const { callers, seconds, queries, nodes } = options;
  const pids = servers.map(({ child }) => child.pid ?? 0);
  const searching = new Callers(
    servers.map(({ url }) => url),
    queries,
    callers * servers.length,
  );
  await sleep(WARM_UP_MS);
  const [ofServers, ofNodes, fromMs] = [processorMs(pids), processorMs(nodes), performance.now()];
  await sleep(seconds * 1000);
  const toMs = performance.now();
  const [serversMs, nodesMs] = [processorMs(pids) - ofServers, processorMs(nodes) - ofNodes];
  await searching.stop();
  searching.failures().forEach((line) => void console.error(line));
  const calls = searching.between(fromMs, toMs);
  const done = Math.max(1, calls.length);
  const times = calls.map(({ ms }) => ms);
  return [
    (done / ((toMs - fromMs) / 1000)).toFixed(0),
    quantile(times, 0.5).toFixed(0),
    quantile(times, 0.99).toFixed(0),
    (serversMs / done).toFixed(1),
    (nodesMs / done).toFixed(1),
    String(calls.filter(({ failure }) => failure !== "").length),
  ];
}
