/** Runs the examples in docs/clients against a server of their own: `node scripts/run-clients.ts --help`. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { parseCommandLine, startCommand } from "#server/command-line.ts";

const usage = `Usage: node scripts/run-clients.ts [language …]

Starts a server with the starter catalogue and runs the examples in docs/clients: curl, node, web,
python, go, java; all of them by default. A language that this machine does not have is left out.`;

/** Generators and libraries may have to be downloaded. */
const EXAMPLE_TIMEOUT_MS = 540_000;

const root = join(import.meta.dirname, "..");
const clients = join(root, "docs/clients");

type Example = { needs: string; command: string[]; isAddress?: boolean; runs?: number };

const examples: Record<string, Example> = {
  curl: { needs: "curl", command: [join(clients, "curl/example.sh")] },
  node: { needs: process.execPath, command: [process.execPath, join(clients, "node/example.ts")] },
  web: { needs: process.execPath, command: [process.execPath, join(clients, "web/example.ts")] },
  python: { needs: "python3", command: [join(clients, "python/run.sh")], isAddress: true },
  go: { needs: "go", command: [join(clients, "go/run.sh")], runs: 2 },
  java: { needs: "mvn", command: [join(clients, "java/run.sh")], isAddress: true },
};

/** What every example prints, in whichever language. */
const expected = [
  "search: The Lord of the Rings",
  "corrected: The Hobbit",
  "pages: 3",
  "exported: 250",
  "match: 1 MATCHED",
  "match: 2 MATCHED",
  "error: FIELD_INVALID",
];

const { positionals } = startCommand(process, (args) =>
  parseCommandLine(args, { usage, positionals: [0, 6] }),
);
const wanted = positionals.length === 0 ? Object.keys(examples) : positionals;
const folder = mkdtempSync(join(tmpdir(), "bookfinder-clients-"));
const { server, port } = await startServer();
try {
  for (const name of wanted) {
    run(name, port);
  }
} finally {
  server.kill();
  await once(server, "exit");
  rmSync(folder, { recursive: true, force: true });
}

async function startServer(): Promise<{ server: ChildProcess; port: string }> {
  const child = spawn(process.execPath, [join(root, "server/main.ts")], {
    env: { ...process.env, PORT: "0", HOST: "127.0.0.1", BOOKFINDER_DATA: folder },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let printed = "";
  for await (const chunk of child.stdout) {
    printed += String(chunk);
    const found = /http:\/\/[^:\s]+:(\d+)/.exec(printed)?.[1];
    if (found !== undefined) {
      // Whatever it logs from now on is not read, and must not fill the pipe.
      child.stdout.resume();
      return { server: child, port: found };
    }
  }
  throw new Error(`The server did not start: ${printed}`);
}

function run(name: string, serverPort: string): void {
  const example = examples[name];
  if (example === undefined) {
    throw new Error(`There is no example "${name}"`);
  }
  if (spawnSync(example.needs, ["--version"]).error !== undefined) {
    console.log(`── ${name}: not here (${example.needs}), left out`);
    return;
  }
  const [program = "", ...args] = example.command;
  const address = `${example.isAddress === true ? "" : "http://"}127.0.0.1:${serverPort}`;
  const { stdout, stderr } = spawnSync(program, [...args, address], {
    encoding: "utf8",
    timeout: EXAMPLE_TIMEOUT_MS,
  });
  // Maven colours what it prints, wherever it prints.
  const printed = stripVTControlCharacters(stdout).trim();
  console.log(`── ${name}\n${printed}`);
  const want = Array.from({ length: example.runs ?? 1 }, () => expected).flat();
  if (printed !== want.join("\n")) {
    console.error(`${stderr}\n${name} did not print what it should:\n${want.join("\n")}`);
    process.exitCode = 1;
  }
}
