/**
 * Runs the official conformance suite of Connect against our port, router and adapter:
 *
 *     go install connectrpc.com/conformance/cmd/connectconformance@v1.0.5
 *     node bench/conformance/main.ts
 *
 * Needs Go, or `connectconformance` in PATH or in $CONNECTCONFORMANCE and the folder of the suite's
 * protos in $CONFORMANCE_PROTOS. Nothing of the suite is kept here; its code is generated anew.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const VERSION = "v1.0.5";

const root = join(import.meta.dirname, "../..");
const cache = join(root, ".cache/conformance");
const output = (command: string, ...args: string[]) =>
  execFileSync(command, args, { encoding: "utf8" }).trim();

const goPath = () => output("go", "env", "GOPATH");
const protos =
  process.env["CONFORMANCE_PROTOS"] ??
  join(goPath(), `pkg/mod/connectrpc.com/conformance@${VERSION}/proto`);
const runner = process.env["CONNECTCONFORMANCE"] ?? join(goPath(), "bin/connectconformance");

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

const { status } = spawnSync(
  runner,
  [
    "--mode=server",
    `--conf=${join(import.meta.dirname, "config.yaml")}`,
    "--max-servers=2",
    "--parallel=8",
    ...process.argv.slice(2),
    "--",
    process.execPath,
    join(import.meta.dirname, "server.ts"),
  ],
  { stdio: "inherit", cwd: root },
);
process.exitCode = status ?? 1;
