/**
 * A cluster of real OpenSearch nodes on this machine, one process each, for trying and for tests.
 * What it is made of stands in its folder, so that another command, or a test, finds it again.
 */
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ClusterError } from "./cluster-error.ts";
import { provideDistribution } from "./distribution.ts";
import { chooseRuntime } from "./java.ts";
import { nodeName, type Profile, writeNodeConfig } from "./node-config.ts";
import {
  consoleTail,
  findProcess,
  hasEnded,
  signalProcess,
  startProcess,
  stopProcess,
} from "./node-process.ts";

/** A quiet machine takes 15 to 25 s, one under load a minute and more. */
const greenLimitMs = 180_000;

export type ClusterOptions = {
  /** Of this cluster alone: its nodes' configuration, data and logs. */
  folder: string;
  nodes?: number;
  /** Node N listens here + N, for other nodes here + 100 + N; 0 takes free ports. */
  basePort?: number;
  /** Of each node's JVM, e.g. "512m". */
  heap?: string;
  profile?: Profile;
  version?: string;
  /** Where distributions are kept; `.cache` of this repository by default. */
  cacheDir?: string;
};

/** What has to be known to start a node again. */
type Plan = {
  /** Unlike that of any other cluster on this machine, so that nodes never join a stranger's. */
  clusterName: string;
  version: string;
  home: string;
  javaHome: string;
  heap: string;
  profile: Profile;
  httpPorts: number[];
  transportPorts: number[];
};

const repositoryCache = join(import.meta.dirname, "../../.cache/opensearch");

/**
 * Starts a cluster, or what of it does not run, and waits until every copy of every index is there.
 * @throws {ClusterError} if Java or Maven is missing, a node ends, or it takes three minutes.
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const folder = resolve(options.folder);
  if (existsSync(planFile(folder))) {
    await renewDistribution(folder, options);
  } else {
    await writePlan(folder, options);
  }
  const cluster = findCluster(folder);
  try {
    for (const number of cluster.numbers) {
      cluster.startNode(number);
    }
    await cluster.waitForGreen();
  } catch (error) {
    await cluster.stop();
    throw error;
  }
  return cluster;
}

/** The cluster in this folder, running or not. @throws {ClusterError} if none was started there. */
export function findCluster(folder: string): Cluster {
  const path = planFile(resolve(folder));
  if (!existsSync(path)) {
    throw new ClusterError(`There is no cluster in ${folder}. Start one: npm run cluster`);
  }
  return new Cluster(resolve(folder), readPlan(resolve(folder)));
}

export class Cluster {
  readonly folder: string;
  readonly version: string;
  readonly #plan: Plan;

  constructor(folder: string, plan: Plan) {
    this.folder = folder;
    this.version = plan.version;
    this.#plan = plan;
  }

  /** The numbers of its nodes, from 1 on. */
  get numbers(): number[] {
    return this.#plan.httpPorts.map((_, index) => index + 1);
  }

  /** Addresses of all nodes, e.g. "http://127.0.0.1:19201". */
  get urls(): string[] {
    return this.#plan.httpPorts.map((port) => `http://127.0.0.1:${port}`);
  }

  /** What BOOKFINDER_CATALOG is set to. */
  get catalogSetting(): string {
    return `opensearch+http://${this.#plan.httpPorts.map((port) => `127.0.0.1:${port}`).join(",")}`;
  }

  /** Where a node's configuration, data and logs are. @throws {ClusterError} if there is no such node. */
  nodeFolder(number: number): string {
    if (!this.numbers.includes(number)) {
      throw new ClusterError(`There is no node ${number}; there are 1 to ${this.numbers.length}.`);
    }
    return join(this.folder, nodeName(number));
  }

  /** The process of a node; undefined if it does not run. */
  pid(number: number): number | undefined {
    return findProcess(this.nodeFolder(number));
  }

  /** Starts a node that does not run; `waitForGreen` says when it has joined. */
  startNode(number: number): void {
    const folder = this.nodeFolder(number);
    if (findProcess(folder) !== undefined) {
      return;
    }
    const { home, javaHome, httpPorts } = this.#plan;
    writeNodeConfig({ ...this.#plan, number, folder, httpPort: httpPorts[number - 1] ?? 0 });
    startProcess(folder, home, javaHome);
  }

  /** Ends a node at once, as a power cut does (SIGKILL). */
  async kill(number: number): Promise<void> {
    signalProcess(this.nodeFolder(number), "SIGKILL");
    await hasEnded(this.nodeFolder(number));
  }

  /** Stops a node where it is, connections open (SIGSTOP), until it is thawed. */
  freeze(number: number): void {
    signalProcess(this.nodeFolder(number), "SIGSTOP");
  }

  thaw(number: number): void {
    signalProcess(this.nodeFolder(number), "SIGCONT");
  }

  /** @throws {ClusterError} if a node ends meanwhile, or after three minutes. */
  async waitForGreen(limitMs: number = greenLimitMs): Promise<void> {
    const endMs = performance.now() + limitMs;
    while (!(await this.#isGreen())) {
      const ended = this.numbers.find((number) => this.pid(number) === undefined);
      if (ended !== undefined) {
        const tail = consoleTail(this.nodeFolder(ended));
        throw new ClusterError(`Node ${ended} of OpenSearch does not run. It said last:\n${tail}`);
      }
      if (performance.now() > endMs) {
        throw new ClusterError(
          `OpenSearch is not ready after ${Math.round(limitMs / 1000)} s; its logs are in ${this.folder}`,
        );
      }
      await sleep(300);
    }
  }

  /** Answers a GET from the first node that can; undefined if none can. */
  async ask(path: string, timeoutMs: number = 5000): Promise<string | undefined> {
    for (const url of this.urls) {
      try {
        const response = await fetch(url + path, { signal: AbortSignal.timeout(timeoutMs) });
        if (response.ok) {
          return await response.text();
        }
      } catch {
        // This node is not there, or frozen: another will say.
      }
    }
    return undefined;
  }

  /** Ends all nodes; their data stays. */
  async stop(): Promise<void> {
    await Promise.all(this.numbers.map((number) => stopProcess(this.nodeFolder(number))));
  }

  /** Ends all nodes and deletes their data. */
  async wipe(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.wipe();
  }

  async #isGreen(): Promise<boolean> {
    const nodes = this.numbers.length;
    const wanted = `wait_for_status=green&wait_for_nodes=${nodes}&timeout=1s`;
    const health = await this.ask(`/_cluster/health?${wanted}`);
    if (health === undefined) {
      return false;
    }
    const { timed_out: isLate, cluster_name: name } = JSON.parse(health);
    if (name !== this.#plan.clusterName) {
      throw new ClusterError(
        `Another cluster, "${name}", listens on ${this.urls.join(", ")}. Stop it, or choose --port.`,
      );
    }
    return isLate === false;
  }
}

async function writePlan(folder: string, options: ClusterOptions): Promise<void> {
  if (process.platform === "win32") {
    throw new ClusterError("A cluster starts on Linux and macOS only; Windows has WSL for it.");
  }
  const { nodes = 3, basePort = 0, heap = "512m", profile = "server" } = options;
  const cacheDir = resolve(options.cacheDir ?? repositoryCache);
  const unfit = [folder, cacheDir].find((path) => /\s/.test(path));
  if (unfit !== undefined) {
    throw new ClusterError(
      `OpenSearch's start script can't handle the space in ${unfit}. Choose a --folder without.`,
    );
  }
  const { version, java } = await chooseRuntime(process.env, options.version);
  const home = await provideDistribution(version, cacheDir);
  const ports = await choosePorts(basePort, nodes);
  const plan: Plan = {
    clusterName: `bookfinder-${randomUUID().slice(0, 8)}`,
    version,
    home,
    javaHome: java.home,
    heap,
    profile,
    ...ports,
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(planFile(folder), `${JSON.stringify(plan, undefined, 2)}\n`);
}

/** The folder of distributions is a cache: it may have been emptied since the cluster was made. */
async function renewDistribution(folder: string, options: ClusterOptions): Promise<void> {
  const plan = readPlan(folder);
  if (!existsSync(plan.home)) {
    const home = await provideDistribution(
      plan.version,
      resolve(options.cacheDir ?? repositoryCache),
    );
    writeFileSync(planFile(folder), `${JSON.stringify({ ...plan, home }, undefined, 2)}\n`);
  }
}

async function choosePorts(basePort: number, nodes: number) {
  const numbers = Array.from({ length: nodes }, (_, index) => index + 1);
  if (basePort > 0) {
    return {
      httpPorts: numbers.map((number) => basePort + number),
      transportPorts: numbers.map((number) => basePort + 100 + number),
    };
  }
  const free = await Promise.all([...numbers, ...numbers].map(freePort));
  return { httpPorts: free.slice(0, nodes), transportPorts: free.slice(nodes) };
}

/** A port that nobody listened on a moment ago. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" ? (address?.port ?? 0) : 0));
    });
  });
}

function readPlan(folder: string): Plan {
  // Written by writePlan.
  return JSON.parse(readFileSync(planFile(folder), "utf8")) as Plan;
}

function planFile(folder: string): string {
  return join(folder, "cluster.json");
}
