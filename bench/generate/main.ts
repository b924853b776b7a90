/** Dump files of a catalogue that doesn't exist: `node bench/generate/main.ts --help`. */
import { availableParallelism } from "node:os";
import { parseCommandLine, startCommand, UsageError, wholeNumber } from "#server/command-line.ts";
import { fewestWorks, mostWorks } from "./sizes.ts";
import { type WrittenFile, writeFiles } from "./write-files.ts";

const usage = `Usage: node bench/generate/main.ts --works N --out FOLDER [--seed 1] [--workers 2]

Writes dump files of a catalogue that doesn't exist, in the formats of Open Library's, for benches.

  --works N      works, ${fewestWorks} to ${mostWorks}; editions, authors … follow in Open Library's proportions
  --out FOLDER   where the files go
  --seed N       another catalogue of the same kind (default 1)
  --workers N    threads (default 2, or 1 on one processor)`;

const { works, seed, workers, folder } = startCommand(process, (args) => {
  const { values } = parseCommandLine(args, {
    usage,
    options: {
      works: { type: "string" },
      out: { type: "string" },
      seed: { type: "string", default: "1" },
      workers: { type: "string", default: String(Math.min(2, availableParallelism())) },
    },
  });
  if (values.works === undefined) {
    throw new UsageError("Say how many works with --works.");
  }
  if (values.out === undefined) {
    throw new UsageError("Name a folder with --out.");
  }
  return {
    works: wholeNumber("--works", values.works, fewestWorks, mostWorks),
    seed: wholeNumber("--seed", values.seed, 0),
    workers: wholeNumber("--workers", values.workers, 1, 64),
    folder: values.out,
  };
});

const startMs = performance.now();
let nextReportMs = startMs;
const files = await writeFiles({ works, seed, workers, folder, onBlock: report });
const seconds = (performance.now() - startMs) / 1000;
const cpu = process.cpuUsage();
for (const file of files) {
  console.log(summary(file));
}
const rows = files.reduce((sum, file) => sum + file.rows, 0);
const cpuSeconds = (cpu.user + cpu.system) / 1e6;
console.log(
  `${rows.toLocaleString("en")} rows in ${seconds.toFixed(1)} s (${cpuSeconds.toFixed(1)} s of CPU: ` +
    `${Math.round(rows / cpuSeconds).toLocaleString("en")} rows per second and core), ` +
    `peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB. Generated, not real books.`,
);

function report(file: WrittenFile, rowsInAll: number): void {
  if (performance.now() < nextReportMs) {
    return;
  }
  nextReportMs = performance.now() + 5000;
  console.error(`${file.kind}: ${((file.rows / rowsInAll) * 100).toFixed(0)} %`);
}

function summary({ path, rows, rawBytes, bytes }: WrittenFile): string {
  const megabytes = (size: number) => `${(size / 1e6).toFixed(1)} MB`;
  return `${path}: ${rows.toLocaleString("en")} rows, ${megabytes(rawBytes)}, gzipped ${megabytes(bytes)}`;
}
