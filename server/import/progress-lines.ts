/** Progress and the final report as text for the console. */
import type { ImportProgress, ImportStage } from "./import-options.ts";
import type { ImportReport } from "./report.ts";
import type { TallyCounts } from "./tally.ts";

const stageNames: Record<ImportStage, string> = {
  download: "Downloading",
  redirects: "Reading merged keys",
  records: "Reading records",
  authors: "Gathering authors",
  join: "Joining works and editions",
  index: "Writing the index",
  proof: "Proving the result",
  swap: "Swapping it in",
};

/** Where there is no terminal, a line is written this often. */
const quietMs = 15_000;
const liveMs = 200;

/** Shows progress: one line that changes on a terminal, plain lines elsewhere. */
export class ProgressPrinter {
  readonly #write: (text: string) => void;
  readonly #isTerminal: boolean;
  readonly #now: () => number;
  #phase = "";
  #phaseStart = 0;
  #firstDone = 0;
  #lastShown = 0;

  constructor(write: (text: string) => void, isTerminal: boolean, now: () => number) {
    this.#write = write;
    this.#isTerminal = isTerminal;
    this.#now = now;
  }

  show(progress: ImportProgress): void {
    const now = this.#now();
    const phase = `${progress.stage} ${progress.unit}`;
    const isNew = phase !== this.#phase;
    if (isNew) {
      if (this.#phase !== "" && this.#isTerminal) {
        this.#write("\n");
      }
      this.#phase = phase;
      this.#phaseStart = now;
      this.#firstDone = progress.done;
    }
    if (!isNew && now - this.#lastShown < (this.#isTerminal ? liveMs : quietMs)) {
      return;
    }
    this.#lastShown = now;
    const seconds = (now - this.#phaseStart) / 1000;
    const line = progressLine(progress, progress.done - this.#firstDone, seconds);
    this.#write(this.#isTerminal ? `\r\u001b[K${line}` : `${line}\n`);
  }

  end(): void {
    if (this.#isTerminal && this.#phase !== "") {
      this.#write("\n");
    }
  }
}

/** "Reading records: 1.2 GB of 14.9 GB (8 %), 3,210,000 rows, 85 MB/s, 2 min 41 s left". */
export function progressLine(progress: ImportProgress, doneHere: number, seconds: number): string {
  const { stage, done, total, unit, rows } = progress;
  const name = stageNames[stage];
  if (unit === "steps") {
    return `${name} …`;
  }
  const percent = total === 0 ? 100 : Math.floor((100 * done) / total);
  const parts = [`${name}: ${amount(done, unit)} of ${amount(total, unit)} (${percent} %)`];
  if (rows > 0) {
    parts.push(`${whole(rows)} ${stage === "join" ? "works" : "rows"}`);
  }
  if (seconds > 1 && doneHere > 0) {
    const rate = doneHere / seconds;
    if (unit !== "partitions") {
      parts.push(`${amount(rate, unit)}/s`);
    }
    parts.push(`${duration((total - done) / rate)} left`);
  }
  return parts.join(", ");
}

/** What was read, kept, skipped, mended and written. */
export function reportLines(report: ImportReport): string[] {
  const { joined, files, ignoredFiles, warnings } = report;
  const lines = [`Source: ${report.source}`, ""];
  for (const file of files) {
    lines.push(`${file.path} (${file.kind}, ${bytes(file.sizeBytes)}): ${whole(file.rows)} rows`);
    lines.push(...tallyLines("kept", file.kept), ...tallyLines("skipped", file.skipped));
  }
  for (const { path, reason } of ignoredFiles) {
    lines.push(`${path}: not read; ${reason}`);
  }
  if (Object.keys(warnings).length > 0) {
    lines.push("", "Mended or left out of records:");
  }
  lines.push(...tallyLines("", warnings));
  if (joined !== undefined) {
    lines.push("", ...joinedLines(joined));
  }
  if (report.sizeBytes > 0) {
    lines.push(...sizeLines(report));
  }
  return lines;
}

function joinedLines(joined: NonNullable<ImportReport["joined"]>): string[] {
  const lines = [
    `Works: ${whole(joined.works)}, and ${whole(joined.orphanEditions)} editions without a work` +
      ` that stand as works of their own: ${whole(joined.entries)} books`,
    `Editions: ${whole(joined.editions)}; authors: ${whole(joined.authors)}`,
  ];
  const copies =
    joined.olderCopiesOfWorks + joined.olderCopiesOfEditions + joined.olderCopiesOfAuthors;
  if (copies > 0) {
    lines.push(`Older copies of records that came twice: ${whole(copies)}`);
  }
  if (joined.edits > 0) {
    lines.push(`Edits made here and replayed: ${whole(joined.edits)}`);
  }
  if (joined.madeBooks > 0) {
    lines.push(`Books made here: ${whole(joined.madeBooks)}`);
  }
  if (joined.conflicts > 0) {
    lines.push(`Edits in conflict (npm run catalog -- conflicts): ${whole(joined.conflicts)}`);
  }
  return lines;
}

function sizeLines({ sizeBytes, seconds, joined }: ImportReport): string[] {
  const books = Math.max(1, joined?.entries ?? 0);
  return [
    `Catalogue: ${bytes(sizeBytes)}, ${whole(sizeBytes / books)} bytes per book`,
    `Time: ${duration(seconds)}, ${whole(books / Math.max(0.001, seconds))} books/s`,
  ];
}

function tallyLines(heading: string, counts: TallyCounts): string[] {
  const ordered = Object.entries(counts).toSorted(([, a], [, b]) => b.count - a.count);
  return ordered.map(([name, { count, examples }]) => {
    const shown = examples.length === 0 ? "" : ` e.g. ${examples.map((e) => `‹${e}›`).join(" ")}`;
    return `  ${heading === "" ? "" : `${heading} `}${whole(count)} ${name}${shown}`;
  });
}

function amount(value: number, unit: ImportProgress["unit"]): string {
  return unit === "bytes" ? bytes(value) : `${whole(value)} ${unit}`;
}

export function bytes(value: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let index = 0;
  let scaled = value;
  while (scaled >= 1000 && index < units.length - 1) {
    scaled /= 1000;
    index += 1;
  }
  return `${index === 0 || scaled >= 100 ? Math.round(scaled) : scaled.toFixed(1)} ${units[index]}`;
}

export function whole(value: number): string {
  return Math.round(value).toLocaleString("en");
}

/** "4 s", "2 min 41 s", "1 h 12 min". */
export function duration(seconds: number): string {
  if (seconds < 60) {
    return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  }
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) {
    return `${minutes} min ${Math.round(seconds % 60)} s`;
  }
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
