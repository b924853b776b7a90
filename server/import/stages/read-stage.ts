/** The stages that read the dumps: redirects first, then every record into staging files. */

import { type RedirectTable, RedirectTable as Table } from "../files/redirect-table.ts";
import { recordType, SegmentBuilder } from "../files/segments.ts";
import type { WorkFolder } from "../files/work-folder.ts";
import type { ImportProgress } from "../import-options.ts";
import type { InputFile } from "../inputs/input-files.ts";
import { readBlocks } from "../inputs/read-blocks.ts";
import { keyKind, kindOf } from "../keys.ts";
import type { FileReport } from "../report.ts";
import { Tally, type TallyCounts } from "../tally.ts";
import type { Crew } from "./crew.ts";
import { readRedirects } from "./read-redirects.ts";
import type { StageCounts } from "./stage-block.ts";
import type { SegmentNote } from "./tasks.ts";

type Report = (progress: ImportProgress) => void;

type RedirectFile = { from: number[]; to: number[]; deleted: number[]; warnings: TallyCounts };

/** Reads redirects and deletes of files that may hold some, or what an earlier run left of them. */
export async function redirectStage(
  files: readonly InputFile[],
  folder: WorkFolder,
  partitionCount: number,
  report: Report,
): Promise<{ redirects: RedirectTable; warnings: TallyCounts }> {
  const known = folder.readJson<RedirectFile>("redirects.json");
  if (known !== undefined) {
    const { from, to, deleted, warnings } = known;
    return {
      redirects: new Table({ from: shared(from), to: shared(to), deleted: shared(deleted) }),
      warnings,
    };
  }
  const warnings = new Tally();
  const progress = new FileProgress("redirects", files, report);
  const redirects = await readRedirects(files, warnings, (file, bytes) => progress.at(file, bytes));
  writeFormerKeys(redirects, folder, partitionCount);
  const { from, to, deleted } = redirects.data;
  folder.writeJson("redirects.json", {
    from: [...from],
    to: [...to],
    deleted: [...deleted],
    warnings: warnings.counts(),
  } satisfies RedirectFile);
  return { redirects, warnings: warnings.counts() };
}

/** Stages every block that no earlier run has staged. Returns what became of each line. */
export async function recordStage(
  files: readonly InputFile[],
  folder: WorkFolder,
  crew: Crew,
  report: Report,
): Promise<{ files: FileReport[]; warnings: TallyCounts }> {
  const known = folder.readJson<{ files: FileReport[]; warnings: TallyCounts }>("staged.json");
  if (known !== undefined) {
    return known;
  }
  const totals = files.map(() => newTotals());
  const warnings = new Tally();
  const staged = new Set<string>();
  const count = (fileIndex: number, counts: StageCounts): number => {
    totals[fileIndex]?.kept.merge(counts.kept);
    totals[fileIndex]?.skipped.merge(counts.skipped);
    warnings.merge(counts.warnings);
    return countOf(counts);
  };
  for (const note of folder.list(".segment")) {
    for (const block of folder.readJson<SegmentNote>(note)?.blocks ?? []) {
      staged.add(`${block.fileIndex}-${block.index}`);
      count(block.fileIndex, block.counts);
    }
  }
  const progress = new FileProgress("records", files, report);
  // The largest first: small ones then fill the workers' last gaps.
  const order = [...files.keys()].sort(
    (a, b) => (files[b]?.sizeBytes ?? 0) - (files[a]?.sizeBytes ?? 0),
  );
  for (const fileIndex of order) {
    const file = files[fileIndex];
    if (file === undefined) {
      continue;
    }
    for await (const block of readBlocks(file.path)) {
      const name = `${fileIndex}-${block.index}`;
      progress.at(file, block.fileBytesRead);
      if (staged.has(name)) {
        continue;
      }
      const { index, bytes, droppedLines } = block;
      const task = { name, fileIndex, index, kind: file.kind, bytes, droppedLines };
      await crew.stage(task, (counts) => progress.addRows(count(fileIndex, counts)));
    }
  }
  await crew.endStaging();
  const result = {
    files: files.map((file, index) => fileReport(file, totals[index] ?? newTotals())),
    warnings: warnings.counts(),
  };
  folder.writeJson("staged.json", result);
  return result;
}

type Totals = { kept: Tally; skipped: Tally };

function newTotals(): Totals {
  return { kept: new Tally(), skipped: new Tally() };
}

function fileReport(file: InputFile, { kept, skipped }: Totals): FileReport {
  return {
    path: file.path,
    kind: file.kind,
    sizeBytes: file.sizeBytes,
    rows: kept.total() + skipped.total(),
    kept: kept.counts(),
    skipped: skipped.counts(),
  };
}

function countOf({ kept, skipped }: StageCounts): number {
  let rows = 0;
  for (const { count } of Object.values(kept)) {
    rows += count;
  }
  for (const { count } of Object.values(skipped)) {
    rows += count;
  }
  return rows;
}

/** Every work that others were merged into gets their keys, so that old links find it. */
function writeFormerKeys(
  redirects: RedirectTable,
  folder: WorkFolder,
  partitionCount: number,
): void {
  const { from, to } = redirects.data;
  const segment = new SegmentBuilder(partitionCount, Math.max(4096, from.length * 32));
  from.forEach((key, index) => {
    if (kindOf(key) === keyKind.work) {
      segment.add(recordType.former, to[index] ?? 0, key, 0, "");
    }
  });
  if (segment.isEmpty) {
    return;
  }
  segment.write(folder.file("former.works"));
  folder.writeJson("former.segment", { blocks: [] } satisfies SegmentNote);
}

function shared(values: readonly number[]): Float64Array {
  const array = new Float64Array(new SharedArrayBuffer(values.length * 8));
  array.set(values);
  return array;
}

/** Progress over several files, in bytes of the files as they are. */
class FileProgress {
  readonly #stage: "redirects" | "records";
  readonly #report: Report;
  readonly #total: number;
  #finished = 0;
  #file: InputFile | undefined;
  #rows = 0;
  #done = 0;

  constructor(stage: "redirects" | "records", files: readonly InputFile[], report: Report) {
    this.#stage = stage;
    this.#report = report;
    this.#total = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  }

  at(file: InputFile, fileBytesRead: number): void {
    if (this.#file !== file) {
      this.#finished += this.#file?.sizeBytes ?? 0;
      this.#file = file;
    }
    this.#done = this.#finished + fileBytesRead;
    this.#tell();
  }

  addRows(rows: number): void {
    this.#rows += rows;
    this.#tell();
  }

  #tell(): void {
    this.#report({
      stage: this.#stage,
      done: this.#done,
      total: this.#total,
      unit: "bytes",
      rows: this.#rows,
    });
  }
}
