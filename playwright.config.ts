import { join } from "node:path";
import { defineConfig, devices } from "@playwright/test";
import { findFirefox, findWebKitDriver } from "./scripts/browsers.ts";
import type { EngineOptions } from "./web/e2e/engines/fixtures.ts";
import { partsUrl } from "./web/e2e/parts-url.ts";

/** The browser that scripts/test.ts found; without it, Playwright's own. */
const executablePath = process.env["BOOKFINDER_CHROMIUM"] ?? "/usr/bin/chromium";
/** Unlikely to be taken; another can be given where it is. */
const port = Number(process.env["E2E_PORT"] ?? 18473);

const outputDir = join(import.meta.dirname, "test-results/e2e");

/** The page in a real browser, against the real server on the starter catalogue. */
export default defineConfig<object, EngineOptions>({
  testMatch: "*.e2e.ts",
  outputDir,
  fullyParallel: true,
  forbidOnly: process.env["CI"] !== undefined,
  workers: 2,
  // A machine that stalls for seconds is no fault of the page; what passes at the second try only is
  // listed as flaky, and is to be mended all the same.
  retries: 1,
  reporter: "list",
  use: {
    baseURL: `http://localhost:${port}`,
    // Recording slows every test down; one that needs a second try is recorded then.
    trace: "on-first-retry",
  },
  projects: [
    {
      name: "chromium",
      testDir: "web/e2e",
      testIgnore: "**/engines/**",
      use: {
        ...devices["Desktop Chrome"],
        launchOptions: {
          executablePath,
          // Containers run as root and without a GPU; the rest keeps the browser from calling home.
          args: [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
          ],
        },
      },
    },
    {
      name: "firefox",
      testDir: "web/e2e/engines",
      use: { engineName: "firefox", enginePath: findFirefox() ?? "" },
    },
    {
      name: "webkit",
      testDir: "web/e2e/engines",
      use: { engineName: "webkit", enginePath: findWebKitDriver() ?? "" },
    },
  ],
  webServer: [
    {
      command: "node scripts/build-web.ts --if-stale && node server/main.ts",
      url: `http://localhost:${port}/healthz`,
      timeout: 120_000,
      env: {
        PORT: String(port),
        // Emptied before every run, so that the catalogue is always of this version.
        BOOKFINDER_DATA: join(outputDir, "data"),
        BOOKFINDER_CACHE_SECONDS: "0",
      },
      gracefulShutdown: { signal: "SIGTERM", timeout: 5000 },
    },
    {
      // The page of parts, which only development builds have.
      command: `vite --port ${new URL(partsUrl).port} --strictPort`,
      url: partsUrl,
      timeout: 60_000,
      gracefulShutdown: { signal: "SIGTERM", timeout: 5000 },
    },
  ],
  snapshotPathTemplate: "web/e2e/looks/{arg}{ext}",
  // Patience for slow machines: what never comes fails all the same.
  timeout: 60_000,
  // Hinting differs by a hair between builds of one browser.
  expect: { timeout: 15_000, toHaveScreenshot: { maxDiffPixelRatio: 0.02, threshold: 0.3 } },
});
