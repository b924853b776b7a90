/** Writes the OpenAPI document from the schema: `node scripts/make-openapi.ts --help`. */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createFileRegistry, fromBinary } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { parseCommandLine, startCommand } from "#server/command-line.ts";
import { openApiDocument } from "./openapi/document.ts";

const usage = `Usage: node scripts/make-openapi.ts [--check]

Writes server/http/docs/openapi.json from the schema's methods, HTTP options, rules and comments.

  --check  write nothing; fail where the committed document is not what the schema says`;

const { values } = startCommand(process, (args) =>
  parseCommandLine(args, { usage, options: { check: { type: "boolean" } } }),
);

const root = join(import.meta.dirname, "..");
const file = join(root, "server/http/docs/openapi.json");

const image = execFileSync(join(root, "node_modules/.bin/buf"), ["build", "-o", "-"], {
  cwd: root,
  maxBuffer: 64 << 20,
});
const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, image));
const services = [...registry].filter((type) => type.kind === "service");
// What package.json holds is known here.
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  version: string;
};
const text = `${JSON.stringify(openApiDocument(services, version), null, 2)}\n`;

if (values.check !== true) {
  writeFileSync(file, text);
} else if (readFileSync(file, "utf8") !== text) {
  console.error("openapi.json is not as the schema says. Run `npm run generate`.");
  process.exitCode = 1;
}
