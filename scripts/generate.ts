/**
 * Generates `proto/gen` from the schema, offline: the protos of others are read out of npm packages
 * into `.cache/protos`, then buf runs the local plugin. `--protos` stops after the first half.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { file_buf_validate_validate } from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import { printProto } from "./print-proto.ts";

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
] as const;

for (const [from, to] of copies) {
  cpSync(join(root, "node_modules", from), join(cache, to));
}
const validate = join(cache, "protovalidate/buf/validate/validate.proto");
mkdirSync(dirname(validate), { recursive: true });
writeFileSync(validate, printProto(file_buf_validate_validate));

if (!process.argv.includes("--protos")) {
  execFileSync("buf", ["generate"], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, PATH: `${join(root, "node_modules/.bin")}:${process.env["PATH"]}` },
  });
}
