/**
 * Builds a catalogue out of dumps and puts it in the place of the present one.
 *
 *     redirects → records → authors → join → index → proof → swap
 *
 * Each stage leaves files under `import/` of the data folder (work-folder.ts); an import that is
 * called again with the same inputs continues where it was killed and gives the same catalogue.
 */
import { mkdirSync, rmSync, statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, join } from "node:path";
import { catalogueFile } from "#server/catalog-file/catalogue-file.ts";
import { readEdits } from "#server/edits/edit-store.ts";
import { FORMAT_VERSION } from "#server/sqlite/schema.ts";
import { loadAuthorTable } from "./files/author-table.ts";
import { lockImport } from "./files/import-lock.ts";
import { WorkFolder } from "./files/work-folder.ts";
import type { ImportOptions, ImportProgress, ImportResult } from "./import-options.ts";
import { download, isUrl } from "./inputs/download.ts";
import { findInputs, type IgnoredFile } from "./inputs/input-files.ts";
import type { FileReport, ImportReport } from "./report.ts";
import { checkInputs } from "./stages/check-inputs.ts";
import { type Crew, SoloCrew, ThreadCrew } from "./stages/crew.ts";
import { checkSpace, explainDiskError } from "./stages/disk-space.ts";
import { finishedImport, finishImport, indexedNote, startNote } from "./stages/finish-import.ts";
import { indexStage } from "./stages/index-stage.ts";
import { type JoinTotals, joinStage } from "./stages/join-stage.ts";
import {
  type ImportStart,
  isSameImport,
  type Manifest,
  makeManifest,
  revisionOf,
} from "./stages/manifest.ts";
import { isFinishedCatalogue, proveCatalogue } from "./stages/prove-catalogue.ts";
import { recordStage, redirectStage } from "./stages/read-stage.ts";
import type { AuthorTotals } from "./stages/table-authors.ts";
import { Tally, type TallyCounts } from "./tally.ts";

/** Below this size of input one thread is faster than starting several. */
const bytesWorthThreads = 8_000_000;
const segmentBytes = 32 * 1024 * 1024;

/** @throws {ImportError} when the input can't be used or the result is refused; the old catalogue stays. */
export async function importCatalogue(options: ImportOptions): Promise<ImportResult> {
  const begin = performance.now();
  const report = options.onProgress ?? (() => {});
  const { files, ignored } = await findInputs(await fetchInputs(options, report));
  const target = catalogueFile(options.dataDir);
  const manifest = await makeManifest(files, {
    source: options.source,
    formatVersion: FORMAT_VERSION,
  });
  const source = options.source ?? sourceOf(manifest);
  if (options.checkOnly === true) {
    const checked = await checkInputs(files, report);
    const head = { source, ignoredFiles: ignored, seconds: (performance.now() - begin) / 1000 };
    return {
      catalogueFile: target,
      report: { ...head, ...checked, joined: undefined, sizeBytes: 0 },
    };
  }
  mkdirSync(options.dataDir, { recursive: true });
  using _lock = lockImport(join(options.dataDir, "import.lock"));
  const folder = new WorkFolder(join(options.dataDir, "import"));
  try {
    const start = beginOrContinue(folder, manifest, options);
    let finished = finishedImport(folder, options.dataDir);
    if (finished === undefined) {
      await checkSpace(files, folder.path, folder.sizeBytes());
      const built = await build({ options, folder, start, source, report });
      report({ stage: "swap", done: 0, total: 1, unit: "steps", rows: 0 });
      const sizeBytes = statSync(built.path).size;
      finished = reportOf(built, { source, ignored, sizeBytes, begin });
      await finishImport({
        noteConflicts: options.noteConflicts,
        folder,
        built: built.path,
        target,
        start,
        joined: built.joined,
        report: finished,
      });
    }
    const result = { catalogueFile: target, report: finished };
    await options.afterSwap?.(result);
    folder.delete();
    return result;
  } catch (error) {
    throw explainDiskError(error, options.dataDir);
  }
}

/** The inputs with every URL replaced by the file it was downloaded to. */
async function fetchInputs(
  { inputs, dataDir }: ImportOptions,
  report: (progress: ImportProgress) => void,
): Promise<string[]> {
  const paths: string[] = [];
  for (const input of inputs) {
    const folder = join(dataDir, "downloads");
    paths.push(isUrl(input) ? await download(input, folder, report) : input);
  }
  return paths;
}

type Build = {
  options: ImportOptions;
  folder: WorkFolder;
  start: ImportStart;
  source: string;
  report: (progress: ImportProgress) => void;
};

type BuildResult = {
  path: string;
  joined: JoinTotals;
  authorTotals: AuthorTotals;
  staged: { files: FileReport[]; warnings: TallyCounts };
  warnings: TallyCounts;
};

/** All stages up to a proven catalogue file in the work folder. */
async function build({ options, folder, start, source, report }: Build): Promise<BuildResult> {
  const { files, partitionCount } = start.manifest;
  const suspects = files.filter(
    ({ hasRedirects, path }) => hasRedirects || start.lateRedirects.includes(path),
  );
  const { redirects, warnings } = await redirectStage(suspects, folder, partitionCount, report);
  const setup = {
    folder: folder.path,
    partitionCount,
    segmentBytes,
    nowYear: start.nowYear,
    redirects: redirects.data,
    edits: start.edits,
  };
  const workers = options.workers ?? usualWorkers(start.manifest);
  const crew: Crew = workers === 0 ? new SoloCrew(setup) : new ThreadCrew(setup, workers);
  try {
    const staged = await recordStage(files, folder, crew, report);
    const late = lateFiles(start, staged.files);
    if (late.length > 0) {
      await crew.close();
      const again = beginAgain(folder, start, late);
      return await build({ options, folder, start: again, source, report });
    }
    const authorTotals = await authorStage(folder, crew, report);
    const authorTable = loadAuthorTable(folder.file("authors.table"));
    const joined = await joinStage(folder, crew, partitionCount, authorTable, report);
    const path = folder.file("catalogue.db");
    if (!folder.has(indexedNote) && !isFinishedCatalogue(path)) {
      const { madeBooks, addedEditions } = joined;
      const written = { ...start.edits.lastWrite, madeBooks, addedEditions };
      const buildTime = new Date(start.startedAt);
      const info = { source, buildTime, revision: revisionOf(start), written };
      const { entries } = joined;
      await indexStage(
        { crew, folder, partitionCount, authorTable, authorTotals, redirects, entries, path, info },
        report,
      );
    }
    folder.writeJson(indexedNote, {});
    report({ stage: "proof", done: 0, total: 1, unit: "steps", rows: 0 });
    const expected = {
      works: joined.entries,
      editions: joined.counts.editions + joined.addedEditions,
      authors: authorTotals.authors,
    };
    await proveCatalogue(path, catalogueFile(options.dataDir), expected, options.force === true);
    return { path, joined, authorTotals, staged, warnings };
  } finally {
    await crew.close();
  }
}

function usualWorkers({ files }: Manifest): number {
  const totalBytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return totalBytes < bytesWorthThreads ? 0 : availableParallelism();
}

function beginOrContinue(
  folder: WorkFolder,
  manifest: Manifest,
  { dataDir, now = new Date() }: ImportOptions,
): ImportStart {
  const known = folder.readJson<ImportStart>(startNote);
  if (known !== undefined && isSameImport(known.manifest, manifest)) {
    folder.removeUnfinished();
    return known;
  }
  folder.clear();
  const start: ImportStart = {
    manifest,
    startedAt: now.toISOString(),
    nowYear: now.getUTCFullYear(),
    edits: readEdits(dataDir),
    lateRedirects: [],
  };
  folder.writeJson(startNote, start);
  return start;
}

/** Files whose beginning shows no redirects and that hold some nevertheless. */
function lateFiles({ manifest, lateRedirects }: ImportStart, files: FileReport[]): string[] {
  return files
    .filter(({ kept }, index) => {
      const isKnown = manifest.files[index]?.hasRedirects === true;
      return !isKnown && (kept["redirect"] !== undefined || kept["delete"] !== undefined);
    })
    .map(({ path }) => path)
    .filter((path) => !lateRedirects.includes(path));
}

/** Redirects have to be known before records are read: start anew with these files read first. */
function beginAgain(folder: WorkFolder, start: ImportStart, late: string[]): ImportStart {
  const again = { ...start, lateRedirects: [...start.lateRedirects, ...late] };
  folder.clear();
  folder.writeJson(startNote, again);
  return again;
}

async function authorStage(
  folder: WorkFolder,
  crew: Crew,
  report: (progress: ImportProgress) => void,
): Promise<AuthorTotals> {
  const known = folder.readJson<AuthorTotals>("authors.json");
  if (known !== undefined) {
    return known;
  }
  report({ stage: "authors", done: 0, total: 1, unit: "steps", rows: 0 });
  const totals = await crew.tableAuthors();
  folder.writeJson("authors.json", totals);
  for (const name of folder.list(".authors")) {
    rmSync(folder.file(name));
  }
  return totals;
}

/** "Open Library dump 2026-10-31", if a file's name says so. */
function sourceOf({ files }: Manifest): string {
  const names = files.map(({ path }) => basename(path));
  if (files.some(({ isGenerated }) => isGenerated)) {
    return "generated, not real books";
  }
  const date = names.map((name) => /\d{4}-\d{2}-\d{2}/.exec(name)?.[0]).find(Boolean);
  return date === undefined ? "Open Library dump" : `Open Library dump ${date}`;
}

function reportOf(
  { joined, authorTotals, staged, warnings }: BuildResult,
  context: { source: string; ignored: IgnoredFile[]; sizeBytes: number; begin: number },
): ImportReport {
  const all = new Tally();
  for (const part of [warnings, staged.warnings, joined.warnings]) {
    all.merge(part);
  }
  return {
    source: context.source,
    files: staged.files,
    ignoredFiles: context.ignored,
    warnings: all.counts(),
    joined: {
      ...joined.counts,
      entries: joined.entries,
      authors: authorTotals.authors,
      olderCopiesOfAuthors: authorTotals.olderCopies,
      edits: joined.edited.length,
      madeBooks: joined.madeBooks,
      conflicts: joined.conflicts.length,
    },
    sizeBytes: context.sizeBytes,
    seconds: (performance.now() - context.begin) / 1000,
  };
}
