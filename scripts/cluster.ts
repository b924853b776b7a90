/** An OpenSearch cluster on this machine: `npm run cluster -- --help`. */
import { parseCommandLine, startCommand, UsageError, wholeNumber } from "#server/command-line.ts";
import { type Cluster, type ClusterOptions, findCluster, startCluster } from "./cluster/cluster.ts";
import { ClusterError } from "./cluster/cluster-error.ts";
import type { Profile } from "./cluster/node-config.ts";

const usage = `Usage: npm run cluster -- [command] [options]

Starts real OpenSearch nodes on this machine, for trying and for tests, and says which
BOOKFINDER_CATALOG uses them. Fetches OpenSearch with Maven the first time; needs Java 17 or newer.

  start                        start the nodes that don't run and wait for all (the default)
  status                       what runs
  stop                         end all nodes; their data stays
  wipe                         end all nodes and delete their data
  kill N, freeze N, thaw N     end node N as a power cut does; stop it where it is; let it go on
  start-node N                 start node N again

  --nodes N                    of a new cluster (3)
  --port P                     of a new cluster: node N listens on P + N (19200); 0: free ports
  --heap SIZE                  of each node of a new cluster (512m)
  --profile server|test        test starts faster and takes less memory, at a lower peak (server)
  --opensearch VERSION         3.8.0 (Java 21 or newer) or 2.19.6 (Java 17 to 21)
  --folder PATH                of the cluster (.cache/cluster)`;

const options = {
  nodes: { type: "string", default: "3" },
  port: { type: "string", default: "19200" },
  heap: { type: "string", default: "512m" },
  profile: { type: "string", default: "server" },
  opensearch: { type: "string" },
  folder: { type: "string", default: ".cache/cluster" },
} as const;

type Command = (cluster: Cluster, number: number) => unknown;

const commands: Record<string, Command> = {
  status: (cluster) => printStatus(cluster),
  stop: (cluster) => cluster.stop(),
  wipe: (cluster) => cluster.wipe(),
  kill: (cluster, number) => cluster.kill(number),
  freeze: (cluster, number) => cluster.freeze(number),
  thaw: (cluster, number) => cluster.thaw(number),
  "start-node": (cluster, number) => cluster.startNode(number),
};
const commandsOfOneNode = ["kill", "freeze", "thaw", "start-node"];

const { name, number, clusterOptions } = startCommand(process, readCommand);
try {
  await (name === "start" ? start() : commands[name]?.(findCluster(clusterOptions.folder), number));
} catch (error) {
  if (!(error instanceof ClusterError)) {
    throw error;
  }
  console.error(error.message);
  process.exitCode = 1;
}

function readCommand(args: readonly string[]) {
  const { values, positionals } = parseCommandLine(args, { usage, options, positionals: [0, 2] });
  const [name = "start", node] = positionals;
  if (name !== "start" && commands[name] === undefined) {
    const known = ["start", ...Object.keys(commands)].join(", ");
    throw new UsageError(`"${name}" is no command; there are ${known}.`);
  }
  if (commandsOfOneNode.includes(name) !== (node !== undefined)) {
    throw new UsageError(
      `${name} takes ${node === undefined ? "the number of a node" : "no node"}.`,
    );
  }
  const clusterOptions: ClusterOptions = {
    folder: values.folder,
    nodes: wholeNumber("--nodes", values.nodes, 1, 9),
    basePort: wholeNumber("--port", values.port, 0, 65_000),
    heap: readHeap(values.heap),
    profile: readProfile(values.profile),
    ...(values.opensearch === undefined ? {} : { version: values.opensearch }),
  };
  return { name, number: wholeNumber("The node", node ?? "1", 1, 9), clusterOptions };
}

async function start(): Promise<void> {
  const startMs = performance.now();
  const cluster = await startCluster(clusterOptions);
  const seconds = Math.round((performance.now() - startMs) / 1000);
  console.log(
    `OpenSearch ${cluster.version} is ready after ${seconds} s; nodes: ${cluster.numbers.length}.\n` +
      `  BOOKFINDER_CATALOG=${cluster.catalogSetting}\n` +
      "Stop it with: npm run cluster -- stop",
  );
}

function readHeap(text: string): string {
  if (!/^\d{1,6}[mg]$/.test(text)) {
    throw new UsageError(`--heap takes a size such as 512m or 4g, not "${text}".`);
  }
  return text;
}

function readProfile(text: string): Profile {
  if (text !== "server" && text !== "test") {
    throw new UsageError(`--profile is "server" or "test", not "${text}".`);
  }
  return text;
}

async function printStatus(cluster: Cluster): Promise<void> {
  const columns = "name,http,cluster_manager,heap.percent,ram.percent,version";
  const nodes = await cluster.ask(`/_cat/nodes?v&s=name&h=${columns}`);
  const health = await cluster.ask("/_cat/health?v&h=status,node.total,shards,unassign");
  for (const each of cluster.numbers) {
    const pid = cluster.pid(each);
    const state = pid === undefined ? "does not run" : `process ${pid}`;
    console.log(`node ${each}: ${cluster.urls[each - 1]}, ${state}`);
  }
  console.log(`\n${nodes ?? "No node answers."}\n${health ?? ""}`.trimEnd());
  console.log(`\nBOOKFINDER_CATALOG=${cluster.catalogSetting}`);
}
