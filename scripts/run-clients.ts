/** Runs the examples in docs/clients against a server of their own: `node scripts/run-clients.ts --help`. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { Accounts } from "#server/accounts/accounts.ts";
import { parseCommandLine, startCommand } from "#server/command-line.ts";

const usage = `Usage: node scripts/run-clients.ts [language …]

Starts a server with the starter catalogue and runs the examples in docs/clients: curl, node, web,
openapi, python, go, java; all of them by default. A language that this machine does not have is left out.
Each is run twice: in clear with an API key, and over TLS with the token of an account that signed in.`;

/** Generators and libraries may have to be downloaded. */
const EXAMPLE_TIMEOUT_MS = 540_000;

const root = join(import.meta.dirname, "..");
const clients = join(root, "docs/clients");

type Example = {
  needs: string;
  command: string[];
  /** The variable that names a private authority. */
  authority: string;
  runs?: number;
};

const node = [process.execPath];
const examples: Record<string, Example> = {
  curl: {
    needs: "curl",
    command: [join(clients, "curl/example.sh")],
    authority: "CURL_CA_BUNDLE",
  },
  node: {
    needs: process.execPath,
    command: [...node, join(clients, "node/example.ts")],
    authority: "NODE_EXTRA_CA_CERTS",
  },
  web: {
    needs: process.execPath,
    command: [...node, join(clients, "web/example.ts")],
    authority: "NODE_EXTRA_CA_CERTS",
  },
  openapi: {
    needs: "npm",
    command: [join(clients, "openapi/run.sh")],
    authority: "NODE_EXTRA_CA_CERTS",
  },
  python: {
    needs: "python3",
    command: [join(clients, "python/run.sh")],
    authority: "GRPC_DEFAULT_SSL_ROOTS_FILE_PATH",
  },
  go: { needs: "go", command: [join(clients, "go/run.sh")], authority: "SSL_CERT_FILE", runs: 2 },
  java: {
    needs: "mvn",
    command: [join(clients, "java/run.sh")],
    authority: "GRPC_DEFAULT_SSL_ROOTS_FILE_PATH",
  },
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
  "created: A Book of Mine",
  "found: A Book of Mine",
  "changed: A Book of Ours",
  "conflict: ETAG_STALE",
  "imported: 2",
  "left: RESOURCE_NOT_FOUND",
];

const { positionals } = startCommand(process, (args) =>
  parseCommandLine(args, { usage, positionals: [0, 7] }),
);
const wanted = positionals.length === 0 ? Object.keys(examples) : positionals;
const folder = mkdtempSync(join(tmpdir(), "bookfinder-clients-"));
const tls = join(folder, "tls");
try {
  const credentials = await makeCredentials();
  await withServer({}, (address) => {
    for (const name of wanted) {
      run(name, address, { BOOKFINDER_KEY: credentials.key });
    }
  });
  const certificates = {
    BOOKFINDER_TLS_CERT: join(tls, "server.pem"),
    BOOKFINDER_TLS_KEY: join(tls, "server-key.pem"),
  };
  await withServer(certificates, (address) => {
    for (const name of wanted) {
      const { authority = "" } = examples[name] ?? {};
      const settings = { [authority]: join(tls, "authority.pem") };
      run(name, address, { ...settings, BOOKFINDER_KEY: credentials.token });
    }
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** A key and a token that may write, and certificates. */
async function makeCredentials(): Promise<{ key: string; token: string }> {
  const made = spawnSync(process.execPath, [join(root, "scripts/dev-certificate.ts"), tls]);
  if (made.status !== 0) {
    throw new Error(`There are no certificates: ${made.stderr}`);
  }
  using accounts = new Accounts({ dataDir: folder, now: () => new Date() });
  const { text } = accounts.keys.create("examples", ["books.write"], undefined);
  const [email, password] = ["editor@example.org", "correct horse battery staple"];
  const passwordHash = await accounts.passwords.hash(password);
  accounts.users.add({ name: "Editor", email, scopes: ["books.write"], passwordHash });
  const scopes = ["books.write"] as const;
  const session = await accounts.signIn({ email, password, scopes: [...scopes], address: "" });
  return { key: text, token: session.accessToken };
}

/** Starts a server, does something with it and ends it. */
async function withServer(
  settings: Record<string, string>,
  use: (address: string) => void,
): Promise<void> {
  const child = spawn(process.execPath, [join(root, "server/main.ts")], {
    env: { ...process.env, PORT: "0", HOST: "127.0.0.1", BOOKFINDER_DATA: folder, ...settings },
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    use(await addressOf(child));
  } finally {
    child.kill();
    await once(child, "exit");
  }
}

async function addressOf({ stdout }: ChildProcess): Promise<string> {
  let printed = "";
  for await (const chunk of stdout ?? []) {
    printed += String(chunk);
    const [, scheme, port] = /(https?):\/\/[^:\s]+:(\d+)/.exec(printed) ?? [];
    if (port !== undefined) {
      // Whatever it logs from now on is not read, and must not fill the pipe.
      stdout?.resume();
      // The name that its certificate has.
      return `${scheme}://localhost:${port}`;
    }
  }
  throw new Error(`The server did not start: ${printed}`);
}

function run(name: string, address: string, environment: Record<string, string>): void {
  const example = examples[name];
  if (example === undefined) {
    throw new Error(`There is no example "${name}"`);
  }
  if (spawnSync(example.needs, ["--version"]).error !== undefined) {
    console.log(`── ${name}: not here (${example.needs}), left out`);
    return;
  }
  const [program = "", ...args] = example.command;
  const { stdout, stderr } = spawnSync(program, [...args, address], {
    encoding: "utf8",
    timeout: EXAMPLE_TIMEOUT_MS,
    env: { ...process.env, ...environment },
  });
  // Maven colours what it prints, wherever it prints.
  const printed = stripVTControlCharacters(stdout).trim();
  console.log(`── ${name}, ${address}\n${printed}`);
  const want = Array.from({ length: example.runs ?? 1 }, () => expected).flat();
  if (printed !== want.join("\n")) {
    console.error(`${stderr}\n${name} did not print what it should:\n${want.join("\n")}`);
    process.exitCode = 1;
  }
}
