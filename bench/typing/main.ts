/** What a reader waits for while typing: `node bench/typing/main.ts --help`. */
import { type Browser, type CDPSession, chromium, type Page } from "@playwright/test";
import { parseCommandLine, startCommand, UsageError, wholeNumber } from "#server/command-line.ts";
import { provideChromium } from "../../scripts/browsers.ts";
import { percentile, tableOf } from "./figures.ts";
import { type KeyRecord, recorder, type TypingRecord } from "./recorder.ts";
import { queriesOf } from "./typed-queries.ts";

type Profile = { name: string; roundTripMs: number; cpuSlowdown: number };

const profiles: readonly Profile[] = [
  { name: "desktop", roundTripMs: 0, cpuSlowdown: 1 },
  { name: "rtt150", roundTripMs: 150, cpuSlowdown: 1 },
  { name: "rtt300", roundTripMs: 300, cpuSlowdown: 1 },
  { name: "cpu4", roundTripMs: 0, cpuSlowdown: 4 },
  { name: "phone", roundTripMs: 150, cpuSlowdown: 4 },
];
/** Long enough for the last list on the slowest profile. */
const settleMs = 2500;

const usage = `Usage: node bench/typing/main.ts URL [options]

What a reader waits for while typing, measured with real key events in Chromium against a running
server, on a desktop, on slow networks and on a slow processor. Titles and authors are taken from the
catalogue that the server serves.

  --queries N    how many are typed (default 24)
  --key-ms N     milliseconds between two keys (default 90)
  --only A,B     only these of ${profiles.map(({ name }) => name).join(", ")}`;

const { url, queryCount, keyMs, chosen } = startCommand(process, (args) => {
  const { values, positionals } = parseCommandLine(args, {
    usage,
    positionals: [1, 1],
    options: {
      queries: { type: "string", default: "24" },
      "key-ms": { type: "string", default: "90" },
      only: { type: "string" },
    },
  });
  const [url = ""] = positionals;
  if (!URL.canParse(url)) {
    throw new UsageError(`URL is not "${url}" but e.g. http://localhost:8080.`);
  }
  const only = values.only?.split(",");
  return {
    url,
    queryCount: wholeNumber("--queries", values.queries, 1),
    keyMs: wholeNumber("--key-ms", values["key-ms"], 1),
    chosen: profiles.filter(({ name }) => only === undefined || only.includes(name)),
  };
});
const queries = await queriesOf(url, queryCount);

await using browser = await chromium.launch({
  executablePath: await provideChromium(),
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
const rows = [];
for (const profile of chosen) {
  rows.push(summarise(profile.name, await measure(browser, url, profile)));
}
console.log(`${queries.length} queries, a key every ${keyMs} ms; times in ms, p50 / p95`);
console.log(tableOf(rows));

async function measure(browser: Browser, url: string, profile: Profile): Promise<TypingRecord> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.addInitScript(recorder);
  await page.goto(url);
  await page.getByRole("link", { name: /, by / }).first().waitFor();
  const session = await page.context().newCDPSession(page);
  // Compiles what typing needs, as a minute of use would have.
  await type(page, session, "warming up");
  await slowDown(session, profile);
  await page.evaluate(() => Object(window).typing.reset());
  for (const query of queries) {
    await type(page, session, query);
  }
  await slowDown(session, { roundTripMs: 0, cpuSlowdown: 1 });
  const record: TypingRecord = await page.evaluate(() => Object(window).typing.read());
  await page.close();
  return record;
}

/** Types a query as a person would, key by key, and empties the field again. */
async function type(page: Page, session: CDPSession, query: string): Promise<void> {
  await page.locator("#search").focus();
  const started = performance.now();
  for (const [index, letter] of [...query].entries()) {
    const waitMs = started + index * keyMs - performance.now();
    if (waitMs > 0) {
      await page.waitForTimeout(waitMs);
    }
    // Not awaited: a page that is busy must not slow the typing down.
    void press(session, letter);
  }
  await page.waitForTimeout(settleMs);
  await page.locator("#search").fill("");
  await page.waitForTimeout(300);
}

async function press(session: CDPSession, letter: string): Promise<void> {
  const key = { key: letter, text: letter, unmodifiedText: letter };
  const down = session.send("Input.dispatchKeyEvent", { type: "keyDown", ...key });
  const up = session.send("Input.dispatchKeyEvent", { type: "keyUp", key: letter });
  await Promise.all([down, up]);
}

async function slowDown(
  session: CDPSession,
  { roundTripMs, cpuSlowdown }: Omit<Profile, "name">,
): Promise<void> {
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: roundTripMs,
    downloadThroughput: -1,
    uploadThroughput: -1,
  });
  await session.send("Emulation.setCPUThrottlingRate", { rate: cpuSlowdown });
}

function summarise(name: string, { keys, lists, keydowns }: TypingRecord) {
  const own = keys.filter(isPainted).map(({ paintedMs, pressedMs }) => paintedMs - pressedMs);
  const any = keys
    .filter((key) => key.anyMs !== undefined)
    .map(({ anyMs = 0, pressedMs }) => anyMs - pressedMs);
  const afterAnswer = lists.flatMap(({ paintedMs, answeredMs }) =>
    answeredMs === undefined ? [] : [paintedMs - answeredMs],
  );
  const pair = (numbers: readonly number[]) =>
    `${percentile(numbers, 0.5)} / ${percentile(numbers, 0.95)}`;
  return {
    profile: name,
    keys: String(keys.length),
    "key → its list": pair(own),
    "keys without their list": String(keys.length - own.length),
    "key → next list": pair(any),
    "lists per key while typing": (
      lists.filter(({ whileTyping }) => whileTyping).length / keys.length
    ).toFixed(2),
    "answer → list": pair(afterAnswer),
    keydown: pair(keydowns),
  };
}

function isPainted(key: KeyRecord): key is KeyRecord & { paintedMs: number } {
  return key.paintedMs !== undefined;
}
