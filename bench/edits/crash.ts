/**
 * Kills a server with SIGKILL at random moments while several clients write to it, starts it again,
 * and looks for every write that was acknowledged: `node bench/edits/crash.ts --help`.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { linkSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Accounts } from "#server/accounts/accounts.ts";
import { catalogueFile } from "#server/catalog-file/catalogue-file.ts";
import { existingPath, parseCommandLine, startCommand, wholeNumber } from "#server/command-line.ts";
import { milliseconds } from "../evaluate/report.ts";
import { quantile } from "../evaluate/statistics.ts";

const usage = `Usage: node bench/edits/crash.ts [options]

Kills a server with SIGKILL at random moments while clients write to it, starts it again, and looks
for every write that was acknowledged. Says how long it took to be ready again.

  --writes N    acknowledged writes to wait for (default 200)
  --kills N     kills to go on for, however many writes there are (default 0)
  --catalogue F a catalogue.db in the same file system to serve (default: the starter catalogue)
  --clients N   clients that write at a time (default 4)
  --seed N      of the moments (default 1)
  --import      import and swap the starter catalogue again and again meanwhile`;

const options = {
  writes: { type: "string", default: "200" },
  kills: { type: "string", default: "0" },
  catalogue: { type: "string" },
  clients: { type: "string", default: "4" },
  seed: { type: "string", default: "1" },
  import: { type: "boolean", default: false },
} as const;

const values = startCommand(process, (args) => {
  const parsed = parseCommandLine(args, { usage, options }).values;
  return {
    writes: wholeNumber("--writes", parsed.writes, 1),
    kills: wholeNumber("--kills", parsed.kills, 0),
    catalogue: parsed.catalogue === undefined ? undefined : existingPath(parsed.catalogue),
    clients: wholeNumber("--clients", parsed.clients, 1, 100),
    seed: wholeNumber("--seed", parsed.seed, 0),
    import: parsed.import,
  };
});

/** The longest that a server lives under load before it is killed. */
const LIFE_MS_MAX = 400;

type RunningServer = { server: ChildProcess; url: string };

/** What a book must be called: one of two where the answer to a change never came. */
type Acknowledged = { name: string; titles: string[] };

const root = join(import.meta.dirname, "../..");
const dataDir = mkdtempSync(
  join(values.catalogue === undefined ? tmpdir() : dirname(values.catalogue), "write-crash-"),
);
let state = values.seed;

await run();

async function run(): Promise<void> {
  const headers = { authorization: `Bearer ${makeKey()}`, "content-type": "application/json" };
  if (values.catalogue !== undefined) {
    linkSync(values.catalogue, catalogueFile(dataDir));
  }
  const acknowledged: Acknowledged[] = [];
  const readyTimesMs: number[] = [];
  let writeCount = 0;
  let killCount = 0;
  let swapCount = 0;
  let isDone = false;
  await stop((await start()).server, "SIGTERM");
  const imports = values.import
    ? (async () => {
        while (!isDone) {
          await importOnce();
          swapCount += 1;
        }
      })()
    : Promise.resolve();
  while (writeCount < values.writes || killCount < values.kills) {
    const beginMs = performance.now();
    const { server, url } = await start();
    readyTimesMs.push(performance.now() - beginMs);
    let isAlive = true;
    const clients = Array.from({ length: values.clients }, async (_, index) => {
      for (let count = 0; isAlive; count += 1) {
        const title = `Life ${killCount}, client ${index}, book ${count}`;
        const written = await write(url, title, headers);
        acknowledged.push(...written);
        for (const { titles } of written) {
          writeCount += titles.length === 1 ? 2 : 1;
        }
      }
    });
    await new Promise((resolve) => setTimeout(resolve, random() * LIFE_MS_MAX));
    await stop(server, "SIGKILL");
    isAlive = false;
    killCount += 1;
    await Promise.all(clients);
  }
  isDone = true;
  await imports;
  const { server, url } = await start();
  const lost: string[] = [];
  for (const { name, titles } of acknowledged) {
    const response = await fetch(`${url}/v1/${name}`);
    const { title = "nothing" } = (await response.json()) as { title?: string };
    if (!titles.includes(title)) {
      lost.push(`${name} (${titles.join(" or ")}, not ${title})`);
    }
  }
  await stop(server, "SIGTERM");
  rmSync(dataDir, { recursive: true });
  const times = [0.5, 0.99, 1].map((share) => milliseconds(quantile(readyTimesMs, share)));
  console.log(
    `${writeCount} acknowledged writes of ${acknowledged.length} books, ${killCount} kills, ` +
      `${swapCount} imports meanwhile: ${lost.length} lost. ` +
      `Ready again after ${times.join(", ")} ms (p50, p99, worst).`,
  );
  if (lost.length > 0) {
    throw new Error(`Lost: ${lost.join(", ")}`);
  }
}

function makeKey(): string {
  using accounts = new Accounts({ dataDir, now: () => new Date() });
  return accounts.keys.create("bench", ["books.write"], undefined).text;
}

/** Creates a book and changes its title; what of it was acknowledged. */
async function write(
  baseUrl: string,
  title: string,
  headers: Record<string, string>,
): Promise<Acknowledged[]> {
  const url = `${baseUrl}/v1`;
  let created: Acknowledged | undefined;
  try {
    const draft = JSON.stringify({ title: "Draft" });
    const creation = await fetch(`${url}/books`, { method: "POST", headers, body: draft });
    const { name } = (await creation.json()) as { name?: string };
    if (creation.status !== 201 || name === undefined) {
      throw new Error(`A book was not created: ${creation.status}`);
    }
    created = { name, titles: ["Draft", title] };
    const changed = await fetch(`${url}/${name}`, {
      method: "PATCH",
      headers: { ...headers, "if-match": creation.headers.get("etag") ?? "" },
      body: JSON.stringify({ title }),
    });
    await changed.arrayBuffer();
    return changed.status === 200 ? [{ name, titles: [title] }] : [created];
  } catch (error) {
    if (!(error instanceof TypeError)) {
      throw error;
    }
    // The server was killed: what it had not answered may be there or not.
    return created === undefined ? [] : [created];
  }
}

function start(): Promise<RunningServer> {
  const { promise, resolve, reject } = Promise.withResolvers<RunningServer>();
  const server = spawn(process.execPath, [join(root, "server/main.ts")], {
    env: {
      ...process.env,
      PORT: "0",
      HOST: "127.0.0.1",
      BOOKFINDER_DATA: dataDir,
      BOOKFINDER_LOG_LEVEL: "silent",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  server.stdout.on("data", (text: Buffer) => {
    const [, port] = /is ready: \S+:(\d+)/.exec(text.toString()) ?? [];
    if (port !== undefined) {
      resolve({ server, url: `http://127.0.0.1:${port}` });
    }
  });
  server.once("exit", () => reject(new Error("The server ended before it was ready")));
  return promise;
}

function stop(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  return new Promise((resolve) => {
    server.once("exit", () => resolve());
    server.kill(signal);
  });
}

function importOnce(): Promise<void> {
  return new Promise((resolve, reject) => {
    const args = [join(root, "server/import/cli.ts"), join(root, "server/starter")];
    const child = spawn(process.execPath, args, {
      env: { ...process.env, BOOKFINDER_DATA: dataDir },
      stdio: "ignore",
    });
    child.once("exit", (code) =>
      code === 0 ? resolve() : reject(new Error(`The import ended with ${code}`)),
    );
  });
}

/** Numbers from 0 to 1, the same for the same seed. */
function random(): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
}
