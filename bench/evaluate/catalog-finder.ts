import type { Catalog } from "#server/catalog/catalog.ts";
import { openOpenSearchCatalog } from "#server/opensearch/catalog.ts";
import { Cluster, PATIENT_MS } from "#server/opensearch/cluster.ts";
import { type ClusterAddress, parseClusterAddress } from "#server/opensearch/cluster-address.ts";
import { loadCatalogue } from "#server/opensearch/load-catalogue.ts";
import { servedRevision } from "#server/opensearch/revisions.ts";
import { fetchTerms } from "#server/opensearch/stored-terms.ts";
import type { SearchSettings } from "#server/search/indexed-catalog.ts";
import { openSqliteCatalog } from "#server/sqlite/catalog.ts";
import { type Finder, searchRequest } from "./finder.ts";
import type { EvaluateOptions } from "./options.ts";

/** Opens a catalogue, of a file or in a cluster, with the parts switched off that an ablation leaves out. */
export async function openForEvaluation(path: string, options: EvaluateOptions): Promise<Catalog> {
  const settings: SearchSettings = {
    ...(options.effort === undefined ? {} : { effort: options.effort }),
    ladder: {
      popularity: options.popularity,
      spelling: options.spelling,
      ...(options.candidates === undefined ? {} : { candidates: options.candidates }),
    },
  };
  return options.cluster === undefined
    ? openSqliteCatalog(path, settings)
    : openInCluster(path, parseClusterAddress(options.cluster), settings);
}

/** Loads a catalogue file into a cluster, unless it is served there, and opens it. */
export async function openInCluster(
  path: string,
  address: ClusterAddress,
  settings: SearchSettings = {},
): Promise<Catalog> {
  const terms = `${path}.${address.name}.terms`;
  await using cluster = new Cluster(address, PATIENT_MS);
  await loadCatalogue({ cluster, name: address.name, path });
  const served = await servedRevision(cluster, address.name);
  if (served === undefined) {
    throw new Error("The catalogue was loaded and is not served");
  }
  await fetchTerms(cluster, served.names, terms);
  return openOpenSearchCatalog(terms, address, settings);
}

/** The reasons of the notices that say that a search stopped early. */
export const earlyEnds: ReadonlySet<string> = new Set(["stopped_early", "deadline"]);

/** BookFinder in this process, through the interface that the server uses. */
export function catalogFinder(catalog: Catalog): Finder {
  return {
    name: "BookFinder",
    async find(query) {
      const { results, interpretation } = await catalog.search(searchRequest(query));
      return {
        keys: results.map(({ work }) => work.key),
        duplicates: results.map(({ duplicates }) => duplicates.map(({ key }) => key)),
        cutShort: interpretation.notices.some(({ reason }) => earlyEnds.has(reason)),
      };
    },
    [Symbol.asyncDispose]: async () => {},
  };
}
