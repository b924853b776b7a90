import type { EditConflict } from "#server/edits/edit.ts";
import type { ImportReport } from "./report.ts";

export type ImportOptions = {
  /** Files, folders and URLs. */
  inputs: readonly string[];
  /** Where the catalogue lives and the import works ($BOOKFINDER_DATA). */
  dataDir: string;
  /** Where the books are from, e.g. "Open Library dump 2026-10-31"; told from the input by default. */
  source?: string;
  /** Worker threads; 0 does everything in the calling thread. Default: by size and processors. */
  workers?: number;
  /** Judge the input and write nothing. */
  checkOnly?: boolean;
  /** Swap the new catalogue in even if it lost more than the tolerance allows. */
  force?: boolean;
  /** The time of the import; continued imports keep that of their beginning. */
  now?: Date;
  onProgress?: (progress: ImportProgress) => void;
  /** Keeps what the import disagrees with; in the file of edits by default. */
  noteConflicts?: ((conflicts: readonly EditConflict[]) => Promise<void>) | undefined;
  /**
   * What else is done with the catalogue once it is in its place, e.g. loading it elsewhere. The import is
   * over after that: one that is called again continues here, with the same catalogue.
   */
  afterSwap?: ((result: ImportResult) => Promise<void>) | undefined;
};

export type ImportProgress = {
  stage: ImportStage;
  /** Of `unit`. */
  done: number;
  total: number;
  unit: "bytes" | "partitions" | "works" | "authors" | "steps";
  /** Rows read so far in this stage; 0 where it reads none. */
  rows: number;
};

const importStages = [
  "download",
  "redirects",
  "records",
  "authors",
  "join",
  "index",
  "proof",
  "swap",
] as const;
export type ImportStage = (typeof importStages)[number];

export type ImportResult = { report: ImportReport; catalogueFile: string };
