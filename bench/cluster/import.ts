/** An import into a cluster while it is searched, killed on its way: `node bench/cluster/import.ts --help`. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { existingPath, parseCommandLine, runCommand, wholeNumber } from "#server/command-line.ts";
import { Cluster } from "#server/opensearch/cluster.ts";
import { type ClusterAddress, parseClusterAddress } from "#server/opensearch/cluster-address.ts";
import { servedRevision } from "#server/opensearch/revisions.ts";
import { startServerProcess } from "#server/testing/server-process.ts";
import { waitUntil } from "#server/testing/wait-until.ts";
import { findCluster } from "../../scripts/cluster/cluster.ts";
import { readQueries, selectQueries } from "../evaluate/query-set.ts";
import { printTable } from "../evaluate/report.ts";
import { sharedData } from "../evaluate/shared-catalogue.ts";
import { quantile } from "../evaluate/statistics.ts";
import { Callers } from "./callers.ts";

const usage = `Usage: node bench/cluster/import.ts [options] ADDRESS

Imports dumps into a cluster (opensearch+http://h1:9200,h2:9200/name) that serves a catalogue, while callers
search it at a BookFinder server. The importer is killed (SIGKILL) when a third of the works is there, and the
same command given again; then a node is killed and started again. Prints for each part of that how long
searches took and how many failed. Imports first, without searches, where nothing is served.

  --dumps PATH      what is imported (the shared catalogue)
  --callers N       who search at the same time (2)
  --kill-node N     the node that is killed; 0: none (2)
  --folder PATH     the folder of the cluster of npm run cluster (.cache/cluster)`;

type Options = {
  address: ClusterAddress;
  setting: string;
  dumps: string;
  callers: number;
  node: number;
  folder: string;
};

const root = join(import.meta.dirname, "../..");
/** Searched before anything happens, and after everything has. */
const QUIET_MS = 15_000;
const SERVER_FOLLOWS_MS = 120_000;
const GREEN_MS = 900_000;

await runCommand(process, async (args) => {
  const { values, positionals } = parseCommandLine(args, {
    usage,
    options: {
      dumps: { type: "string" },
      callers: { type: "string", default: "2" },
      "kill-node": { type: "string", default: "2" },
      folder: { type: "string", default: ".cache/cluster" },
    },
    positionals: [1, 1],
  });
  const [setting = ""] = positionals;
  await measure({
    address: parseClusterAddress(setting),
    setting,
    dumps: existingPath(values.dumps ?? join(sharedData, "catalogue")),
    callers: wholeNumber("--callers", values.callers, 1, 256),
    node: wholeNumber("--kill-node", values["kill-node"], 0, 9),
    folder: values.folder,
  });
});

async function measure(options: Options): Promise<void> {
  const { address, setting, callers } = options;
  const data = mkdtempSync(join(tmpdir(), "bookfinder-import-"));
  await using cluster = new Cluster(address);
  try {
    if ((await servedRevision(cluster, address.name)) === undefined) {
      const first = startImport(options, data, "served");
      await first.ended();
    }
    await using server = await startServerProcess({
      HOST: "127.0.0.1",
      BOOKFINDER_DATA: join(data, "server"),
      BOOKFINDER_CATALOG: setting,
      BOOKFINDER_WORKERS: "1",
      BOOKFINDER_ANSWER_CACHE_BYTES: "0",
      BOOKFINDER_CALLS_PER_MINUTE: "0",
    });
    const queries = selectQueries(
      readQueries(join(sharedData, "catalogue/queries-dev.tsv")),
      [],
      20,
    ).map(({ text }) => text);
    const searching = new Callers([server.url], queries, callers);
    const parts = await importUnderLoad(options, data, cluster);
    await searching.stop();
    searching.failures().forEach((line) => void console.error(line));
    console.log(printTable(["", "s", "searches", "p50 ms", "p99", "slowest", "failed"], rows()));
    console.log(
      `${availableParallelism()} processors, load ${loadavg().map((load) => load.toFixed(1))}`,
    );

    function rows(): string[][] {
      return parts.map(([name, fromMs], place) => {
        const toMs = parts[place + 1]?.[1] ?? performance.now();
        const calls = searching.between(fromMs, toMs);
        const times = calls.map(({ ms }) => ms);
        return [
          name,
          ((toMs - fromMs) / 1000).toFixed(0),
          String(calls.length),
          quantile(times, 0.5).toFixed(0),
          quantile(times, 0.99).toFixed(0),
          Math.max(0, ...times).toFixed(0),
          String(calls.filter(({ failure }) => failure !== "").length),
        ];
      });
    }
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

type Part = [name: string, startMs: number];

async function importUnderLoad(
  options: Options,
  data: string,
  cluster: Cluster,
): Promise<readonly Part[]> {
  const { address, node, folder } = options;
  const parts: Part[] = [];
  const begin = (name: string) => {
    parts.push([name, performance.now()]);
    console.error(`${new Date().toISOString()} ${name}`);
  };
  const before = await servedRevision(cluster, address.name);
  begin("warming up");
  await sleep(QUIET_MS);
  begin("no import");
  await sleep(QUIET_MS);
  const source = `bench ${new Date().toISOString()}`;
  begin("import: the file is built");
  const first = startImport(options, data, source);
  await first.loaded(0);
  begin("works are loaded");
  await first.loaded(1 / 3);
  first.child.kill("SIGKILL");
  begin("importer killed, command given again");
  const second = startImport(options, data, source);
  if (node > 0) {
    await second.loaded(2 / 3);
    const nodes = findCluster(folder);
    await nodes.kill(node);
    begin(`node ${node} killed and started again`);
    nodes.startNode(node);
    await nodes.waitForGreen(GREEN_MS);
    begin("the cluster is green again");
  }
  await second.ended();
  begin("the alias has moved");
  await waitUntil(
    "another revision is served",
    async () => (await servedRevision(cluster, address.name))?.names.works !== before?.names.works,
    SERVER_FOLLOWS_MS,
  );
  await sleep(QUIET_MS);
  begin("end");
  return parts;
}

/** Starts the command that operators give. */
function startImport({ setting, dumps }: Options, data: string, source: string) {
  const child: ChildProcess = spawn(
    process.execPath,
    [join(root, "server/import/cli.ts"), "--source", source, dumps],
    {
      env: {
        ...process.env,
        BOOKFINDER_CATALOG: setting,
        BOOKFINDER_DATA: join(data, "importer"),
      },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const over = once(child, "exit");
  const hasEnded = () => child.exitCode !== null;
  return {
    child,
    /** Until this share of the works was sent. */
    loaded: (share: number) =>
      waitUntil(
        `${share} of the works are loaded`,
        () => {
          const [, done, total] = [...output.matchAll(/works (\d+) of (\d+)/g)].at(-1) ?? [];
          const isDone = done !== undefined && Number(done) >= share * Number(total);
          return isDone || hasEnded() || /cluster: (?:keys|merge|copies)/.test(output);
        },
        3_600_000,
      ),
    async ended(): Promise<void> {
      const [code] = await over;
      console.log(output.split("\n").filter(isNews).join("\n"));
      if (code !== 0) {
        throw new Error(`The import ended with ${code}:\n${output}`);
      }
    },
  };
}

function isNews(line: string): boolean {
  return /^(?:The cluster serves|Time:)/.test(line);
}
