import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** A browser of the tests, where it is found, and the packages that bring it on a Debian-like system. */
type Browser = {
  name: string;
  /** Names its path before all others. */
  variable: string;
  usualPaths: readonly string[];
  packages: readonly string[];
  /** Programs that have to be there beside it. */
  needs: readonly string[];
};

const chromium: Browser = {
  name: "Chromium",
  variable: "BOOKFINDER_CHROMIUM",
  usualPaths: [
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/usr/bin/google-chrome-stable",
    "/snap/bin/chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  ],
  packages: ["chromium"],
  needs: [],
};

const firefox: Browser = {
  name: "Firefox",
  variable: "BOOKFINDER_FIREFOX",
  usualPaths: [
    "/usr/bin/firefox-esr",
    "/usr/bin/firefox",
    "/Applications/Firefox.app/Contents/MacOS/firefox",
    "C:\\Program Files\\Mozilla Firefox\\firefox.exe",
  ],
  packages: ["firefox-esr"],
  needs: [],
};

const webkit: Browser = {
  name: "WebKit",
  variable: "BOOKFINDER_WEBKIT_DRIVER",
  // Only WebKitGTK has a driver that comes with a browser of its own; it draws on a display.
  usualPaths: ["/usr/bin/WebKitWebDriver"],
  packages: ["webkit2gtk-driver", "xvfb"],
  needs: ["/usr/bin/Xvfb"],
};

/** A mirror that doesn't answer must not hold up the tests for long. */
const aptTimeoutMs = 300_000;

/**
 * The path of Chromium or Chrome: named by its variable, installed, Playwright's own or, as the last
 * resort, the distribution's package, which this installs where it runs as root on a Debian-like system.
 *
 * @throws {Error} saying what to install when there is none: it runs most of the browser tests.
 */
export async function provideChromium(): Promise<string> {
  const path = findBrowser(chromium) ?? (await playwrightsChromium()) ?? install(chromium);
  if (path === undefined) {
    throw new Error(
      "The browser tests need Chromium or Chrome, and none was found. Install one of them " +
        "(Debian, Ubuntu: `sudo apt-get install chromium`; elsewhere: `npx playwright install chromium`), " +
        "or set BOOKFINDER_CHROMIUM to its path. `npm run check` runs everything else.",
    );
  }
  return path;
}

/** Installs Firefox and WebKit where they are missing and can be had. Their tests are skipped elsewhere. */
export function provideOtherEngines(): void {
  for (const browser of [firefox, webkit]) {
    if (findBrowser(browser) === undefined) {
      install(browser);
    }
  }
}

export const findFirefox = (): string | undefined => findBrowser(firefox);
/** The driver, which starts the browser that its package brings. */
export const findWebKitDriver = (): string | undefined => findBrowser(webkit);

function findBrowser({ variable, usualPaths, needs }: Browser): string | undefined {
  const named = process.env[variable];
  if (named !== undefined && named !== "") {
    if (!existsSync(named)) {
      throw new Error(`${variable} names ${named}, which does not exist.`);
    }
    return named;
  }
  return needs.every((path) => existsSync(path))
    ? usualPaths.find((path) => existsSync(path))
    : undefined;
}

async function playwrightsChromium(): Promise<string | undefined> {
  const { chromium: own } = await import("@playwright/test");
  const path = own.executablePath();
  return path !== "" && existsSync(path) ? path : undefined;
}

/** Its path if the distribution's packages could be installed. */
function install(browser: Browser): string | undefined {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || spawnSync("apt-get", ["--version"]).status !== 0) {
    return undefined;
  }
  const names = browser.packages.join(" and ");
  console.log(`No ${browser.name} found: installing the distribution's ${names} …`);
  runApt(["update", "-qq"]);
  runApt(["install", "-y", "-qq", "--no-install-recommends", ...browser.packages]);
  return findBrowser(browser);
}

/** What fails shows in what is missing afterwards. */
function runApt(args: readonly string[]): void {
  spawnSync("apt-get", ["-o", "Acquire::http::Timeout=20", ...args], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    timeout: aptTimeoutMs,
  });
}
