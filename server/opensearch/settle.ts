/** Makes loaded indices fit to be searched: merged, copied to every node, all copies there. */
import { setTimeout as sleep } from "node:timers/promises";
import { CatalogUnavailableError } from "#server/catalog/catalog.ts";
import type { Cluster } from "./cluster.ts";
import type { LoadProgress } from "./load-catalogue.ts";
import type { IndexNames } from "./mapping.ts";

const POLL_MS = 200;
/** Copying a large index to other nodes takes its time; it goes on when the load is called again. */
const PATIENCE_MS = 4 * 60 * 60_000;

export async function settle(
  cluster: Cluster,
  names: IndexNames,
  settings: Record<string, unknown>,
  onProgress: ((progress: LoadProgress) => void) | undefined,
): Promise<void> {
  onProgress?.({ stage: "merge", done: 0, total: 1 });
  await cluster.write({ method: "POST", path: `/${names.works},${names.keys}/_refresh` });
  // In one segment the order of popularity is one list, and a search stops at its first matches.
  await runTask(cluster, `/${names.works}/_forcemerge`, { max_num_segments: 1 });
  await cluster.write({ method: "POST", path: `/${names.works},${names.keys}/_flush` });
  onProgress?.({ stage: "copies", done: 0, total: 1 });
  await cluster.write({
    method: "PUT",
    path: `/${names.works}/_settings`,
    body: { index: settings },
  });
  await waitUntilGreen(cluster, names);
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

async function waitUntilGreen(cluster: Cluster, names: IndexNames): Promise<void> {
  const path = `/_cluster/health/${Object.values(names).join(",")}`;
  await until(async () => {
    const health = await cluster.read({ method: "GET", path });
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
