import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{server,web,covers,scripts,test,bench}/**/*.test.{ts,tsx}"],
    setupFiles: ["test/setup.ts"],
    // Not a measure of speed: a machine under load is slow, a hang is for ever.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
