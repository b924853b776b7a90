import { expect, test } from "vitest";
import { jvmOptions, nodeSettings } from "./node-config.ts";

const vendorOptions = `
-Xms1g
-Xmx1g
10-:-XX:+UseG1GC
10-:-XX:G1ReservePercent=25
10-:-XX:InitiatingHeapOccupancyPercent=30
-XX:HeapDumpPath=data
-XX:ErrorFile=logs/hs_err_pid%p.log
9-:-Xlog:gc*,gc+age=trace:file=logs/gc.log:utctime,filecount=32
20-:--add-modules=jdk.incubator.vector
`;

const node = {
  clusterName: "bookfinder-1",
  number: 2,
  folder: "/clusters/a b/n2",
  home: "/opensearch",
  javaHome: "/jvm/25",
  httpPort: 19202,
  transportPorts: [19301, 19302, 19303],
  heap: "256m",
  profile: "server",
} as const;

test("a node has its own heap and writes into its own folder", () => {
  const options = jvmOptions(vendorOptions, node, true);
  expect(options).toContain("-Xms256m\n-Xmx256m\n10-:-XX:+UseG1GC");
  expect(options).toContain("HeapDumpPath=/clusters/a b/n2/logs");
  expect(options).toContain("ErrorFile=/clusters/a b/n2/logs/");
  expect(options).not.toContain("gc.log");
  expect(options).toContain("jdk.incubator.vector");
});

test("a Java without the vector module is not asked for it", () => {
  expect(jvmOptions(vendorOptions, node, false)).not.toContain("jdk.incubator.vector");
});

test("the profile for tests has one collector, the simple one", () => {
  const options = jvmOptions(vendorOptions, { ...node, profile: "test" }, true);
  expect(options).not.toMatch(/G1|InitiatingHeap/);
  expect(options).toContain("-XX:+UseSerialGC");
});

test("nodes know each other, and listen on this machine alone", () => {
  const settings = nodeSettings(node);
  expect(settings).toContain("network.host: 127.0.0.1\nhttp.port: 19202\ntransport.port: 19302\n");
  expect(settings).toContain(
    'seed_hosts: ["127.0.0.1:19301", "127.0.0.1:19302", "127.0.0.1:19303"]',
  );
  expect(settings).toContain('cluster_manager_nodes: ["n1", "n2", "n3"]');
  expect(settings).toContain('path.data: "/clusters/a b/n2/data"');
});
