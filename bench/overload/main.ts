/** More calls than a server can answer: `node bench/overload/main.ts --help`. */
import { setTimeout as sleep } from "node:timers/promises";
import { create, toBinary } from "@bufbuild/protobuf";
import { SearchBooksRequestSchema } from "#proto/bookfinder/v1/search_pb.ts";
import { parseCommandLine, startCommand, wholeNumber } from "#server/command-line.ts";
import { startServer } from "../server.ts";
import { type Caller, grpcCaller, http1Caller, type Outcome } from "./clients.ts";
import { closedLoop, unaskedQueries } from "./closed-loop.ts";

const usage = `Usage: node bench/overload/main.ts FOLDER QUERIES [options]

How many good answers a second, and how late, when more is asked than can be done of the catalogue.db in
FOLDER. QUERIES is a file of columns: class, query, …. First what the server can do (a closed loop of
callers), then 1, 2, 5 and 10 times as many calls a second, over HTTP/1.1 and gRPC, from callers who wait
and from callers who give up after 300 ms; then a quiet second, to see whether it is itself again. Every
query is asked once; nothing is kept. The callers share the machine with the server: compare the rows of
one run.

  --seconds N   how long each row lasts (default 5)
  --workers N   search processes of the server (default auto)`;

const { data, queryFile, seconds, workers } = startCommand(process, (args) => {
  const { values, positionals } = parseCommandLine(args, {
    usage,
    positionals: [2, 2],
    options: {
      seconds: { type: "string", default: "5" },
      workers: { type: "string", default: "auto" },
    },
  });
  const [folder = "", file = ""] = positionals;
  const length = wholeNumber("--seconds", values.seconds, 1);
  return { data: folder, queryFile: file, seconds: length, workers: values.workers };
});
const GIVE_UP_MS = 300;
const CLOSED_LOOP_CALLERS = 8;

const nextQuery = unaskedQueries(queryFile);

const { child, port } = await startServer(data, {
  BOOKFINDER_WORKERS: workers,
  BOOKFINDER_ANSWER_CACHE_BYTES: "0",
});
try {
  await run();
} finally {
  child.kill("SIGKILL");
}

async function run(): Promise<void> {
  const callers: [name: string, open: () => Caller][] = [
    ["HTTP/1.1", () => http1Caller(port, 512)],
    ["gRPC", () => grpcCaller(port, 8, encode)],
  ];
  console.log(
    "| protocol | callers | offered/s | good/s | of capacity | p50 ms | p99 ms | refused/s | gave up/s | failed/s | callers' processor |",
  );
  console.log("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
  for (const [name, open] of callers) {
    const caller = open();
    // Compiles itself.
    await capacityOf(caller, 3);
    const before = await capacityOf(caller, seconds);
    const rows: [callers: string, row: Row][] = [];
    for (const patienceMs of [undefined, GIVE_UP_MS]) {
      const callers = patienceMs === undefined ? "wait" : `give up after ${patienceMs} ms`;
      for (const times of [1, 2, 5, 10]) {
        rows.push([callers, await openLoop(caller, before * times, patienceMs)]);
      }
    }
    await sleep(1000);
    rows.push(["wait, a second after", await openLoop(caller, before / 4, undefined)]);
    const after = await capacityOf(caller, seconds);
    const capacity = (before + after) / 2;
    console.log(
      `| ${name} | closed loop of ${CLOSED_LOOP_CALLERS}, before and after | | ${before.toFixed(0)}, ${after.toFixed(0)} | 1.00 | | | | | | |`,
    );
    for (const [callers, row] of rows) {
      print(name, callers, capacity, row);
    }
    caller.close();
  }
}

type Row = {
  offered: number;
  counts: Record<Outcome, number>;
  latenciesMs: number[];
  ms: number;
  /** What the callers take of one processor, which the server can't have. */
  callersCpu: string;
};

async function openLoop(
  caller: Caller,
  perSecond: number,
  patienceMs: number | undefined,
): Promise<Row> {
  const counts: Record<Outcome, number> = { good: 0, refused: 0, failed: 0, gone: 0 };
  const latenciesMs: number[] = [];
  const calls: Promise<void>[] = [];
  const startMs = performance.now();
  const cpuBefore = process.cpuUsage();
  let offered = 0;
  while (performance.now() - startMs < seconds * 1000) {
    const due = Math.floor(((performance.now() - startMs) / 1000) * perSecond);
    for (; offered < due; offered += 1) {
      const begin = performance.now();
      calls.push(
        caller.call(nextQuery(), patienceMs).then((outcome) => {
          counts[outcome] += 1;
          if (outcome === "good") {
            latenciesMs.push(performance.now() - begin);
          }
        }),
      );
    }
    await sleep(2);
  }
  const ms = performance.now() - startMs;
  const callersCpu = percentOf(process.cpuUsage(cpuBefore), ms);
  await Promise.all(calls);
  return { offered, counts, latenciesMs: latenciesMs.toSorted((a, b) => a - b), ms, callersCpu };
}

function percentOf({ user, system }: NodeJS.CpuUsage, ms: number): string {
  return `${((user + system) / 10 / ms).toFixed(0)} %`;
}

async function capacityOf(caller: Caller, forSeconds: number): Promise<number> {
  return (await closedLoop(caller, nextQuery, CLOSED_LOOP_CALLERS, forSeconds)) / forSeconds;
}

function print(name: string, callers: string, capacity: number, row: Row): void {
  const { offered, counts, latenciesMs, ms, callersCpu } = row;
  const rate = (count: number) => ((count / ms) * 1000).toFixed(0);
  const at = (share: number) =>
    (latenciesMs[Math.floor((latenciesMs.length - 1) * share)] ?? Number.NaN).toFixed(0);
  const cells = [
    name,
    callers,
    rate(offered),
    rate(counts.good),
    (((counts.good / ms) * 1000) / capacity).toFixed(2),
    at(0.5),
    at(0.99),
    rate(counts.refused),
    rate(counts.gone),
    rate(counts.failed),
    callersCpu,
  ];
  console.log(`| ${cells.join(" | ")} |`);
}

function encode(query: string): Uint8Array {
  return toBinary(SearchBooksRequestSchema, create(SearchBooksRequestSchema, { query }));
}
