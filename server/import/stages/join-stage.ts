import type { EditConflict } from "#server/edits/edit.ts";
import type { JoinCounts } from "../entries/join-partition.ts";
import type { WorkFolder } from "../files/work-folder.ts";
import type { ImportProgress } from "../import-options.ts";
import { Tally, type TallyCounts } from "../tally.ts";
import type { Crew } from "./crew.ts";
import type { JoinNote } from "./tasks.ts";

export type JoinTotals = {
  counts: JoinCounts;
  entries: number;
  warnings: TallyCounts;
  edited: string[];
  madeBooks: number;
  addedEditions: number;
  conflicts: EditConflict[];
};

/** Joins every partition that no earlier run has joined. */
export async function joinStage(
  folder: WorkFolder,
  crew: Crew,
  partitionCount: number,
  authorTable: SharedArrayBuffer,
  report: (progress: ImportProgress) => void,
): Promise<JoinTotals> {
  const known = folder.readJson<JoinTotals>("joined.json");
  if (known !== undefined) {
    return known;
  }
  const sum: JoinTotals = {
    counts: {
      works: 0,
      editions: 0,
      orphanEditions: 0,
      olderCopiesOfWorks: 0,
      olderCopiesOfEditions: 0,
    },
    entries: 0,
    warnings: {},
    edited: [],
    madeBooks: 0,
    addedEditions: 0,
    conflicts: [],
  };
  const warnings = new Tally();
  const missing: number[] = [];
  let done = 0;
  const add = (note: JoinNote): void => {
    for (const name of Object.keys(sum.counts) as (keyof JoinCounts)[]) {
      sum.counts[name] += note.counts[name];
    }
    sum.entries += note.entries;
    sum.edited.push(...note.edited);
    sum.madeBooks += note.madeBooks;
    sum.addedEditions += note.addedEditions;
    sum.conflicts.push(...note.conflicts);
    warnings.merge(note.warnings);
    done += 1;
    report({ stage: "join", done, total: partitionCount, unit: "partitions", rows: sum.entries });
  };
  for (let partition = 0; partition < partitionCount; partition++) {
    const note = folder.readJson<JoinNote>(`${partition}.joined`);
    if (note === undefined) {
      missing.push(partition);
    } else {
      add(note);
    }
  }
  await crew.join(missing, authorTable, add);
  const totals = { ...sum, warnings: warnings.counts() };
  folder.writeJson("joined.json", totals);
  // Half of the disk an import needs; nothing reads them any more.
  for (const name of [...folder.list(".works"), ...folder.list(".segment")]) {
    folder.remove(name);
  }
  return totals;
}
