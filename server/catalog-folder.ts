/** The catalogue in the folder of everything the server keeps. */
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Logger } from "pino";
import type { Catalog } from "./catalog/catalog.ts";
import { openSqliteCatalog } from "./sqlite/catalog.ts";
import { catalogueFile } from "./sqlite/data-folder.ts";
import { openLiveCatalog } from "./sqlite/live-catalog.ts";

const starterDir = join(import.meta.dirname, "starter");

/**
 * Opens the catalogue and follows it when an import replaces it; builds the starter catalogue first
 * where there is none.
 *
 * @throws {ImportError} when the starter catalogue can't be built, e.g. because the disk is full.
 */
export async function openCatalog(dataDir: string, log: Logger): Promise<Catalog> {
  mkdirSync(dataDir, { recursive: true });
  const path = catalogueFile(dataDir);
  if (!existsSync(path)) {
    await buildStarter(dataDir, log);
  }
  return openLiveCatalog({
    path,
    open: (file) => openSqliteCatalog(file),
    onSwap: (info) => log.info(info, "Now serving a new catalogue"),
    onProblem: (error) => log.error({ err: error }, "The new catalogue can't be opened"),
  });
}

async function buildStarter(dataDir: string, log: Logger): Promise<void> {
  // Only the first start pays for loading the importer.
  const { importCatalogue } = await import("./import/import-catalogue.ts");
  const startMs = performance.now();
  await importCatalogue({
    inputs: [starterDir],
    dataDir,
    source: "BookFinder starter catalogue",
  });
  const ms = Math.round(performance.now() - startMs);
  log.info({ dataDir, ms }, "Built the starter catalogue");
}
