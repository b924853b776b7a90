/**
 * Runs the official conformance suite of Connect against our port, pipeline and limits, in clear and
 * over TLS, with the fast path and without: `npm run conformance -- --help`. Go installs the suite;
 * nothing of it is kept here, and its code is generated anew.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseCommandLine, startCommand } from "#server/command-line.ts";

const VERSION = "v1.0.5";

const usage = `Usage: node bench/conformance/main.ts [-- OPTIONS OF THE SUITE …]

Runs the official conformance suite of Connect, server mode, in clear and over TLS, with the fast
path on and off. Go installs the suite (connectrpc.com/conformance ${VERSION}).

Without Go, name connectconformance in $CONNECTCONFORMANCE and the folder of the suite's protos in
$CONFORMANCE_PROTOS. Options behind -- go to the suite, e.g. -- --run "**/unary/**".`;

const suiteOptions = startCommand(
  process,
  (args) => parseCommandLine(args, { usage, positionals: [0, 100] }).positionals,
);

const root = join(import.meta.dirname, "../..");
const cache = join(root, ".cache/conformance");
const output = (command: string, ...args: string[]) =>
  execFileSync(command, args, { encoding: "utf8" }).trim();

const goPath = () => output("go", "env", "GOPATH");
const protos =
  process.env["CONFORMANCE_PROTOS"] ??
  join(goPath(), `pkg/mod/connectrpc.com/conformance@${VERSION}/proto`);
const runner = process.env["CONNECTCONFORMANCE"] ?? join(goPath(), "bin/connectconformance");

if (!existsSync(runner)) {
  const command = `connectrpc.com/conformance/cmd/connectconformance@${VERSION}`;
  execFileSync("go", ["install", command], { stdio: "inherit" });
}
mkdirSync(cache, { recursive: true });
writeFileSync(
  join(cache, "buf.gen.yaml"),
  `version: v2
inputs: [{ directory: ${protos} }]
plugins:
  - local: ${join(root, "node_modules/.bin/protoc-gen-es")}
    out: ${join(cache, "gen")}
    opt: [target=ts, import_extension=ts, erasable_syntax=true]
`,
);
execFileSync(join(root, "node_modules/.bin/buf"), ["generate"], { cwd: cache, stdio: "inherit" });

for (const fastPath of ["on", "off"]) {
  console.log(`With the fast path ${fastPath}:`);
  const { status } = spawnSync(
    runner,
    [
      "--mode=server",
      `--conf=${join(import.meta.dirname, "config.yaml")}`,
      "--max-servers=2",
      "--parallel=8",
      ...suiteOptions,
      "--",
      process.execPath,
      join(import.meta.dirname, "server.ts"),
    ],
    { stdio: "inherit", cwd: root, env: { ...process.env, BOOKFINDER_FAST_PATH: fastPath } },
  );
  process.exitCode ||= status ?? 1;
}
