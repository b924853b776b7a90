import type { JoinCounts } from "./entries/join-partition.ts";
import type { IgnoredFile, InputKind } from "./inputs/input-files.ts";
import type { TallyCounts } from "./tally.ts";

/** What an import read, kept, skipped, mended and wrote. */
export type ImportReport = {
  source: string;
  files: FileReport[];
  ignoredFiles: IgnoredFile[];
  warnings: TallyCounts;
  /** Undefined where the input was only checked. */
  joined: (JoinCounts & JoinedTotals) | undefined;
  sizeBytes: number;
  /** Of this run; a continued import doesn't count what was done before. */
  seconds: number;
};

/** `rows` is the number of lines; `kept` and `skipped` add up to it. */
export type FileReport = {
  path: string;
  kind: InputKind;
  sizeBytes: number;
  rows: number;
  kept: TallyCounts;
  skipped: TallyCounts;
};

export type JoinedTotals = {
  /** Works and editions standing as works. */
  entries: number;
  authors: number;
  olderCopiesOfAuthors: number;
  /** Edits made here that were replayed, and how many the import disagrees with. */
  edits: number;
  /** Books made here. */
  madeBooks: number;
  conflicts: number;
};
