/**
 * A catalogue in a cluster. What is known of its words is a file here (server/opensearch/terms-file.ts),
 * which stands for the revision: it is fetched when the cluster serves another one, and whoever searches
 * follows the file as it follows a catalogue file.
 */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import type { Catalog } from "#server/catalog/catalog.ts";
import { openOpenSearchCatalog } from "#server/opensearch/catalog.ts";
import { Cluster, PATIENT_MS } from "#server/opensearch/cluster.ts";
import type { ClusterAddress } from "#server/opensearch/cluster-address.ts";
import { operatorMessage } from "#server/opensearch/cluster-errors.ts";
import { servedRevision } from "#server/opensearch/revisions.ts";
import { fetchTerms } from "#server/opensearch/stored-terms.ts";
import { TermsFile } from "#server/opensearch/terms-file.ts";
import { openLiveCatalog } from "./live-catalog.ts";
import { CatalogFolderError, type CatalogOpener } from "./open-catalog.ts";

/** How often the cluster is asked which revision it serves. */
const POLL_MS = 5_000;

/** The words of the catalogue in the cluster, in the folder of everything the server keeps. */
export function clusterTermsFile(dataDir: string, { name }: ClusterAddress): string {
  return join(dataDir, `cluster-${name}.db`);
}

/**
 * Opens the catalogue of a cluster and follows it when an import replaces it. A cluster that can't be
 * asked is no obstacle, as long as it was asked before: its searches fail until it is back.
 *
 * @throws {CatalogFolderError} when the cluster has no catalogue, or can't be asked for the first time.
 */
export async function openClusterCatalog(
  address: ClusterAddress,
  dataDir: string,
  log: Logger,
  opener: CatalogOpener,
): Promise<Catalog> {
  mkdirSync(dataDir, { recursive: true });
  const path = clusterTermsFile(dataDir, address);
  const cluster = new Cluster(address, PATIENT_MS);
  const closing = new AbortController();
  try {
    await fetchIfNew(cluster, address, path);
  } catch (error) {
    if (presentIndex(path) === undefined) {
      await cluster[Symbol.asyncDispose]();
      throw explain(error);
    }
    log.warn({ err: error }, "The cluster can't be asked; it is tried again");
  }
  const { afterSwap, ...others } = opener;
  const catalog = await openLiveCatalog({
    path,
    ...others,
    onSwap(info) {
      log.info(info, "Now serving a new catalogue of the cluster");
      afterSwap?.();
    },
    onProblem: (error) => log.error({ err: error }, "The new catalogue can't be opened"),
  });
  const following = follow(cluster, address, path, log, closing.signal);
  const close = catalog[Symbol.asyncDispose].bind(catalog);
  catalog[Symbol.asyncDispose] = async () => {
    closing.abort();
    await following;
    await close();
    await cluster[Symbol.asyncDispose]();
  };
  return catalog;
}

/** Opens the catalogue of a cluster as it was imported, and follows the words that were fetched. */
export function openImportedOfCluster(address: ClusterAddress, dataDir: string): Promise<Catalog> {
  return openLiveCatalog({
    path: clusterTermsFile(dataDir, address),
    open: (path) => openOpenSearchCatalog(path, address, { withWritten: false }),
  });
}

async function follow(
  cluster: Cluster,
  address: ClusterAddress,
  path: string,
  log: Logger,
  signal: AbortSignal,
): Promise<void> {
  let hasFailed = false;
  while (!signal.aborted) {
    await sleep(POLL_MS, undefined, { signal, ref: false }).catch(() => undefined);
    if (signal.aborted) {
      return;
    }
    try {
      await fetchIfNew(cluster, address, path);
      hasFailed = false;
    } catch (error) {
      if (!hasFailed) {
        log.warn({ err: error }, "The cluster can't be asked which catalogue it serves");
      }
      hasFailed = true;
    }
  }
}

async function fetchIfNew(cluster: Cluster, { name }: ClusterAddress, path: string): Promise<void> {
  const served = await servedRevision(cluster, name);
  if (served === undefined) {
    throw new CatalogFolderError(
      `The cluster has no catalogue "${name}" yet. Import one with the same BOOKFINDER_CATALOG: npm run import`,
    );
  }
  if (served.names.works !== presentIndex(path)) {
    await fetchTerms(cluster, served.names, path);
  }
}

/** The index whose words are in the file; undefined if there is no file that can be read. */
function presentIndex(path: string): string | undefined {
  try {
    const file = new TermsFile(path);
    file.close();
    return file.worksIndex;
  } catch {
    // Missing, damaged or of another version: it is fetched anew.
    rmSync(path, { force: true });
    return undefined;
  }
}

function explain(error: unknown): unknown {
  if (error instanceof CatalogFolderError) {
    return error;
  }
  const problem = error instanceof Error ? error.message : String(error);
  const message = operatorMessage(error) ?? `${problem} (BOOKFINDER_CATALOG names the cluster)`;
  return new CatalogFolderError(message, { cause: error });
}
