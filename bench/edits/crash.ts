/**
 * Kills a server with SIGKILL at random moments while several clients write to it, starts it again,
 * and looks for every write that was acknowledged. With `--import`, an import of the starter
 * catalogue runs and swaps again and again meanwhile.
 *
 *     node bench/edits/crash.ts [--writes 200] [--clients 4] [--seed 1] [--import]
 */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Accounts } from "#server/accounts/accounts.ts";
import { parseCommandLine, startCommand, wholeNumber } from "#server/command-line.ts";

const usage = `Usage: node bench/edits/crash.ts [options]

Kills a server with SIGKILL at random moments while clients write to it, starts it again, and looks
for every write that was acknowledged.

  --writes N    acknowledged writes to wait for (default 200)
  --clients N   clients that write at a time (default 4)
  --seed N      of the moments (default 1)
  --import      import and swap the starter catalogue again and again meanwhile`;

const options = {
  writes: { type: "string", default: "200" },
  clients: { type: "string", default: "4" },
  seed: { type: "string", default: "1" },
  import: { type: "boolean", default: false },
} as const;

const values = startCommand(process, (args) => {
  const parsed = parseCommandLine(args, { usage, options }).values;
  return {
    writes: wholeNumber("--writes", parsed.writes, 1),
    clients: wholeNumber("--clients", parsed.clients, 1, 100),
    seed: wholeNumber("--seed", parsed.seed, 0),
    import: parsed.import,
  };
});

/** The longest that a server lives under load before it is killed. */
const LIFE_MS_MAX = 400;

type RunningServer = { server: ChildProcess; url: string };

const root = join(import.meta.dirname, "../..");
const dataDir = mkdtempSync(join(tmpdir(), "write-crash-"));
let state = values.seed;

await run();

async function run(): Promise<void> {
  const headers = { authorization: `Bearer ${makeKey()}`, "content-type": "application/json" };
  const acknowledged = new Map<string, string>();
  const wanted = values.writes;
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
  while (acknowledged.size < wanted) {
    const { server, url } = await start();
    let isAlive = true;
    const clients = Array.from({ length: values.clients }, async (_, index) => {
      for (let count = 0; isAlive; count += 1) {
        const title = `Life ${killCount}, client ${index}, book ${count}`;
        const name = await write(url, title, headers);
        if (name !== undefined) {
          acknowledged.set(name, title);
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
  for (const [name, title] of acknowledged) {
    const response = await fetch(`${url}/v1/${name}`);
    const body = (await response.json()) as { title?: string };
    if (body.title !== title) {
      lost.push(`${name} (${title})`);
    }
  }
  await stop(server, "SIGTERM");
  rmSync(dataDir, { recursive: true });
  console.log(
    `${acknowledged.size} acknowledged writes, ${killCount} kills, ${swapCount} imports meanwhile: ${lost.length} lost`,
  );
  if (lost.length > 0) {
    throw new Error(`Lost: ${lost.join(", ")}`);
  }
}

function makeKey(): string {
  using accounts = new Accounts({ dataDir, now: () => new Date() });
  return accounts.keys.create("bench", ["books.write"], undefined).text;
}

/** Writes a book and changes it; its name if both were acknowledged. */
async function write(
  baseUrl: string,
  title: string,
  headers: Record<string, string>,
): Promise<string | undefined> {
  const url = `${baseUrl}/v1`;
  try {
    const draft = JSON.stringify({ title: "Draft" });
    const created = await fetch(`${url}/books`, { method: "POST", headers, body: draft });
    const { name = "" } = (await created.json()) as { name?: string };
    const changed = await fetch(`${url}/${name}`, {
      method: "PATCH",
      headers: { ...headers, "if-match": created.headers.get("etag") ?? "" },
      body: JSON.stringify({ title }),
    });
    await changed.arrayBuffer();
    return changed.status === 200 ? name : undefined;
  } catch {
    // The server was killed: nothing was acknowledged.
    return undefined;
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
