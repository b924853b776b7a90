/** Makes loaded indices fit to be searched: merged, copied to every node, all copies there. */
import { setTimeout as sleep } from "node:timers/promises";
import { CatalogUnavailableError } from "#server/catalog/catalog.ts";
import type { Cluster } from "./cluster.ts";
import { NodeError } from "./cluster-node.ts";
import type { LoadProgress } from "./load-progress.ts";
import { FEW_WORKS, type IndexMeta, type IndexNames, servedSettings } from "./mapping.ts";

const POLL_MS = 200;
/** Copying a large index to other nodes takes its time; it goes on when the load is called again. */
const PATIENCE_MS = 4 * 60 * 60_000;

export async function settle(
  cluster: Cluster,
  names: IndexNames,
  { workCount }: IndexMeta,
  onProgress: ((progress: LoadProgress) => void) | undefined,
): Promise<void> {
  const both = Object.values(names).join(",");
  await cluster.write({ method: "POST", path: `/${both}/_refresh` });
  if (workCount > FEW_WORKS) {
    onProgress?.({ stage: "merge", done: 0, total: 1 });
    // In one segment the order of popularity is one list, and a search stops at its first matches.
    await runTask(cluster, `/${names.works}/_forcemerge`, { max_num_segments: 1 });
    await cluster.write({ method: "POST", path: `/${both}/_flush` });
    onProgress?.({ stage: "copies", done: 0, total: 1 });
    const body = { index: servedSettings };
    await cluster.write({ method: "PUT", path: `/${names.works}/_settings`, body });
  }
  await waitUntilGreen(cluster, both);
}

async function runTask(
  cluster: Cluster,
  path: string,
  query: Record<string, string | number | boolean>,
): Promise<void> {
  const begun = await cluster.write({
    method: "POST",
    path,
    query: { ...query, wait_for_completion: false },
  });
  // What OpenSearch documents of tasks.
  const { task } = begun as { task?: string };
  await until(async () => {
    const state = await cluster.read({ method: "GET", path: `/_tasks/${task}` });
    return (state as { completed?: boolean }).completed === true;
  }, "merging the index");
}

async function waitUntilGreen(cluster: Cluster, indices: string): Promise<void> {
  const path = `/_cluster/health/${indices}`;
  const query = { wait_for_status: "green", timeout: "1s" };
  await until(async () => {
    const health = await orLate(cluster.write({ method: "GET", path, query }));
    const { status, relocating_shards: moving = 0 } = health as {
      status?: string;
      relocating_shards?: number;
    };
    return status === "green" && moving === 0;
  }, "copying the index to every node");
}

async function until(isDone: () => Promise<boolean>, what: string): Promise<void> {
  const endMs = performance.now() + PATIENCE_MS;
  while (!(await isDone())) {
    if (performance.now() > endMs) {
      throw new CatalogUnavailableError(
        `The cluster has not finished ${what} in four hours; the same command continues the load`,
      );
    }
    await sleep(POLL_MS);
  }
}

/** The answer; an empty one where the cluster says that it waited in vain. */
async function orLate(answer: Promise<unknown>): Promise<unknown> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof NodeError && error.status === 408) {
      return {};
    }
    throw error;
  }
}
