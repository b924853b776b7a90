import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { swapIn } from "#server/catalog-file/swap-in.ts";
import type { EditConflict } from "#server/edits/edit.ts";
import { editsFile } from "#server/edits/edit-database.ts";
import { EditStore } from "#server/edits/edit-store.ts";
import { missingWorks } from "../entries/replay-edits.ts";
import type { WorkFolder } from "../files/work-folder.ts";
import type { ImportOptions } from "../import-options.ts";
import type { ImportReport } from "../report.ts";
import { writeDurably } from "../whole-files.ts";
import type { JoinTotals } from "./join-stage.ts";
import type { ImportStart } from "./manifest.ts";

/** Files of the work folder: what is imported, and that its catalogue is finished. */
export const startNote = "manifest.json";
export const indexedNote = "indexed.json";

/** The report of the last import, for `npm run catalog -- status`. */
export function reportFile(dataDir: string): string {
  return join(dataDir, "last-import.json");
}

/**
 * Notes conflicts and the report, swaps the proven catalogue in, and leaves of the work folder what says that
 * this import has come so far.
 */
export async function finishImport(done: {
  folder: WorkFolder;
  built: string;
  target: string;
  start: ImportStart;
  joined: JoinTotals;
  report: ImportReport;
  noteConflicts: ImportOptions["noteConflicts"];
}): Promise<void> {
  const { folder, built, target, start, joined, report } = done;
  const dataDir = dirname(target);
  const conflicts = [...joined.conflicts, ...missingWorks(start.edits.works, joined.edited)];
  const { noteConflicts = (all) => noteInFile(dataDir, all) } = done;
  await noteConflicts(conflicts);
  writeDurably(reportFile(dataDir), Buffer.from(JSON.stringify(report, null, 2)));
  swapIn(built, target);
  folder.removeAllBut(startNote, indexedNote);
}

async function noteInFile(dataDir: string, conflicts: readonly EditConflict[]): Promise<void> {
  if (existsSync(editsFile(dataDir))) {
    using store = new EditStore(editsFile(dataDir));
    store.replaceConflicts(conflicts);
  }
}

/** The report of an import that was killed after its swap; undefined if there is more to do before it. */
export function finishedImport(folder: WorkFolder, dataDir: string): ImportReport | undefined {
  if (!folder.has(indexedNote) || folder.has("catalogue.db")) {
    return undefined;
  }
  // Written by finishImport() before its swap.
  return JSON.parse(readFileSync(reportFile(dataDir), "utf8")) as ImportReport;
}
