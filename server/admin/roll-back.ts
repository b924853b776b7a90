import { ImportError } from "#server/import/import-error.ts";
import { whole } from "#server/import/progress-lines.ts";
import { Cluster, PATIENT_MS } from "#server/opensearch/cluster.ts";
import type { ClusterAddress } from "#server/opensearch/cluster-address.ts";
import { CLUSTER_FORMAT } from "#server/opensearch/mapping.ts";
import {
  allRevisions,
  countWorks,
  type Revision,
  servedRevision,
  serveRevision,
} from "#server/opensearch/revisions.ts";

/**
 * Serves another revision that the cluster still has: the one before, or the one that is named.
 *
 * @throws {ImportError} when there is no such revision, or it is not whole.
 */
export async function rollBack(
  address: ClusterAddress | undefined,
  wanted: string | undefined,
): Promise<string[]> {
  if (address === undefined) {
    throw new ImportError("rollback is for a catalogue in a cluster: set BOOKFINDER_CATALOG");
  }
  await using cluster = new Cluster(address, PATIENT_MS);
  const served = await servedRevision(cluster, address.name);
  const others = (await allRevisions(cluster, address.name)).filter(
    ({ names }) => names.works !== served?.names.works,
  );
  const built = served?.meta.buildTime ?? "";
  const chosen =
    wanted === undefined
      ? others.find(({ meta }) => built === "" || meta.buildTime < built)
      : others.find(({ meta }) => meta.revision === wanted);
  if (chosen === undefined) {
    const known = others.map(({ meta }) => `${meta.revision} of ${meta.buildTime}`).join(", ");
    throw new ImportError(
      `the cluster has no ${wanted ?? "earlier revision"} beside the one that is served; it has ${known || "no other"}`,
    );
  }
  await refuseUnfinished(cluster, chosen);
  await serveRevision(cluster, address.name, chosen.names);
  return [
    `Served from now on: ${titleOf(chosen)}; servers follow within five seconds.`,
    ...(served === undefined
      ? []
      : [`Before: ${titleOf(served)}; "rollback ${served.meta.revision}" brings it back.`]),
  ];
}

async function refuseUnfinished(cluster: Cluster, { names, meta }: Revision): Promise<void> {
  if (meta.format !== CLUSTER_FORMAT) {
    throw new ImportError(`${meta.revision} is of another version of BookFinder`);
  }
  const count = await countWorks(cluster, names);
  if (count !== meta.workCount) {
    throw new ImportError(
      `${meta.revision} is not whole: it has ${count} of ${meta.workCount} books. The present one stays`,
    );
  }
}

function titleOf({ meta }: Revision): string {
  return `${meta.revision}, ${meta.source}, built ${meta.buildTime}, ${whole(meta.workCount)} books`;
}
