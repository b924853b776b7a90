import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** Where distributions and vendors put the browser. */
const usualPaths = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/**
 * The path of a Chromium or Chrome for the browser tests: `BOOKFINDER_CHROMIUM`, an installed one,
 * Playwright's own, or, where this runs as root on a Debian-like system, the distribution's package,
 * which it then installs.
 *
 * @throws {Error} saying what to install when there is none.
 */
export async function provideChromium(): Promise<string> {
  const named = process.env["BOOKFINDER_CHROMIUM"];
  if (named !== undefined && named !== "") {
    if (!existsSync(named)) {
      throw new Error(`BOOKFINDER_CHROMIUM names ${named}, which does not exist.`);
    }
    return named;
  }
  return (await findChromium()) ?? installChromium();
}

async function findChromium(): Promise<string | undefined> {
  const { chromium } = await import("@playwright/test");
  return [...usualPaths, chromium.executablePath()].find((path) => path !== "" && existsSync(path));
}

function installChromium(): string {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || spawnSync("apt-get", ["--version"]).status !== 0) {
    throw new Error(
      "The browser tests need Chromium or Chrome, and none was found. Install one of them " +
        "(Debian, Ubuntu: `sudo apt-get install chromium`; elsewhere: `npx playwright install chromium`), " +
        "or set BOOKFINDER_CHROMIUM to its path. `npm run check` runs everything else.",
    );
  }
  console.log("No Chromium found: installing the distribution's package `chromium` …");
  const options = {
    stdio: ["ignore", "ignore", "inherit"] as const,
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  };
  execFileSync("apt-get", ["update", "-qq"], { ...options, stdio: [...options.stdio] });
  execFileSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], {
    ...options,
    stdio: [...options.stdio],
  });
  const installed = usualPaths.find((path) => existsSync(path));
  if (installed === undefined) {
    throw new Error(
      "apt-get installed the package `chromium`, but no browser is where it belongs.",
    );
  }
  return installed;
}
