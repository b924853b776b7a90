/** The tests that need an OpenSearch cluster; scripts/test-cluster.ts starts one for them. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{server,scripts,test,bench}/**/*.cluster.test.ts"],
    setupFiles: ["test/setup.ts"],
    // They share the cluster, and some of them end its nodes.
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
