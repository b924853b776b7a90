/**
 * Writes dump files of a catalogue that doesn't exist, in the formats of Open Library's, for benches:
 *
 *   node bench/generate/main.ts --works 1000000 --out /tmp/generated [--seed 1] [--workers 2]
 */
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { type WrittenFile, writeFiles } from "./write-files.ts";

const { values } = parseArgs({
  options: {
    works: { type: "string" },
    out: { type: "string" },
    seed: { type: "string", default: "1" },
    workers: { type: "string", default: String(Math.min(2, availableParallelism())) },
  },
});

const numbers = [values.works, values.seed, values.workers].map(Number);
const [works = Number.NaN, seed = Number.NaN, workers = Number.NaN] = numbers;
if (
  values.out === undefined ||
  numbers.some((number) => !Number.isInteger(number)) ||
  workers < 1
) {
  console.error(
    "Usage: node bench/generate/main.ts --works <number> --out <folder> [--seed 1] [--workers 2]",
  );
  process.exit(1);
}

const startMs = performance.now();
let nextReportMs = startMs;
const files = await writeFiles({ works, seed, workers, folder: values.out, onBlock: report });
const seconds = (performance.now() - startMs) / 1000;
const cpu = process.cpuUsage();
for (const file of files) console.log(summary(file));
const rows = files.reduce((sum, file) => sum + file.rows, 0);
const cpuSeconds = (cpu.user + cpu.system) / 1e6;
console.log(
  `${rows.toLocaleString("en")} rows in ${seconds.toFixed(1)} s (${cpuSeconds.toFixed(1)} s of CPU: ` +
    `${Math.round(rows / cpuSeconds).toLocaleString("en")} rows per second and core), ` +
    `peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB. Generated, not real books.`,
);

function report(file: WrittenFile, rowsInAll: number): void {
  if (performance.now() < nextReportMs) return;
  nextReportMs = performance.now() + 5000;
  console.error(`${file.kind}: ${((file.rows / rowsInAll) * 100).toFixed(0)} %`);
}

function summary({ path, rows, rawBytes, bytes }: WrittenFile): string {
  const megabytes = (size: number) => `${(size / 1e6).toFixed(1)} MB`;
  return `${path}: ${rows.toLocaleString("en")} rows, ${megabytes(rawBytes)}, gzipped ${megabytes(bytes)}`;
}
