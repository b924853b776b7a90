/** `npm run test:cluster`: the tests that need an OpenSearch cluster, on three nodes of this machine. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { parseCommandLine, startCommand } from "#server/command-line.ts";
import { startCluster } from "./cluster/cluster.ts";
import { ClusterError } from "./cluster/cluster-error.ts";

const usage = `Usage: npm run test:cluster -- [options] [files]

Starts three OpenSearch nodes (npm run cluster says how) and runs the tests that need them: the contract
of every engine, loading, failures of nodes. Where there is no Java or no Maven it says so and does nothing.

  --required   fail where there is no Java or no Maven`;

const { values, positionals } = startCommand(process, (args) =>
  parseCommandLine(args, {
    usage,
    options: { required: { type: "boolean" } },
    positionals: [0, 100],
  }),
);

const root = join(import.meta.dirname, "..");

try {
  await using cluster = await startCluster({
    folder: join(root, ".cache/test-cluster"),
    basePort: 0,
    heap: "512m",
    profile: "test",
  });
  const { status } = spawnSync(
    join(root, "node_modules/.bin/vitest"),
    ["run", "--config", "vitest.cluster.config.ts", ...positionals],
    {
      cwd: root,
      stdio: "inherit",
      env: {
        ...process.env,
        // Its first line asks for "node", which is to be the project's own.
        PATH: `${join(root, "node_modules/.bin")}:${process.env["PATH"]}`,
        BOOKFINDER_TEST_CLUSTER: cluster.catalogSetting,
        BOOKFINDER_TEST_CLUSTER_FOLDER: cluster.folder,
      },
    },
  );
  process.exitCode = status ?? 1;
} catch (error) {
  if (!(error instanceof ClusterError)) {
    throw error;
  }
  console.error(`The tests of the cluster were not run: ${error.message}`);
  process.exitCode = values.required === true ? 1 : 0;
}
