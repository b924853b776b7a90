import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";
import { editsFile } from "#server/edits/edit-database.ts";
import { EditStore } from "#server/edits/edit-store.ts";
import type { JoinTotals } from "./join-stage.ts";
import type { ImportStart } from "./manifest.ts";
import { missingWorks } from "./replay-edits.ts";
import type { ImportReport } from "./report.ts";
import { type WorkFolder, writeDurably } from "./work-folder.ts";

/** The report of the last import, for `npm run catalog -- status`. */
export function reportFile(dataDir: string): string {
  return join(dataDir, "last-import.json");
}

/** Notes conflicts and the report, swaps the proven catalogue in and removes the work folder. */
export function finishImport(done: {
  folder: WorkFolder;
  built: string;
  target: string;
  start: ImportStart;
  joined: JoinTotals;
  report: ImportReport;
}): void {
  const { folder, built, target, start, joined, report } = done;
  const dataDir = dirname(target);
  if (existsSync(editsFile(dataDir))) {
    using store = new EditStore(editsFile(dataDir));
    store.replaceConflicts([...joined.conflicts, ...missingWorks(start.edits, joined.edited)]);
  }
  writeDurably(reportFile(dataDir), Buffer.from(JSON.stringify(report, null, 2)));
  swapIn(built, target);
  folder.delete();
}

/** The report of an import that was killed after its swap; undefined if there is more to do. */
export function finishedImport(folder: WorkFolder, dataDir: string): ImportReport | undefined {
  if (!folder.has("indexed.json") || folder.has("catalogue.db")) return undefined;
  folder.delete();
  // Written by finishImport() before its swap.
  return JSON.parse(readFileSync(reportFile(dataDir), "utf8")) as ImportReport;
}

/**
 * Puts a finished catalogue in the place of the present one. Readers of the old one keep it until
 * they close it; whoever opens the name gets either the old or the new one, never a mixture.
 */
export function swapIn(built: string, target: string): void {
  fsyncPath(built);
  renameSync(built, target);
  fsyncPath(dirname(target));
}

function fsyncPath(path: string): void {
  const file = openSync(path, "r");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
