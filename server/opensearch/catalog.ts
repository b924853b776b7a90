/** A catalogue in an OpenSearch cluster. */
import type { Catalog } from "#server/catalog/catalog.ts";
import { IndexedCatalog, type SearchSettings } from "#server/search/indexed-catalog.ts";
import { Cluster } from "./cluster.ts";
import type { ClusterAddress } from "./cluster-address.ts";
import { namesBeside } from "./mapping.ts";
import { OpenSearchIndex } from "./opensearch-index.ts";
import { TermsFile } from "./terms-file.ts";

/**
 * Opens the revision of a catalogue whose words are in a file (terms-file.ts). Nothing is asked of the
 * cluster before it is searched.
 * @throws {Error} when the file is missing, no such file or of another version.
 */
export function openOpenSearchCatalog(
  termsPath: string,
  address: ClusterAddress,
  settings: SearchSettings = {},
): Catalog {
  const terms = new TermsFile(termsPath);
  const index = new OpenSearchIndex(new Cluster(address), namesBeside(terms.worksIndex), terms);
  return new IndexedCatalog(index, settings);
}
