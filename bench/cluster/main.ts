/** One catalogue, embedded and in a cluster, side by side: `node bench/cluster/main.ts --help`. */
import { availableParallelism, loadavg } from "node:os";
import type { Catalog } from "#server/catalog/catalog.ts";
import { existingPath, parseCommandLine, runCommand, wholeNumber } from "#server/command-line.ts";
import { Cluster } from "#server/opensearch/cluster.ts";
import { parseClusterAddress } from "#server/opensearch/cluster-address.ts";
import { openSqliteCatalog } from "#server/sqlite/catalog.ts";
import { findCluster } from "../../scripts/cluster/cluster.ts";
import { openInCluster } from "../evaluate/catalog-finder.ts";
import { searchRequest } from "../evaluate/finder.ts";
import type { EvaluatedQuery } from "../evaluate/query-set.ts";
import { printTable } from "../evaluate/report.ts";
import { sharedCatalogue } from "../evaluate/shared-catalogue.ts";
import { mean, quantile } from "../evaluate/statistics.ts";
import { benchQueries, queriesOptions, queriesUsage } from "./queries.ts";

const usage = `Usage: node bench/cluster/main.ts [options] ADDRESS

Searches the same queries in a catalogue file and in a cluster (opensearch+http://h1:9200,h2:9200/name),
which is loaded first, and prints times, requests to the cluster for each search, and searches a second.

  --catalogue FILE   this catalogue instead of the shared one
${queriesUsage}
  --callers N        who search at the same time, for searches a second (8)
  --seconds N        for how long (10)
  --freeze N         freeze node N of the cluster of npm run cluster for 30 s while callers search
  --folder PATH      the folder of that cluster (.cache/cluster)`;

/** What nobody waits for: from here on a frozen node is to be noticed by no reader. */
const SETTLING_MS = 2_000;
const FROZEN_MS = 30_000;
const WARM_UP_QUERIES = 200;

type Timing = { ms: number; reads: number };
type Options = {
  address: string;
  catalogue: string | undefined;
  queries: EvaluatedQuery[];
  callers: number;
  seconds: number;
  freeze: number | undefined;
  folder: string;
};

await runCommand(process, async (args) => compare(readOptions(args)));

function readOptions(args: readonly string[]): Options {
  const { values, positionals } = parseCommandLine(args, {
    usage,
    options: {
      catalogue: { type: "string" },
      ...queriesOptions,
      callers: { type: "string", default: "8" },
      seconds: { type: "string", default: "10" },
      freeze: { type: "string" },
      folder: { type: "string", default: ".cache/cluster" },
    },
    positionals: [1, 1],
  });
  const [address = ""] = positionals;
  return {
    address,
    catalogue: values.catalogue === undefined ? undefined : existingPath(values.catalogue),
    queries: interleaved(benchQueries(values)),
    callers: wholeNumber("--callers", values.callers, 1, 256),
    seconds: wholeNumber("--seconds", values.seconds, 1, 600),
    freeze: values.freeze === undefined ? undefined : wholeNumber("--freeze", values.freeze, 1, 9),
    folder: values.folder,
  };
}

async function compare(options: Options): Promise<void> {
  const path = options.catalogue ?? (await sharedCatalogue(false));
  const { queries } = options;
  const reads = countReads();
  await using file = openSqliteCatalog(path);
  await using cluster = await openInCluster(path, parseClusterAddress(options.address));
  const { workCount } = await file.info();
  console.log(
    `${workCount} works, ${queries.length} queries, ${availableParallelism()} processors`,
  );
  for (const query of queries.slice(0, WARM_UP_QUERIES)) {
    await time(file, query, reads);
    await time(cluster, query, reads);
  }
  const timings: Record<"file" | "cluster", Timing[]> = { file: [], cluster: [] };
  for (const query of queries) {
    timings.file.push(await time(file, query, reads));
    timings.cluster.push(await time(cluster, query, reads));
  }
  const fileRate = await searchesPerSecond(file, queries, options);
  const clusterRate = await searchesPerSecond(cluster, queries, options);
  console.log(
    printTable(
      [
        "",
        "p50 ms",
        "p95",
        "p99",
        "requests p50",
        "p95",
        "most",
        `a second, ${options.callers} callers`,
      ],
      [
        row("file, in this process", timings.file, fileRate),
        row("cluster", timings.cluster, clusterRate),
      ],
    ),
  );
  console.log(`Load of the machine: ${loadavg().map((load) => load.toFixed(1))}`);
  if (options.freeze !== undefined) {
    await freeze(cluster, queries, options, options.freeze);
  }
}

/** Counts the requests of all clusters of this process. */
function countReads(): { count: number } {
  const reads = { count: 0 };
  const read = Cluster.prototype.read;
  Cluster.prototype.read = function counted(...args) {
    reads.count += 1;
    return read.apply(this, args);
  };
  return reads;
}

/** One query of each class after the other. */
function interleaved<T extends { className: string }>(queries: readonly T[]): T[] {
  const classes = Map.groupBy(queries, ({ className }) => className);
  const longest = Math.max(0, ...[...classes.values()].map(({ length }) => length));
  return Array.from({ length: longest }, (_, place) =>
    [...classes.values()].flatMap((some) => some[place] ?? []),
  ).flat();
}

async function time(
  catalog: Catalog,
  query: EvaluatedQuery,
  reads: { count: number },
): Promise<Timing> {
  const before = reads.count;
  const start = performance.now();
  await catalog.search(searchRequest(query));
  return { ms: performance.now() - start, reads: reads.count - before };
}

async function searchesPerSecond(
  catalog: Catalog,
  queries: readonly EvaluatedQuery[],
  { callers, seconds }: Options,
): Promise<number> {
  const endMs = performance.now() + seconds * 1000;
  let done = 0;
  let next = 0;
  await Promise.all(
    Array.from({ length: callers }, async () => {
      while (performance.now() < endMs) {
        const query = queries[next % queries.length];
        next += 1;
        if (query === undefined) {
          return;
        }
        await catalog.search(searchRequest(query));
        done += 1;
      }
    }),
  );
  return done / seconds;
}

/** Searches while a node is frozen, and says how long they took and how many failed. */
async function freeze(
  catalog: Catalog,
  queries: readonly EvaluatedQuery[],
  { callers, folder }: Options,
  number: number,
): Promise<void> {
  const nodes = findCluster(folder);
  nodes.freeze(number);
  const start = performance.now();
  const early: number[] = [];
  const late: number[] = [];
  let failed = 0;
  let next = 0;
  try {
    await Promise.all(
      Array.from({ length: callers }, async () => {
        while (performance.now() < start + FROZEN_MS) {
          const query = queries[next % queries.length];
          next += 1;
          if (query === undefined) {
            return;
          }
          const begin = performance.now();
          await catalog.search(searchRequest(query)).catch(() => {
            failed += 1;
          });
          (begin - start < SETTLING_MS ? early : late).push(performance.now() - begin);
        }
      }),
    );
  } finally {
    nodes.thaw(number);
  }
  for (const [what, times] of [
    ["in the first 2 s", early],
    ["then", late],
  ] as const) {
    console.log(
      `Node ${number} frozen, ${what}: ${times.length} searches, p50 ${quantile(times, 0.5).toFixed(0)} ms, ` +
        `p99 ${quantile(times, 0.99).toFixed(0)} ms, slowest ${Math.max(0, ...times).toFixed(0)} ms`,
    );
  }
  console.log(`Failed: ${failed}`);
}

function row(name: string, timings: readonly Timing[], rate: number): string[] {
  const times = timings.map(({ ms }) => ms);
  const reads = timings.map((timing) => timing.reads);
  const ms = (share: number) => quantile(times, share).toFixed(1);
  return [
    name,
    ms(0.5),
    ms(0.95),
    ms(0.99),
    String(quantile(reads, 0.5)),
    String(quantile(reads, 0.95)),
    `${Math.max(0, ...reads)} (mean ${mean(reads).toFixed(1)})`,
    rate.toFixed(0),
  ];
}
