/** How long searches take in this process, beside `ORDER BY rank`: `node bench/latency/main.ts --help`. */
import { statSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import { join } from "node:path";
import type { Catalog } from "#server/catalog/catalog.ts";
import { existingPath, runCommand, UsageError } from "#server/command-line.ts";
import { openSqliteCatalog } from "#server/sqlite/catalog.ts";
import { tuneHeap } from "#server/workers/tune-heap.ts";
import { searchRequest } from "../evaluate/finder.ts";
import { readQueries } from "../evaluate/query-set.ts";
import { milliseconds, printTable } from "../evaluate/report.ts";
import { sharedData } from "../evaluate/shared-catalogue.ts";
import { Random } from "../evaluate/slips.ts";
import { mean, quantile } from "../evaluate/statistics.ts";
import { timeBm25 } from "./bm25.ts";
import { memoryUse } from "./memory.ts";
import { type LatencyOptions, parseOptions } from "./options.ts";
import { phrasingQueries } from "./phrasings.ts";
import {
  commonWordQueries,
  commonWords,
  generatedMix,
  keystrokes,
  type ShapedQuery,
  someTitles,
} from "./query-mix.ts";

/** design.md, "What good means here"; in milliseconds and bytes. */
const bars = { median: 2, p99: 20, worst: 50, growth: 1.5, bytes: 1024 ** 3 };

/** Fill caches of the system and of SQLite, let the compiler settle. */
const WARM_UP_QUERIES = 300;

/** Queries listed at the end. */
const SLOWEST_SHOWN = 8;

type Timing = {
  shape: string;
  timeMs: number;
  cpuMs: number;
  /** How often the system let others work although the process had more to do. */
  preemptions: number;
  cutShort: boolean;
};

await runCommand(process, (args) => measureAll(parseOptions(args)));

async function measureAll(options: LatencyOptions): Promise<void> {
  tuneHeap();
  const medians: number[] = [];
  for (const [index, file] of options.catalogues.entries()) {
    medians.push(await measure(file, options.works[index], options));
  }
  const [first, ...others] = medians;
  for (const [index, median] of others.entries()) {
    const growth = median / (first ?? 1);
    console.log(
      bar(
        `p50 of ${options.catalogues[index + 1]} ≤ ${bars.growth} × that of ${options.catalogues[0]}`,
        growth <= bars.growth,
        `${growth.toFixed(2)} ×`,
      ),
    );
  }
}

/** Prints one catalogue's times; returns the median of the mix in milliseconds. */
async function measure(
  file: string,
  works: number | undefined,
  options: LatencyOptions,
): Promise<number> {
  await using catalog = openSqliteCatalog(file);
  const { workCount, source } = await catalog.info();
  const random = new Random(options.seed);
  const queries = shuffled(makeMix(file, works, source, options, random), random);
  for (const query of queries.slice(0, WARM_UP_QUERIES)) {
    await time(catalog, query);
  }
  const timings: Timing[] = [];
  for (const query of queries) {
    timings.push(await time(catalog, query));
  }
  const memory = memoryUse();
  const megabytes = Math.round(statSync(file).size / 1e6);
  console.log(
    `\n${file}: ${workCount.toLocaleString("en")} works, ${megabytes.toLocaleString("en")} MB, “${source}”\n`,
  );
  const bm25 = options.bm25 ? timeBm25(file, queries) : new Map<string, number[]>();
  console.log(printTimings(timings, bm25));
  const times = timings.map(({ timeMs }) => timeMs);
  const median = quantile(times, 0.5);
  const p99 = quantile(times, 0.99);
  const worst = Math.max(...times);
  const cut = timings.filter(({ cutShort }) => cutShort).length;
  console.log(
    [
      "",
      bar(`p50 ≤ ${bars.median} ms`, median <= bars.median, `${milliseconds(median)} ms`),
      bar(`p99 ≤ ${bars.p99} ms`, p99 <= bars.p99, `${milliseconds(p99)} ms`),
      bar(`worst ≤ ${bars.worst} ms`, worst <= bars.worst, `${milliseconds(worst)} ms`),
      bar(
        "memory ≤ 1 GB",
        memory.residentBytes <= bars.bytes,
        `${mebibytes(memory.residentBytes)} resident, of it ${mebibytes(memory.ownBytes)} its own`,
      ),
      `Processor time: ${printProcessorTime(timings)}.`,
      `Stopped early: ${cut} of ${timings.length}.`,
      "Slowest:",
      ...slowest(queries, timings),
    ].join("\n"),
  );
  return median;
}

/** Shapes of real queries, phrasings, every keystroke, common words and their worst combinations. */
function makeMix(
  file: string,
  works: number | undefined,
  source: string,
  { count, seed, queryFile }: LatencyOptions,
  random: Random,
): ShapedQuery[] {
  const extras = [
    ...keystrokes(someTitles(file, 500), random),
    ...commonWordQueries(commonWords(file), random),
    ...phrasingQueries(file, random),
  ];
  if (/generated/i.test(source)) {
    if (works === undefined) {
      throw new UsageError(`${file} is generated; say how many works with --works.`);
    }
    return [...generatedMix(seed, works, count), ...extras];
  }
  const names = ["queries-dev.tsv", "queries-phrasing-dev.tsv"];
  const files = queryFile === undefined ? names.map(sharedQueries) : [queryFile];
  return [
    ...files.flatMap((name) => shuffled(shapedQueries(name), random).slice(0, count)),
    ...extras,
  ];
}

function sharedQueries(name: string): string {
  return join(sharedData, "catalogue", name);
}

/** The queries of a set; "say/link" and "title/head" are of the shapes "say/link" and "title". */
function shapedQueries(file: string): ShapedQuery[] {
  return readQueries(existingPath(file)).map(({ className, text, unfinished }) => ({
    shape: className.startsWith("say/") ? className : (className.split("/")[0] ?? className),
    text,
    unfinished,
  }));
}

async function time(catalog: Catalog, query: ShapedQuery): Promise<Timing> {
  const request = searchRequest(query, { pageSize: 20 });
  const preemptedBefore = process.resourceUsage().involuntaryContextSwitches;
  const cpuBegin = process.threadCpuUsage();
  const begin = performance.now();
  const { interpretation } = await catalog.search(request);
  const timeMs = performance.now() - begin;
  const cpu = process.threadCpuUsage(cpuBegin);
  const cpuMs = (cpu.user + cpu.system) / 1000;
  const preemptions = process.resourceUsage().involuntaryContextSwitches - preemptedBefore;
  const cutShort = interpretation.notices.some(({ reason }) => reason === "stopped_early");
  return { shape: query.shape, timeMs, cpuMs, preemptions, cutShort };
}

/** What counts on a busy machine; the system's clock of it ticks too coarsely for single searches. */
function printProcessorTime(timings: readonly Timing[]): string {
  const [load = 0] = loadavg();
  return (
    `${milliseconds(mean(timings.map(({ cpuMs }) => cpuMs)))} ms a search; ` +
    `load ${load.toFixed(1)} on ${availableParallelism()} processors`
  );
}

function printTimings(timings: readonly Timing[], bm25: ReadonlyMap<string, number[]>): string {
  const shapes = Map.groupBy(timings, ({ shape }) => shape);
  const row = (shape: string, group: readonly Timing[], ranked: readonly number[]) => [
    shape,
    String(group.length),
    ...[0.5, 0.95, 0.99, 1].map((share) =>
      milliseconds(
        quantile(
          group.map(({ timeMs }) => timeMs),
          share,
        ),
      ),
    ),
    milliseconds(mean(group.map(({ cpuMs }) => cpuMs))),
    ...(ranked.length === 0
      ? []
      : [milliseconds(quantile(ranked, 0.5)), milliseconds(quantile(ranked, 1))]),
  ];
  const rows = [...shapes].map(([shape, group]) => row(shape, group, bm25.get(shape) ?? []));
  rows.push(row("all", timings, [...bm25.values()].flat()));
  return printTable(
    ["shape", "n", "p50 ms", "p95", "p99", "max", "cpu mean", "by rank p50", "by rank max"],
    rows,
  );
}

/** With what tells a slow search from a search on a busy machine. */
function slowest(queries: readonly ShapedQuery[], timings: readonly Timing[]): string[] {
  return timings
    .map((timing, index) => ({ ...timing, query: queries[index] }))
    .sort((one, other) => other.timeMs - one.timeMs)
    .slice(0, SLOWEST_SHOWN)
    .map(
      ({ timeMs, cpuMs, preemptions, query }) =>
        `  ${milliseconds(timeMs).padStart(6)} ms (${milliseconds(cpuMs)} of the processor, preempted ${preemptions} times)  ${query?.shape}: “${query?.text.slice(0, 90)}${query?.unfinished ? "…" : ""}”`,
    );
}

function shuffled<T>(values: readonly T[], random: Random): T[] {
  return values
    .map((value) => ({ value, place: random.next() }))
    .sort((one, other) => one.place - other.place)
    .map(({ value }) => value);
}

function bar(name: string, holds: boolean, measured: string): string {
  return `${holds ? "PASS" : "FAIL"}  ${name}: ${measured}`;
}

function mebibytes(bytes: number): string {
  return `${Math.round(bytes / 1024 ** 2)} MiB`;
}
