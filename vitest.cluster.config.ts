/** The tests that need an OpenSearch cluster; scripts/test-cluster.ts starts one for them. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{server,scripts,test,bench}/**/*.cluster.test.ts"],
    setupFiles: ["test/setup.ts"],
    // They share the cluster, and some of them end its nodes.
    fileParallelism: false,
    // Nodes are ended and started again, which takes a minute on a machine under load.
    testTimeout: 420_000,
    hookTimeout: 420_000,
  },
});
