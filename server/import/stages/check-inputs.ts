/** `--check`: reads and judges every line as an import would, and writes nothing. */

import { SegmentBuilder } from "../files/segments.ts";
import type { ImportProgress } from "../import-options.ts";
import type { InputFile } from "../inputs/input-files.ts";
import { readBlocks } from "../inputs/read-blocks.ts";
import type { FileReport } from "../report.ts";
import { Tally, type TallyCounts } from "../tally.ts";
import { readRedirects } from "./read-redirects.ts";
import { stageBlock } from "./stage-block.ts";

const bufferBytes = 8 * 1024 * 1024;

export async function checkInputs(
  files: readonly InputFile[],
  report: (progress: ImportProgress) => void,
): Promise<{ files: FileReport[]; warnings: TallyCounts }> {
  const warnings = new Tally();
  const suspects = files.filter(({ hasRedirects }) => hasRedirects);
  const redirects = await readRedirects(suspects, warnings, () => {});
  const total = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const reports: FileReport[] = [];
  let done = 0;
  let rows = 0;
  for (const { path, kind, sizeBytes } of files) {
    const kept = new Tally();
    const skipped = new Tally();
    for await (const block of readBlocks(path)) {
      // Fresh for every block: what is staged here is dropped.
      const works = new SegmentBuilder(1, bufferBytes);
      const counts = stageBlock(block.bytes, kind, { redirects, works, authors: works });
      kept.merge(counts.kept);
      skipped.merge(counts.skipped);
      if (block.droppedLines > 0) {
        skipped.add("line too long", "", block.droppedLines);
      }
      warnings.merge(counts.warnings);
      const fileRows = kept.total() + skipped.total();
      report({
        stage: "records",
        done: done + block.fileBytesRead,
        total,
        unit: "bytes",
        rows: rows + fileRows,
      });
    }
    const fileRows = kept.total() + skipped.total();
    reports.push({
      path,
      kind,
      sizeBytes,
      rows: fileRows,
      kept: kept.counts(),
      skipped: skipped.counts(),
    });
    done += sizeBytes;
    rows += fileRows;
  }
  return { files: reports, warnings: warnings.counts() };
}
