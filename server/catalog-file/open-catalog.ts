/** The catalogue in the folder of everything the server keeps. */
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Logger } from "pino";
import type { Catalog } from "#server/catalog/catalog.ts";
import { isDiskFull } from "#server/database/disk-full.ts";
import { ImportError } from "#server/import/import-error.ts";
import { openSqliteCatalog } from "#server/sqlite/catalog.ts";
import { catalogueFile } from "./catalogue-file.ts";
import { type LiveCatalogOptions, openLiveCatalog } from "./live-catalog.ts";

const starterDir = join(import.meta.dirname, "../starter");
/** Says which file is the starter catalogue, as it was built here. */
const markerName = "starter-catalogue";

/** The catalogue can't be opened; the message says what to do. */
export class CatalogFolderError extends Error {
  override name = "CatalogFolderError";
}

/** Who opens a catalogue file: this process, or those that search for it. */
export type CatalogOpener = Pick<LiveCatalogOptions, "open" | "onOverwritten"> & {
  /** Done when an import's file is searched instead of the one before. */
  afterSwap?: () => void;
};

/**
 * Opens the catalogue and follows it when an import replaces it. Builds the starter catalogue first
 * where there is none, or where it was built by another version of this program.
 *
 * @throws {CatalogFolderError} when there is a catalogue that can't be opened, or the starter
 * catalogue can't be built, e.g. because the disk is full.
 */
export async function openCatalog(
  dataDir: string,
  log: Logger,
  opener: CatalogOpener = { open: openSqliteCatalog },
): Promise<Catalog> {
  try {
    return await openOrBuild(dataDir, log, opener);
  } catch (error) {
    throw explainDisk(error, dataDir);
  }
}

/** What the system says of a disk, as a sentence; any other error as it is. */
export function explainDisk(error: unknown, dataDir: string): unknown {
  const { code } = error as { code?: unknown };
  const isFull = isDiskFull(error);
  const isForbidden = ["EACCES", "EPERM", "EROFS", "ENOTDIR", "EEXIST"].includes(String(code));
  if (!isFull && !isForbidden) {
    return error;
  }
  const problem = isFull ? "There is no room left" : "The server may not write";
  return new CatalogFolderError(
    `${problem} in ${resolve(dataDir)}, where it keeps the catalogue. ` +
      `${isFull ? "Make room" : "Let it"}, or let BOOKFINDER_DATA name another folder.`,
    { cause: error },
  );
}

/** Opens the catalogue, which is there, as it was imported, and follows it in the same way. */
export function openImported(dataDir: string): Promise<Catalog> {
  // Read a book at a time, when it is written to.
  const options = { withWritten: false, cacheBytes: 4 * 1024 * 1024, mapBytes: 0 };
  return openLiveCatalog({
    path: catalogueFile(dataDir),
    open: (path) => openSqliteCatalog(path, options),
  });
}

async function openOrBuild(dataDir: string, log: Logger, opener: CatalogOpener): Promise<Catalog> {
  mkdirSync(dataDir, { recursive: true });
  const path = catalogueFile(dataDir);
  if (!existsSync(path)) {
    await buildStarter(dataDir, log);
    return follow(path, log, opener);
  }
  try {
    return await follow(path, log, opener);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    if (!isStarter(dataDir)) {
      throw new CatalogFolderError(
        `${problem}. Import it anew (npm run import), or move it away to begin with the starter catalogue.`,
        { cause: error },
      );
    }
    log.info({ problem }, "Building the starter catalogue anew");
    await buildStarter(dataDir, log);
    return follow(path, log, opener);
  }
}

function follow(path: string, log: Logger, opener: CatalogOpener): Promise<Catalog> {
  const { afterSwap, ...others } = opener;
  return openLiveCatalog({
    path,
    ...others,
    onSwap(info) {
      log.info(info, "Now serving a new catalogue");
      afterSwap?.();
    },
    onProblem: (error) => log.error({ err: error }, "The new catalogue can't be opened"),
  });
}

async function buildStarter(dataDir: string, log: Logger): Promise<void> {
  // Only the first start pays for loading the importer.
  const { importCatalogue } = await import("#server/import/import-catalogue.ts");
  const startMs = performance.now();
  // One that can't be opened is nothing that the new one could be compared with.
  rmSync(catalogueFile(dataDir), { force: true });
  try {
    await importCatalogue({
      inputs: [starterDir],
      dataDir,
      source: "BookFinder starter catalogue",
    });
  } catch (error) {
    if (!(error instanceof ImportError)) {
      throw error;
    }
    throw new CatalogFolderError(error.message, { cause: error });
  }
  writeFileSync(join(dataDir, markerName), identityOf(dataDir));
  const ms = Math.round(performance.now() - startMs);
  log.info({ dataDir, ms }, "Built the starter catalogue");
}

/** True if the catalogue there is the starter catalogue, which nobody would miss. */
function isStarter(dataDir: string): boolean {
  const marker = join(dataDir, markerName);
  return existsSync(marker) && readFileSync(marker, "utf8") === identityOf(dataDir);
}

function identityOf(dataDir: string): string {
  const { size, mtimeMs } = statSync(catalogueFile(dataDir));
  return `${size} ${mtimeMs}\n`;
}
