/** Catalogues in the cluster that the tests run on. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Catalog } from "#server/catalog/catalog.ts";
import type { CatalogueEntry } from "#server/catalog/entry.ts";
import { openOpenSearchCatalog } from "#server/opensearch/catalog.ts";
import { Cluster, PATIENT_MS } from "#server/opensearch/cluster.ts";
import { type ClusterAddress, parseClusterAddress } from "#server/opensearch/cluster-address.ts";
import { loadCatalogue } from "#server/opensearch/load-catalogue.ts";
import { allRevisions, deleteRevision, servedRevision } from "#server/opensearch/revisions.ts";
import { fetchTerms } from "#server/opensearch/stored-terms.ts";
import { type TestCatalogOptions, writeCatalogue } from "#server/testing/catalog.ts";

let count = 0;

/**
 * The cluster of the tests, with a name of a catalogue that no other test has.
 * @param text as in BOOKFINDER_TEST_CLUSTER, which scripts/test-cluster.ts sets.
 */
export function testAddress(text: string | undefined): ClusterAddress {
  if (text === undefined) {
    throw new Error("There is no cluster to test with; npm run test:cluster starts one.");
  }
  count += 1;
  return { ...parseClusterAddress(text), name: `t${process.pid}-${count}` };
}

/** A catalogue of some entries in the cluster, which its disposal removes. */
export function aClusterCatalog(
  address: ClusterAddress,
  entries: readonly CatalogueEntry[],
  options: TestCatalogOptions = {},
): Catalog {
  const folder = mkdtempSync(join(tmpdir(), "bookfinder-cluster-"));
  const opening = open(entries, { ...options, address, folder });
  // Who asks is told of a failure; nobody else is to be.
  opening.catch(() => {});
  return {
    search: async (...args) => (await opening).search(...args),
    suggest: async (...args) => (await opening).suggest(...args),
    getWork: async (...args) => (await opening).getWork(...args),
    listEditions: async (...args) => (await opening).listEditions(...args),
    similarBooks: async (...args) => (await opening).similarBooks(...args),
    getAuthor: async (...args) => (await opening).getAuthor(...args),
    match: async (...args) => (await opening).match(...args),
    info: async (...args) => (await opening).info(...args),
    async [Symbol.asyncDispose]() {
      await (await opening)[Symbol.asyncDispose]();
      await using cluster = new Cluster(address, PATIENT_MS);
      for (const { names } of await allRevisions(cluster, address.name)) {
        await deleteRevision(cluster, names);
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function open(
  entries: readonly CatalogueEntry[],
  options: TestCatalogOptions & { address: ClusterAddress; folder: string },
): Promise<Catalog> {
  const { address, folder } = options;
  const path = join(folder, "catalogue.db");
  writeCatalogue(path, entries, options);
  await using cluster = new Cluster(address, PATIENT_MS);
  await loadCatalogue({ cluster, name: address.name, path });
  const served = await servedRevision(cluster, address.name);
  if (served === undefined) {
    throw new Error("The catalogue was loaded and is not served");
  }
  const terms = join(folder, "terms.db");
  await fetchTerms(cluster, served.names, terms);
  return openOpenSearchCatalog(terms, address, options);
}
