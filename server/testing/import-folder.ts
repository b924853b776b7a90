import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Catalog } from "#server/catalog/catalog.ts";
import { catalogueFile } from "#server/catalog-file/catalogue-file.ts";
import { importCatalogue } from "#server/import/import-catalogue.ts";
import type { ImportOptions } from "#server/import/import-options.ts";
import type { ImportReport } from "#server/import/report.ts";
import { openSqliteCatalog } from "#server/sqlite/catalog.ts";

/** A folder of dumps and the data folder that they are imported into; both go when disposed of. */
export class ImportFolder {
  readonly #root = mkdtempSync(join(tmpdir(), "import-"));
  readonly dumps = join(this.#root, "dumps");
  readonly dataDir = join(this.#root, "data");

  constructor() {
    mkdirSync(this.dumps);
  }

  /** Imports the dumps, in this process alone. */
  async import(options: Partial<ImportOptions> = {}): Promise<ImportReport> {
    const now = new Date("2026-11-22T12:00:00Z");
    const { dumps, dataDir } = this;
    const { report } = await importCatalogue({
      inputs: [dumps],
      dataDir,
      workers: 0,
      now,
      ...options,
    });
    return report;
  }

  open(): Catalog {
    return openSqliteCatalog(catalogueFile(this.dataDir));
  }

  [Symbol.dispose](): void {
    rmSync(this.#root, { recursive: true });
  }
}
