/** Staged authors → the table of their names for the join, and their records sorted for the index. */
import { closeSync, fsyncSync, openSync, renameSync } from "node:fs";
import { AuthorTableBuilder } from "../files/author-table.ts";
import { RunBuilder } from "../files/runs.ts";
import {
  payloadOf,
  type SegmentReader,
  type StagedRecord,
  stagedRecords,
} from "../files/segments.ts";
import { decodeAuthor } from "../files/staged-codec.ts";
import type { WorkFolder } from "../files/work-folder.ts";

export type AuthorTotals = {
  authors: number;
  olderCopies: number;
  /** Byte ranges of the sorted runs in `authors.runs`. */
  sections: [start: number, end: number][];
};

const runBytes = 1024 * 1024;

export function tableAuthors(
  folder: WorkFolder,
  segments: readonly SegmentReader[],
  partitionCount: number,
): AuthorTotals {
  using table = new AuthorTableBuilder(folder.file("authors.table"), partitionCount);
  const totals: AuthorTotals = { authors: 0, olderCopies: 0, sections: [] };
  const path = folder.file("authors.runs");
  const file = openSync(`${path}.part`, "w");
  const run = new RunBuilder(runBytes);
  let written = 0;
  try {
    for (let partition = 0; partition < partitionCount; partition++) {
      const records = sortedRecords(segments, partition);
      records.forEach((record, index) => {
        if (records[index - 1]?.key === record.key) {
          totals.olderCopies += 1;
          return;
        }
        const payload = payloadOf(record);
        const { name, alternateNames } = decodeAuthor(payload);
        table.add(record.key, name, alternateNames);
        run.add(record.key, 0, payload);
        totals.authors += 1;
      });
      table.endPartition(partition);
      const end = written + run.writeTo(file);
      totals.sections.push([written, end]);
      written = end;
    }
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(`${path}.part`, path);
  table.finish();
  return totals;
}

/** By key; of several copies of a record the newest comes first. */
function sortedRecords(segments: readonly SegmentReader[], partition: number): StagedRecord[] {
  return segments
    .flatMap((segment) => [...stagedRecords(segment.readPartition(partition))])
    .sort(
      (a, b) =>
        a.key - b.key ||
        b.revision - a.revision ||
        b.bytes.compare(a.bytes, a.start, a.end, b.start, b.end),
    );
}
