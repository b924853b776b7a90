/** What edits cost those who search: `node bench/edits/main.ts --help`. */
import { mkdtempSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Catalog } from "#server/catalog/catalog.ts";
import { existingPath, parseCommandLine, runCommand, wholeNumber } from "#server/command-line.ts";
import { openSqliteCatalog } from "#server/sqlite/catalog.ts";
import { searchRequest } from "../evaluate/finder.ts";
import { type EvaluatedQuery, readQueries } from "../evaluate/query-set.ts";
import { milliseconds, printTable } from "../evaluate/report.ts";
import { sharedCatalogue, sharedData } from "../evaluate/shared-catalogue.ts";
import { Random } from "../evaluate/slips.ts";
import { quantile } from "../evaluate/statistics.ts";
import { writeEdits } from "./write-edits.ts";

/** Issue and design: p50 with edits, as a multiple of that without. */
const GROWTH_MAX = 1.3;
const WARM_UP_QUERIES = 300;

const usage = `Usage: node bench/edits/main.ts [options]

Times the same searches of one catalogue without edits and with some, side by side: each query goes to
all of them in turn. A busy machine changes times on the clock; those of the processor are beside them,
with what the threads of the garbage collector take. Of the edits
seven in eight change an imported book, the others make one; half of those are deleted again.

  --edits N,N      how many edits (default 1000,100000)
  --queries N      how many queries (default 3000)
  --seed N         another seed makes other edits (default 1)
  --catalogue FILE this catalogue file instead of the shared one`;

type Options = { edits: number[]; queries: number; seed: number; catalogue: string | undefined };

type Edited = {
  edits: number;
  catalog: Catalog;
  /** On the clock. */
  times: number[];
  /** Of the processor, the garbage collector's threads included. */
  cpuTimes: number[];
  found: number;
};

await runCommand(process, (args) => measure(readOptions(args)));

function readOptions(args: readonly string[]): Options {
  const { values } = parseCommandLine(args, {
    usage,
    options: {
      edits: { type: "string", default: "1000,100000" },
      queries: { type: "string", default: "3000" },
      seed: { type: "string", default: "1" },
      catalogue: { type: "string" },
    },
  });
  return {
    edits: values.edits.split(",").map((count) => wholeNumber("--edits", count, 1)),
    queries: wholeNumber("--queries", values.queries, 1),
    seed: wholeNumber("--seed", values.seed, 0),
    catalogue: values.catalogue,
  };
}

async function measure(options: Options): Promise<void> {
  const file = existingPath(options.catalogue ?? (await sharedCatalogue(false)));
  const folder = mkdtempSync(join(tmpdir(), "bookfinder-edits-"));
  try {
    const all = [0, ...options.edits].map((edits) => edited(folder, file, edits, options.seed));
    const queries = readQueries(join(sharedData, "catalogue/queries-dev.tsv"));
    const random = new Random(options.seed);
    const asked = Array.from({ length: options.queries }, () => random.pick(queries)).filter(
      (query) => query !== undefined,
    );
    for (const query of asked.slice(0, WARM_UP_QUERIES)) {
      await timeAll(all, query);
    }
    for (const one of all) {
      Object.assign(one, { times: [], cpuTimes: [], found: 0 });
    }
    for (const [place, query] of asked.entries()) {
      // Whoever comes first warms what all read.
      const first = place % all.length;
      await timeAll([...all.slice(first), ...all.slice(0, first)], query);
    }
    report(all, asked.length);
    for (const { catalog } of all) {
      await catalog[Symbol.asyncDispose]();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The catalogue with so many edits. */
function edited(folder: string, file: string, edits: number, seed: number): Edited {
  const path = join(folder, `${edits}.db`);
  symlinkSync(resolve(file), path);
  if (edits > 0) {
    const begin = performance.now();
    const written = writeEdits(path, edits, new Random(seed));
    const micros = ((performance.now() - begin) * 1000) / edits;
    const megabytes = statSync(written).size / 1e6;
    console.log(
      `${edits.toLocaleString("en")} edits: ${micros.toFixed(0)} µs each, ${megabytes.toFixed(1)} MB`,
    );
  }
  return { edits, catalog: openSqliteCatalog(path), times: [], cpuTimes: [], found: 0 };
}

async function timeAll(all: readonly Edited[], query: EvaluatedQuery): Promise<void> {
  for (const one of all) {
    const cpuBegin = process.cpuUsage();
    const begin = performance.now();
    const { results } = await one.catalog.search(searchRequest(query));
    one.times.push(performance.now() - begin);
    const { user, system } = process.cpuUsage(cpuBegin);
    one.cpuTimes.push((user + system) / 1000);
    const first = results[0];
    const keys = first === undefined ? [] : [first.work, ...first.duplicates];
    if (keys.some(({ key }) => query.accepted.has(key))) {
      one.found += 1;
    }
  }
}

function report(all: readonly Edited[], queryCount: number): void {
  const base = quantile(all[0]?.times ?? [], 0.5);
  const cpuBase = quantile(all[0]?.cpuTimes ?? [], 0.5);
  const rows = all.map(({ edits, times, cpuTimes, found }) => [
    edits.toLocaleString("en"),
    milliseconds(quantile(times, 0.5)),
    milliseconds(quantile(times, 0.9)),
    milliseconds(quantile(times, 0.99)),
    `${(quantile(times, 0.5) / base).toFixed(2)} ×`,
    `${(quantile(cpuTimes, 0.5) / cpuBase).toFixed(2)} ×`,
    (found / queryCount).toFixed(3),
  ]);
  const header = [
    "edits",
    "p50 ms",
    "p90 ms",
    "p99 ms",
    "p50 beside none",
    "processor",
    "Success@1",
  ];
  console.log(`\n${printTable(header, rows)}\n`);
  for (const { edits, times } of all.slice(1)) {
    const growth = quantile(times, 0.5) / base;
    const verdict = growth <= GROWTH_MAX ? "PASS" : "FAIL";
    console.log(`${verdict}  p50 with ${edits} edits ≤ ${GROWTH_MAX} ×: ${growth.toFixed(2)} ×`);
  }
}
