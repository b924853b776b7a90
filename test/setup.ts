/** Runs before every test file. */
import fc from "fast-check";
import { afterEach, beforeEach, expect, vi } from "vitest";

// A run must not depend on chance: the same inputs every time. To search further, by hand:
// FAST_CHECK_SEED=$RANDOM npx vitest run server/catalog
fc.configureGlobal({ seed: Number(process.env["FAST_CHECK_SEED"] ?? 20261122) });

const complaints: unknown[][] = [];

beforeEach(() => {
  complaints.length = 0;
  for (const method of ["error", "warn"] as const) {
    vi.spyOn(console, method).mockImplementation((...complaint) => {
      complaints.push(complaint);
    });
  }
});

afterEach(() => {
  vi.restoreAllMocks();
  expect(complaints, "console.error and console.warn fail a test").toEqual([]);
});
