/** Everything that proves the project: `node scripts/test.ts --help`. */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseCommandLine, startCommand } from "#server/command-line.ts";
import { provideChromium, provideOtherEngines } from "./browsers.ts";

const usage = `Usage: npm test -- [--no-browser]

Runs everything that proves the project: format, lint, types, schema, unit tests, page build, browser
tests. Stops at the first step that fails and names the command that repairs or repeats it.

  --no-browser   only what needs no browser: npm run check`;

const { values } = startCommand(process, (args) =>
  parseCommandLine(args, { usage, options: { "no-browser": { type: "boolean" } } }),
);

type Step = { name: string; command: string[]; hint: string; env?: Record<string, string> };

const root = join(import.meta.dirname, "..");
const reports = join(root, "test-results");
const unitReport = join(reports, "unit.json");
const browserReport = join(reports, "browser.json");

const checks: Step[] = [
  {
    name: "schema of others",
    command: ["node", "scripts/generate.ts", "--protos"],
    hint: "npm ci",
  },
  { name: "format and lint", command: ["biome", "ci", "."], hint: "npm run fix" },
  { name: "types", command: ["tsc", "-p", "."], hint: "npx tsc -p ." },
  { name: "schema lint", command: ["buf", "lint"], hint: "npx buf lint" },
  {
    name: "schema format",
    command: ["buf", "format", "proto", "--diff", "--exit-code"],
    hint: "npm run fix",
  },
  {
    name: "generated code is fresh",
    command: ["node", "scripts/generate.ts", "--check"],
    hint: "npm run generate",
  },
  {
    name: "API description is fresh",
    command: ["node", "scripts/make-openapi.ts", "--check"],
    hint: "npm run generate",
  },
  {
    name: "API description lint",
    command: ["redocly", "lint", "server/http/docs/openapi.json"],
    hint: "npx redocly lint server/http/docs/openapi.json",
    // It would count its users and look for a newer version.
    env: { REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
  },
  {
    name: "compose files lint",
    command: [
      "dclint",
      "-c",
      "deploy/dclint.json",
      "compose.yaml",
      "compose.reader.yaml",
      "compose.cluster.yaml",
    ],
    hint: "npx dclint -c deploy/dclint.json .",
  },
  {
    name: "schema stays compatible",
    command: ["node", "scripts/check-breaking.ts"],
    hint: "npm run breaking",
  },
  {
    name: "unit tests",
    command: [
      "vitest",
      "run",
      "--reporter=default",
      "--reporter=json",
      `--outputFile=${unitReport}`,
    ],
    hint: "npx vitest",
  },
];

const page: Step = {
  name: "page build",
  command: ["node", "scripts/build-web.ts"],
  hint: "npm run build",
};

function run(step: Step): void {
  const started = performance.now();
  console.log(`\n── ${step.name}: ${step.command.join(" ")}`);
  const [program, ...args] = step.command;
  if (program === undefined) {
    throw new Error(`The step "${step.name}" has no command.`);
  }
  const { status } = spawnSync(program, args, {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
    env: {
      ...process.env,
      ...step.env,
      PATH: `${join(root, "node_modules/.bin")}:${process.env["PATH"]}`,
    },
  });
  if (status !== 0) {
    console.error(`\n${step.name} failed. To repair or repeat it alone: ${step.hint}`);
    process.exitCode = 1;
    throw new StepError();
  }
  console.log(`── ${step.name}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

class StepError extends Error {}

function count(path: string, read: (report: Record<string, unknown>) => unknown): number {
  const report: unknown = JSON.parse(readFileSync(path, "utf8"));
  // Both reporters write an object; a change of their format shows as NaN in the closing line.
  return Number(read(report as Record<string, unknown>));
}

/** Why browser tests were skipped, each reason once. */
function skipReasons(report: string): Set<string> {
  const reasons = report.matchAll(/"type": "skip",\s*"description": ("(?:[^"\\]|\\.)*")/g);
  return new Set([...reasons].map(([, reason = '""']) => JSON.parse(reason)));
}

try {
  mkdirSync(reports, { recursive: true });
  for (const step of checks) {
    run(step);
  }
  let passed = count(unitReport, (report) => report["numPassedTests"]);
  if (values["no-browser"] !== true) {
    run(page);
    const chromium = await provideChromium();
    provideOtherEngines();
    run({
      name: "browser tests",
      command: ["playwright", "test", "--reporter=list,json"],
      hint: "npm run e2e",
      env: { BOOKFINDER_CHROMIUM: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: browserReport },
    });
    // Tests that ended as they should at the first or, listed as flaky, at the second try.
    passed += count(browserReport, (report) => {
      const { expected, flaky } = Object(report["stats"]);
      return expected + flaky;
    });
    for (const reason of skipReasons(readFileSync(browserReport, "utf8"))) {
      console.warn(`\n!! Not tested: ${reason}`);
    }
  }
  console.log(`\n${passed} passed, 0 failed`);
} catch (error) {
  if (!(error instanceof StepError)) {
    throw error;
  }
}
