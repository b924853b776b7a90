/** The configuration of one node, as files in a folder of its own. */
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * "server" leaves the JVM as its makers set it. "test" starts in half the time and takes a third of the
 * memory, at a lower peak: one simple collector, no second compiler, memory taken when it is used.
 */
export type Profile = "server" | "test";

export type NodeConfig = {
  clusterName: string;
  number: number;
  folder: string;
  /** Where the distribution is. */
  home: string;
  javaHome: string;
  httpPort: number;
  /** Of all nodes, this one among them. */
  transportPorts: readonly number[];
  heap: string;
  profile: Profile;
};

export function nodeName(number: number): string {
  return `n${number}`;
}

export function writeNodeConfig(node: NodeConfig): void {
  for (const name of ["config", "data", "logs", "tmp"]) {
    mkdirSync(join(node.folder, name), { recursive: true });
  }
  const config = join(node.folder, "config");
  copyFileSync(join(node.home, "config/log4j2.properties"), join(config, "log4j2.properties"));
  const vendorOptions = readFileSync(join(node.home, "config/jvm.options"), "utf8");
  writeFileSync(
    join(config, "jvm.options"),
    jvmOptions(vendorOptions, node, hasVectorModule(node.javaHome)),
  );
  writeFileSync(join(config, "opensearch.yml"), nodeSettings(node));
}

/** The vendor's options with another heap, and with paths that no other node writes to. */
export function jvmOptions(
  vendorOptions: string,
  { folder, heap, profile }: Pick<NodeConfig, "folder" | "heap" | "profile">,
  hasVectors: boolean,
): string {
  const lines = vendorOptions
    .split("\n")
    .filter((line) => !line.includes("gc.log"))
    .filter((line) => hasVectors || !line.includes("jdk.incubator.vector"))
    .filter((line) => profile === "server" || !/UseG1GC|G1Reserve|InitiatingHeap/.test(line))
    .map((line) =>
      line
        .replace(/^-Xm([sx]).*/, `-Xm$1${heap}`)
        .replace("HeapDumpPath=data", `HeapDumpPath=${folder}/logs`)
        .replace("ErrorFile=logs", `ErrorFile=${folder}/logs`),
    );
  const quick = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-AlwaysPreTouch"];
  return [...lines, ...(profile === "test" ? quick : []), ""].join("\n");
}

export function nodeSettings(node: NodeConfig): string {
  const { number, folder, httpPort, transportPorts, profile } = node;
  const seeds = transportPorts.map((port) => `"127.0.0.1:${port}"`).join(", ");
  const names = transportPorts.map((_, index) => `"${nodeName(index + 1)}"`).join(", ");
  const lines = [
    `cluster.name: ${node.clusterName}`,
    `node.name: ${nodeName(number)}`,
    `path.data: ${JSON.stringify(join(folder, "data"))}`,
    `path.logs: ${JSON.stringify(join(folder, "logs"))}`,
    "network.host: 127.0.0.1",
    `http.port: ${httpPort}`,
    `transport.port: ${transportPorts[number - 1]}`,
    `discovery.seed_hosts: [${seeds}]`,
    `cluster.initial_cluster_manager_nodes: [${names}]`,
    "action.auto_create_index: false",
    // A developer's disk is often nearly full, and then nothing would be allocated.
    "cluster.routing.allocation.disk.threshold_enabled: false",
    // A node that is frozen, not dead, holds up every write until it is put out of the cluster: with
    // the defaults (30 s and more) for as long as it is frozen.
    "cluster.fault_detection.leader_check.timeout: 2s",
    "cluster.fault_detection.follower_check.timeout: 2s",
    "cluster.publish.timeout: 3s",
    "cluster.follower_lag.timeout: 5s",
  ];
  if (profile === "test") {
    // A small heap that is full of garbage would be taken for one that is full.
    lines.push("indices.breaker.total.use_real_memory: false");
  }
  return `${lines.join("\n")}\n`;
}

/** A trimmed Java may lack a module that the options ask for, and then does not start. */
function hasVectorModule(javaHome: string): boolean {
  const modules = execFileSync(join(javaHome, "bin/java"), ["--list-modules"], {
    encoding: "utf8",
  });
  return modules.includes("jdk.incubator.vector");
}
