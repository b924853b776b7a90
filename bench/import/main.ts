/** How fast, how lean and how compact imports are: `node bench/import/main.ts --help`. */
import { spawn } from "node:child_process";
import {
  createReadStream,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";
import { catalogueFile } from "#server/catalog-file/catalogue-file.ts";
import { existingPath, parseCommandLine, startCommand } from "#server/command-line.ts";

const usage = `Usage: node bench/import/main.ts [--no-obvious] [--out FOLDER] FOLDERS OF DUMPS …

Speed, memory and size of imports beside the obvious script, in one run on one machine. Dumps: see
node bench/generate/main.ts --help.

  --no-obvious   leave the obvious script out
  --out FOLDER   where catalogues are built (default: the system's folder for temporary files)`;

const { values, folders } = startCommand(process, (args) => {
  const parsed = parseCommandLine(args, {
    usage,
    options: { "no-obvious": { type: "boolean" }, out: { type: "string" } },
    positionals: [1, 100],
  });
  return { values: parsed.values, folders: parsed.positionals.map(existingPath) };
});
const importer = join(import.meta.dirname, "../../server/import/cli.ts");
const obvious = join(import.meta.dirname, "obvious.ts");
const samplingMs = 100;

type Measure = {
  works: number;
  seconds: number;
  cpuSeconds: number;
  peakBytes: number;
  sizeBytes: number;
};

console.log(`${availableParallelism()} processors, Node ${process.version}`);
console.log("| input | program | works/s | CPU µs/work | peak memory | bytes/work |");
console.log("| --- | --- | --- | --- | --- | --- |");
for (const folder of folders) {
  const works = await countWorks(folder);
  const data = mkdtempSync(join(values.out ?? tmpdir(), "bench-import-"));
  const ours = await run([importer, folder], { BOOKFINDER_DATA: data });
  print(folder, "npm run import", {
    ...ours,
    works,
    sizeBytes: statSync(catalogueFile(data)).size,
  });
  if (values["no-obvious"] !== true) {
    const path = join(data, "obvious.db");
    const theirs = await run([obvious, folder, path], {});
    print(folder, "plain FTS5 table", { ...theirs, works, sizeBytes: statSync(path).size });
  }
  rmSync(data, { recursive: true });
}

function print(folder: string, program: string, measure: Measure): void {
  const { works, seconds, cpuSeconds, peakBytes, sizeBytes } = measure;
  const cells = [
    folder,
    program,
    Math.round(works / seconds).toLocaleString("en"),
    Math.round((cpuSeconds * 1e6) / works),
    `${Math.round(peakBytes / 1e6)} MB`,
    Math.round(sizeBytes / works),
  ];
  console.log(`| ${cells.join(" | ")} |`);
}

/** Runs a script and watches its memory and processor time through /proc (Linux). */
async function run(
  args: string[],
  env: Record<string, string>,
): Promise<Pick<Measure, "seconds" | "cpuSeconds" | "peakBytes">> {
  const begin = performance.now();
  const child = spawn(process.execPath, args, {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, ...env },
  });
  let peakBytes = 0;
  let cpuSeconds = 0;
  const timer = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
      // A process that has just ended has no memory to tell of.
      peakBytes = Math.max(peakBytes, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024);
      const [, , , , , , , , , , , user, system] = readFileSync(`/proc/${child.pid}/stat`, "utf8")
        .replace(/\(.*\)/, "x")
        .split(" ")
        .slice(2);
      // Clock ticks, 100 a second on Linux.
      cpuSeconds = (Number(user) + Number(system)) / 100;
    } catch {
      // The child has just ended.
    }
  }, samplingMs);
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  clearInterval(timer);
  if (code !== 0) {
    throw new Error(`${args.join(" ")} failed with ${code}`);
  }
  return { seconds: (performance.now() - begin) / 1000, cpuSeconds, peakBytes };
}

async function countWorks(folder: string): Promise<number> {
  let count = 0;
  for (const name of readdirSync(folder).filter((file) => file.includes("works"))) {
    const input = createReadStream(join(folder, name)).pipe(createGunzip());
    for await (const _line of createInterface({ input })) {
      count += 1;
    }
  }
  return count;
}
