/** The embedded engine: a catalogue in one SQLite file. */
import type { Catalog } from "#server/catalog/catalog.ts";
import { IndexedCatalog, type SearchSettings } from "#server/search/indexed-catalog.ts";
import { SqliteIndex } from "./read/sqlite-index.ts";

export type SqliteCatalogOptions = SearchSettings & {
  /** Page cache; 64 MiB by default. */
  cacheBytes?: number;
  /** How much of the file may be mapped into memory; 384 MiB by default. */
  mapBytes?: number;
};

/**
 * Opens a catalogue file that an IndexWriter finished.
 * @throws {Error} when it is missing, unfinished, no catalogue or of another version.
 */
export function openSqliteCatalog(path: string, options: SqliteCatalogOptions = {}): Catalog {
  const index = new SqliteIndex(path, {
    cacheBytes: options.cacheBytes ?? 64 * 1024 * 1024,
    mapBytes: options.mapBytes ?? 384 * 1024 * 1024,
  });
  return new IndexedCatalog(index, options);
}
