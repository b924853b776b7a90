/** Imports under load: `node bench/import/swap.ts --help`. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { existingPath, parseCommandLine, startCommand, wholeNumber } from "#server/command-line.ts";
import { markOf, readTitles, writeMarkedDumps } from "./marked-dumps.ts";
import { SearchingClients } from "./searching-clients.ts";

const usage = `Usage: node bench/import/swap.ts [--kills 3] [--clients 20] FOLDER

A real server process, clients that search over the network, and the import command, which swaps the
catalogue under them: twice undisturbed, then killed (SIGKILL) in the middle of the swap and called
again. No call may fail, no answer may mix two catalogues. Dumps: see node bench/generate/main.ts --help.

  --kills N     imports that are killed (default 3)
  --clients N   clients that search (default 20)`;

const undisturbed = 2;
/** Marks of one digit sort by their number. */
const mostKills = 8 - undisturbed;
const { dumps, kills, clientCount } = startCommand(process, (args) => {
  const { values, positionals } = parseCommandLine(args, {
    usage,
    options: {
      kills: { type: "string", default: "3" },
      clients: { type: "string", default: "20" },
    },
    positionals: [1, 1],
  });
  return {
    dumps: existingPath(positionals[0] ?? ""),
    kills: wholeNumber("--kills", values.kills, 0, mostKills),
    clientCount: wholeNumber("--clients", values.clients, 1, 1000),
  };
});
const quietMs = 5000;
/** The server looks for a new file once a second. */
const noticeMs = 10_000;
/** The swap takes milliseconds: kills come this much later one after the other. */
const killStepMs = 4;

const root = mkdtempSync(join(tmpdir(), "swap-"));
const data = join(root, "data");
const cli = join(import.meta.dirname, "../../server/import/cli.ts");
const main = join(import.meta.dirname, "../../server/main.ts");
let problems = 0;
let server: ChildProcess | undefined;
try {
  await run(dumps);
} finally {
  server?.kill("SIGKILL");
  rmSync(root, { recursive: true });
}
process.exitCode = problems > 0 ? 1 : 0;

async function run(from: string): Promise<void> {
  const titles = await readTitles(from, 2000);
  await importMarked(from, 0);
  const url = await startServer();
  const clients = new SearchingClients(url, clientCount, titles);
  console.log("| phase | calls | p50 ms | p99 ms | worst ms |");
  console.log("| --- | --- | --- | --- | --- |");
  // What compiles itself first is no measure of what comes later.
  await sleep(quietMs);
  clients.takeLatencies();
  await sleep(quietMs);
  print("before", clients.takeLatencies());
  for (let number = 1; number <= undisturbed; number++) {
    await importMarked(from, number);
    await allSee(clients, number);
    print(`import and swap ${number}`, clients.takeLatencies());
  }
  for (let kill = 0; kill < kills; kill++) {
    const number = undisturbed + 1 + kill;
    await importMarked(from, number, kill * killStepMs);
    await importMarked(from, number);
    await allSee(clients, number);
    print(
      `import killed ${kill * killStepMs} ms into its swap, and again`,
      clients.takeLatencies(),
    );
  }
  await sleep(quietMs);
  print("after", clients.takeLatencies());
  await clients.stop();
  for (const [name, list] of Object.entries({
    "failed calls": clients.failures,
    "answers that mix catalogues": clients.mixtures,
  })) {
    for (const text of list.filter((one) => one !== "")) {
      console.log(`${name}: ${text}`);
    }
    console.log(`${name}: ${list.length} of ${clients.requests}`);
    problems += list.length;
  }
}

/** Starts the server as `npm start` does and resolves to its URL. */
async function startServer(): Promise<string> {
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, PORT: "0", BOOKFINDER_DATA: data, BOOKFINDER_LOG_LEVEL: "warn" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  server = child;
  return await new Promise((resolve, reject) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      const url = /BookFinder is ready: (\S+)/.exec(text)?.[1];
      if (url !== undefined) {
        resolve(url);
      }
    });
    child.once("close", (code) => reject(new Error(`the server ended with ${code}`)));
  });
}

/** Imports the dumps with a mark of their own; kills the import so long after its swap has begun. */
async function importMarked(from: string, number: number, killAfterMs?: number): Promise<void> {
  const marked = join(root, `dumps-${number}`);
  // Written once: an import that was killed goes on only if its input is the same.
  if (killAfterMs !== undefined || number <= undisturbed) {
    await writeMarkedDumps(from, marked, markOf(number));
  }
  const child = spawn(process.execPath, [cli, marked], {
    env: { ...process.env, BOOKFINDER_DATA: data },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
    if (killAfterMs === undefined || !text.includes("Swapping")) {
      return;
    }
    setTimeout(() => child.kill("SIGKILL"), killAfterMs);
  });
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve) => {
    child.once("close", (...ended) => resolve(ended));
  });
  const isKilled = killAfterMs !== undefined && signal === "SIGKILL";
  if (killAfterMs !== undefined && !isKilled) {
    console.log("The import ended before the kill.");
  }
  if (code !== 0 && !isKilled) {
    throw new Error(`the import failed with ${code}: ${errors}`);
  }
}

/** Waits until every client has had an answer out of the new catalogue. */
async function allSee(clients: SearchingClients, number: number): Promise<void> {
  for (let waitedMs = 0; waitedMs < noticeMs; waitedMs += 100) {
    if (clients.marks.every((mark) => mark === markOf(number))) {
      return;
    }
    await sleep(100);
  }
  console.log(`Clients still see ${clients.marks.join(", ")} after import ${number}.`);
  problems += 1;
}

function print(phase: string, latencies: number[]): void {
  const at = (share: number) =>
    (latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0).toFixed(
      1,
    );
  const cells = [phase, latencies.length, at(0.5), at(0.99), at(1)];
  console.log(`| ${cells.join(" | ")} |`);
}
