/** Imports that are killed at random moments: `node bench/import/crash.ts --help`. */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { catalogueFile } from "#server/catalog-file/catalogue-file.ts";
import { existingPath, parseCommandLine, startCommand, wholeNumber } from "#server/command-line.ts";
import { catalogueDigest } from "#server/testing/catalogue-digest.ts";

const usage = `Usage: node bench/import/crash.ts [--kills 50] [--seed 1] [FILES OR FOLDERS …]

Kills imports with SIGKILL at random moments, starts them again with the same command, and compares
every finished catalogue, row by row, with that of an undisturbed import. Imports the shared
catalogue where nothing is named.

  --kills N   how often (default 50)
  --seed N    other moments (default 1)`;

const options = startCommand(process, (args) => {
  const { values, positionals } = parseCommandLine(args, {
    usage,
    options: {
      kills: { type: "string", default: "50" },
      seed: { type: "string", default: "1" },
    },
    positionals: [0, 1000],
  });
  return {
    kills: wholeNumber("--kills", values.kills, 1),
    seed: wholeNumber("--seed", values.seed, 0),
    inputs: (positionals.length > 0 ? positionals : ["../shared/data/catalogue"]).map(existingPath),
  };
});
const cli = join(import.meta.dirname, "../../server/import/cli.ts");
const { inputs } = options;
const root = mkdtempSync(join(tmpdir(), "crash-"));
let state = options.seed;

const begin = performance.now();
await importOnce(join(root, "undisturbed"), undefined);
const undisturbedMs = performance.now() - begin;
const expected = catalogueDigest(catalogueFile(join(root, "undisturbed")));
console.log(`undisturbed: ${Math.round(undisturbedMs)} ms, digest ${expected.slice(0, 16)}`);

const dataDir = join(root, "killed");
const killsByStage = new Map<string, number>();
let kills = 0;
let finished = 0;
while (kills < options.kills) {
  // A quarter of the whole time on average: several kills on the way to each finished import.
  const isFinished = await importOnce(dataDir, random() * undisturbedMs * 0.5);
  if (isFinished) {
    compare();
  } else {
    kills += 1;
    const stage = stageOf(dataDir);
    killsByStage.set(stage, (killsByStage.get(stage) ?? 0) + 1);
  }
}
await importOnce(dataDir, undefined);
compare();
rmSync(root, { recursive: true });
console.log(
  `${kills} kills (${JSON.stringify(Object.fromEntries(killsByStage))}), ${finished} finished imports`,
);
console.log("all digests equal");

function compare(): void {
  const digest = catalogueDigest(catalogueFile(dataDir));
  if (digest !== expected) {
    throw new Error(`after ${kills} kills the digest is ${digest}; ${dataDir} is kept`);
  }
  finished += 1;
  rmSync(dataDir, { recursive: true });
}

/** Runs an import to its end or kills it; whether it finished. */
async function importOnce(data: string, killAfterMs: number | undefined): Promise<boolean> {
  const child = spawn(process.execPath, [cli, ...inputs], {
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, BOOKFINDER_DATA: data },
  });
  let errors = "";
  child.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  const timer =
    killAfterMs === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), killAfterMs);
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve) => {
    child.on("close", (...ended) => resolve(ended));
  });
  clearTimeout(timer);
  if (code === 0) {
    return true;
  }
  if (signal === "SIGKILL") {
    return false;
  }
  throw new Error(`the import failed with ${code}: ${errors}`);
}

/** How far the killed import had come, as its files tell. */
function stageOf(data: string): string {
  const folder = join(data, "import");
  if (!existsSync(folder)) {
    return existsSync(catalogueFile(data)) ? "after the swap" : "start";
  }
  const names = new Set(readdirSync(folder));
  if (names.has("indexed.json")) {
    return "proof";
  }
  if (names.has("joined.json")) {
    return "index";
  }
  if (names.has("authors.json")) {
    return "join";
  }
  if (names.has("staged.json")) {
    return "authors";
  }
  return names.has("redirects.json") ? "records" : "redirects";
}

/** Mulberry32: the same kills for the same seed, as far as the machine's speed allows. */
function random(): number {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
}
