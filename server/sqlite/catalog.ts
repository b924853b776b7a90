/** The embedded engine: a catalogue in one SQLite file. */
import type { Catalog } from "#server/catalog/catalog.ts";
import { IndexedCatalog, type SearchSettings } from "#server/search/indexed-catalog.ts";
import { ReadDatabase } from "./database.ts";
import { SqliteIndex } from "./read/sqlite-index.ts";
import { SegmentedCatalog } from "./written/segmented-catalog.ts";
import { writtenFile } from "./written/written-file.ts";

export type SqliteCatalogOptions = SearchSettings & {
  /** Page cache; 32 MiB by default. */
  cacheBytes?: number;
  /** How much of the file's rows may be mapped into memory; 256 MiB by default. */
  mapBytes?: number;
  /** False for the catalogue as it was imported, without what was written here. */
  withWritten?: boolean;
};

/**
 * Opens a catalogue file that an IndexWriter finished.
 * @throws {Error} when it is missing, unfinished, no catalogue or of another version.
 */
export function openSqliteCatalog(path: string, options: SqliteCatalogOptions = {}): Catalog {
  const database = new ReadDatabase(path, {
    cacheBytes: options.cacheBytes ?? 32 * 1024 * 1024,
    mapBytes: options.mapBytes ?? 256 * 1024 * 1024,
  });
  const index = new SqliteIndex(database);
  if (options.withWritten === false) {
    return new IndexedCatalog(index, options);
  }
  return new SegmentedCatalog(index, writtenFile(path, index.info), options);
}
