import { availableParallelism } from "node:os";
import { configDefaults, defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{server,web,covers,scripts,test,bench}/**/*.test.{ts,tsx}"],
    // Those need a cluster: npm run test:cluster.
    exclude: [...configDefaults.exclude, "**/*.cluster.test.ts"],
    setupFiles: ["test/setup.ts"],
    // One process less than there are cores would leave half of a small machine idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Not a measure of speed: a machine under load is slow, a hang is for ever.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // The same for what is waited for; the default is a second.
    expect: { poll: { timeout: 60_000 } },
  },
});
