import type { Catalog } from "#server/catalog/catalog.ts";
import type { Config } from "#server/config.ts";
import { openOpenSearchCatalog } from "#server/opensearch/catalog.ts";
import { openSqliteCatalog, type SqliteCatalogOptions } from "#server/sqlite/catalog.ts";

/** What opens the file that stands for a catalogue: all of it, or the words of one in a cluster. */
export function catalogOpener(
  { searchedCluster }: Pick<Config, "searchedCluster">,
  options?: SqliteCatalogOptions,
): (path: string) => Catalog {
  return (path) =>
    searchedCluster === undefined
      ? openSqliteCatalog(path, options)
      : openOpenSearchCatalog(path, searchedCluster);
}
