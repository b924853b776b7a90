/** Attacks on a real server: `node bench/attack/main.ts --help`. */
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { parseCommandLine, startCommand, wholeNumber } from "#server/command-line.ts";
import { startServer } from "../server.ts";
import { attacks, attackWith } from "./attacks.ts";

const usage = `Usage: node bench/attack/main.ts FOLDER [options]

Attacks on a real server over the catalogue.db in FOLDER, one after the other, beside a client who only
wants to search. For each: the server's memory at its most and afterwards, its descriptors, and how the
good client fares. The limits are small (200 connections, timeouts of 2 s) so that seconds show what
minutes would.

  --seconds N   how long each attack lasts (default 8)
  --only TEXT   only attacks whose name has this text`;

const { data, seconds, only } = startCommand(process, (args) => {
  const { values, positionals } = parseCommandLine(args, {
    usage,
    positionals: [1, 1],
    options: {
      seconds: { type: "string", default: "8" },
      only: { type: "string", default: "" },
    },
  });
  const [folder = ""] = positionals;
  return { data: folder, seconds: wholeNumber("--seconds", values.seconds, 1), only: values.only };
});

let turn = 0;
const { child, port } = await startServer(data, {
  BOOKFINDER_MAX_CONNECTIONS: "200",
  BOOKFINDER_HEADERS_TIMEOUT_MS: "2000",
  BOOKFINDER_REQUEST_TIMEOUT_MS: "2000",
  BOOKFINDER_WRITE_TIMEOUT_MS: "2000",
  BOOKFINDER_IDLE_TIMEOUT_MS: "2000",
});

try {
  console.log(
    "| attack | RSS before MB | peak | after | descriptors peak | after | good calls | failed | p50 ms | p99 ms | /healthz p99 ms |",
  );
  console.log("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
  await measure("none (warming up)", () => () => {});
  await measure("none", () => () => {});
  for (const attack of attacks) {
    if (attack.name.includes(only)) {
      await measure(attack.name, () => attackWith(attack, port));
    }
  }
} finally {
  child.kill("SIGKILL");
}

async function measure(name: string, begin: () => () => void): Promise<void> {
  const before = rssMb();
  const peak = { rssMb: 0, descriptors: 0 };
  const watching = setInterval(() => {
    peak.rssMb = Math.max(peak.rssMb, rssMb());
    peak.descriptors = Math.max(peak.descriptors, descriptors());
  }, 50);
  const end = begin();
  const latenciesMs: number[] = [];
  let failed = 0;
  const endMs = performance.now() + seconds * 1000;
  const healthMs: number[] = [];
  const asking = async (path: () => string, found: number[], pauseMs: number) => {
    while (performance.now() < endMs) {
      const startMs = performance.now();
      if (await isAnswered(path())) {
        found.push(performance.now() - startMs);
      } else {
        failed += 1;
      }
      await sleep(pauseMs);
    }
  };
  await Promise.all([asking(nextSearch, latenciesMs, 5), asking(() => "/healthz", healthMs, 20)]);
  end();
  clearInterval(watching);
  await sleep(4000);
  const cells = [
    name,
    before,
    peak.rssMb,
    rssMb(),
    peak.descriptors,
    descriptors(),
    latenciesMs.length,
    failed,
    at(latenciesMs, 0.5),
    at(latenciesMs, 0.99),
    at(healthMs, 0.99),
  ];
  console.log(`| ${cells.join(" | ")} |`);
}

/** A search that was not asked before: nothing kept answers it. */
function nextSearch(): string {
  turn += 1;
  return `/api/books?title=hobbit${"+".repeat(turn % 1_500)}`;
}

function isAnswered(path: string): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}${path}`, {
    // A connection of its own each time: the hardest case.
    headers: { connection: "close" },
    signal: AbortSignal.timeout(5000),
  }).then(
    async (response) => response.ok && (await response.text()).length > 0,
    () => false,
  );
}

function at(latenciesMs: readonly number[], share: number): string {
  const sorted = latenciesMs.toSorted((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN).toFixed(1);
}

/** Of the process that serves the network, in MB. */
function rssMb(): number {
  const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024);
}

function descriptors(): number {
  return readdirSync(`/proc/${child.pid}/fd`).length;
}
