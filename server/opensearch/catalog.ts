/** A catalogue in an OpenSearch cluster. */
import type { Catalog } from "#server/catalog/catalog.ts";
import { IndexedCatalog, type SearchSettings } from "#server/search/indexed-catalog.ts";
import { SegmentedCatalog } from "#server/sqlite/written/segmented-catalog.ts";
import { writtenFile } from "#server/sqlite/written/written-file.ts";
import { Cluster } from "./cluster.ts";
import type { ClusterAddress } from "./cluster-address.ts";
import { namesBeside } from "./mapping.ts";
import { OpenSearchIndex } from "./opensearch-index.ts";
import { TermsFile } from "./terms-file.ts";

export type OpenSearchCatalogOptions = SearchSettings & {
  /** False for the catalogue as it was imported, without what was written here. */
  withWritten?: boolean;
};

/** Calls wait for the cluster most of the time: as many as a worker is given at once. */
const READERS = 16;

/**
 * Opens the revision of a catalogue whose words are in a file (terms-file.ts), with what was written over
 * it, which is in a file beside that. Nothing is asked of the cluster before it is searched.
 * @throws {Error} when the file is missing, no such file or of another version.
 */
export function openOpenSearchCatalog(
  termsPath: string,
  address: ClusterAddress,
  options: OpenSearchCatalogOptions = {},
): Catalog {
  const terms = new TermsFile(termsPath);
  const index = new OpenSearchIndex(new Cluster(address), namesBeside(terms.worksIndex), terms);
  if (options.withWritten === false) {
    return new IndexedCatalog(index, options);
  }
  const path = writtenFile(termsPath, index.info);
  return new SegmentedCatalog(index, path, { ...options, maxReaders: READERS });
}
