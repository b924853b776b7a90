/** The revisions of a catalogue that a cluster has, and which of them is served: where the alias leads. */
import type { Cluster, ClusterCall } from "./cluster.ts";
import { NodeError } from "./cluster-node.ts";
import { CLUSTER_FORMAT, type IndexMeta, type IndexNames, namesBeside } from "./mapping.ts";

export type Revision = { names: IndexNames; meta: IndexMeta };

/** A cluster holds no catalogue that this program can serve; the message says what to do. */
export class RevisionError extends Error {
  override name = "RevisionError";
}

/** The revision that is served; undefined if none is. @throws {RevisionError} */
export async function servedRevision(
  cluster: Cluster,
  name: string,
  call?: ClusterCall,
): Promise<Revision | undefined> {
  const mapping = await orNone(cluster.read({ method: "GET", path: `/${name}/_mapping` }, call));
  const [served] = readRevisions(mapping);
  if (served === undefined) {
    return undefined;
  }
  if (served.meta.format !== CLUSTER_FORMAT) {
    throw new RevisionError(
      `The catalogue "${name}" in the cluster is of another version of BookFinder; import it again`,
    );
  }
  return served;
}

/** All revisions of a catalogue, finished or not, the latest first. */
export async function allRevisions(cluster: Cluster, name: string): Promise<Revision[]> {
  const path = `/${name}.*.works/_mapping`;
  const mapping = await orNone(cluster.read({ method: "GET", path }));
  return readRevisions(mapping).sort((one, other) =>
    one.meta.buildTime < other.meta.buildTime ? 1 : -1,
  );
}

/** How many works the index of a revision has. */
export async function countWorks(cluster: Cluster, { works }: IndexNames): Promise<number> {
  const answer = await cluster.read({ method: "GET", path: `/${works}/_count` });
  // What OpenSearch documents of _count.
  return (answer as { count?: number }).count ?? 0;
}

/** Serves a revision instead of the one before, in one step. */
export async function serveRevision(
  cluster: Cluster,
  name: string,
  { works }: IndexNames,
): Promise<void> {
  await cluster.write({
    method: "POST",
    path: "/_aliases",
    body: {
      actions: [
        { remove: { index: `${name}.*.works`, alias: name, must_exist: false } },
        { add: { index: works, alias: name } },
      ],
    },
  });
}

export async function deleteRevision(cluster: Cluster, names: IndexNames): Promise<void> {
  for (const index of Object.values(names)) {
    await orNone(cluster.write({ method: "DELETE", path: `/${index}` }));
  }
}

/** The answer; undefined if there is no such index. */
export async function orNone<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof NodeError && error.status === 404) {
      return undefined;
    }
    throw error;
  }
}

function readRevisions(mapping: unknown): Revision[] {
  // What OpenSearch documents of _mapping; _meta is ours (mapping.ts).
  const indices = (mapping ?? {}) as Record<string, { mappings?: { _meta?: IndexMeta } }>;
  return Object.entries(indices).flatMap(([works, { mappings }]) => {
    const meta = mappings?._meta;
    if (meta === undefined) {
      return [];
    }
    return [{ meta, names: namesBeside(works) }];
  });
}
