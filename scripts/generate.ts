/** Code from the schema: `node scripts/generate.ts --help`. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { file_buf_validate_validate } from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import { parseCommandLine, startCommand } from "#server/command-line.ts";
import { printProto } from "./print-proto.ts";

const usage = `Usage: npm run generate -- [--protos | --check]

Generates proto/gen from the schema, offline: the protos of others are read out of npm packages into
.cache/protos, then buf runs the local plugin.

  --protos   stop after the first half
  --check    write nothing; fail where the committed code is not what the schema generates`;

const { values } = startCommand(process, (args) =>
  parseCommandLine(args, {
    usage,
    options: { protos: { type: "boolean" }, check: { type: "boolean" } },
  }),
);

const root = join(import.meta.dirname, "..");
const cache = join(root, ".cache/protos");

const copies = [
  ["grpc-health-check/proto/health/v1/health.proto", "grpc/grpc/health/v1/health.proto"],
  [
    "@grpc/reflection/build/proto/grpc/reflection/v1/reflection.proto",
    "grpc/grpc/reflection/v1/reflection.proto",
  ],
  [
    "@grpc/reflection/build/proto/grpc/reflection/v1alpha/reflection.proto",
    "grpc/grpc/reflection/v1alpha/reflection.proto",
  ],
  ["google-gax/build/protos/google/rpc/error_details.proto", "grpc/google/rpc/error_details.proto"],
  ["google-gax/build/protos/google/api/annotations.proto", "grpc/google/api/annotations.proto"],
  ["google-gax/build/protos/google/api/http.proto", "grpc/google/api/http.proto"],
] as const;

for (const [from, to] of copies) {
  cpSync(join(root, "node_modules", from), join(cache, to));
}
const validate = join(cache, "protovalidate/buf/validate/validate.proto");
mkdirSync(dirname(validate), { recursive: true });
writeFileSync(validate, printProto(file_buf_validate_validate));

const generated = join(root, "proto/gen");

function generate(output: string): void {
  execFileSync("buf", ["generate", "--output", output], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, PATH: `${join(root, "node_modules/.bin")}:${process.env["PATH"]}` },
  });
}

/** Relative path → content of every generated file below a folder. */
function contents(folder: string): Map<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return new Map(
    paths
      .filter((path) => path.endsWith(".ts"))
      .map((path) => [path, readFileSync(join(folder, path), "utf8")]),
  );
}

if (values.check === true) {
  const fresh = join(root, ".cache/fresh");
  generate(fresh);
  const [expected, actual] = [contents(join(fresh, "proto/gen")), contents(generated)];
  const stale = [...new Set([...expected.keys(), ...actual.keys()])].filter(
    (path) => expected.get(path) !== actual.get(path),
  );
  if (stale.length > 0) {
    console.error(`Not as the schema says: ${stale.join(", ")}. Run \`npm run generate\`.`);
    process.exitCode = 1;
  }
} else if (values.protos !== true) {
  generate(root);
}
