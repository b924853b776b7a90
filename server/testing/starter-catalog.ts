import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Catalog } from "#server/catalog/catalog.ts";
import { importCatalogue } from "#server/import/import-catalogue.ts";
import { openSqliteCatalog } from "#server/sqlite/catalog.ts";
import { owningFolder } from "./catalog.ts";

/** The starter catalogue, imported into a temporary folder that its disposal removes. */
export async function starterCatalog(): Promise<Catalog> {
  const folder = mkdtempSync(join(tmpdir(), "bookfinder-starter-"));
  const inputs = [join(import.meta.dirname, "../starter")];
  const { catalogueFile } = await importCatalogue({ inputs, dataDir: folder, workers: 0 });
  return owningFolder(openSqliteCatalog(catalogueFile), folder);
}
