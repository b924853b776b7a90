/** Makes loaded indices fit to be searched: merged, copied to every node, all copies there. */
import { setTimeout as sleep } from "node:timers/promises";
import { CatalogUnavailableError } from "#server/catalog/catalog.ts";
import type { Cluster } from "./cluster.ts";
import { isAway, type PartProblem, partError } from "./cluster-errors.ts";
import { NodeError } from "./cluster-node.ts";
import { LoadError } from "./load-error.ts";
import type { LoadProgress } from "./load-progress.ts";
import { FEW_WORKS, type IndexMeta, type IndexNames, servedSettings } from "./mapping.ts";

const POLL_MS = 200;
/** Copying a large index to other nodes takes its time; it goes on when the load is called again. */
const PATIENCE_MS = 4 * 60 * 60_000;
const AWAY_MS = 60_000;

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

/** Waits until writes reach a copy of every part; a node that has died may come back. */
export async function untilWritable(cluster: Cluster, index: string): Promise<void> {
  await until(() => isPresent(cluster, index), "starting the node that has a part of the index");
}

/** Whether there is, at the latest after a time, a copy of every part of a revision's indices. */
export async function isWritable(
  cluster: Cluster,
  names: IndexNames,
  patienceMs: number,
): Promise<boolean> {
  const both = Object.values(names).join(",");
  const endMs = performance.now() + patienceMs;
  let is = false;
  await until(async () => {
    is = await isPresent(cluster, both);
    return is || performance.now() > endMs;
  }, "starting the node that has a part of the index");
  return is;
}

async function isPresent(cluster: Cluster, indices: string): Promise<boolean> {
  const { status } = await healthOf(cluster, indices, "yellow");
  return status === "yellow" || status === "green";
}

async function runTask(
  cluster: Cluster,
  path: string,
  query: Record<string, string | number | boolean>,
): Promise<void> {
  let task: string | undefined;
  await until(async () => {
    task ??= await beginTask(cluster, path, query);
    const state = await stateOfTask(cluster, task);
    if (state === "lost") {
      task = undefined;
    }
    return state === "done";
  }, "merging the index");
}

/** "lost" with its node: what it has done is there, and the rest is to be begun again. */
async function stateOfTask(
  cluster: Cluster,
  task: string | undefined,
): Promise<"running" | "done" | "lost"> {
  try {
    const state = await cluster.read({ method: "GET", path: `/_tasks/${task}` });
    // What OpenSearch documents of tasks: one that failed is completed, too.
    const { completed, error } = state as { completed?: boolean; error?: PartProblem };
    if (error === undefined) {
      return completed === true ? "done" : "running";
    }
    const failure = partError("A task of the cluster failed", error);
    if (!failure.isTransient) {
      throw new LoadError(failure.message);
    }
  } catch (error) {
    if (!(error instanceof NodeError)) {
      throw error;
    }
  }
  return "lost";
}

async function beginTask(
  cluster: Cluster,
  path: string,
  query: Record<string, string | number | boolean>,
): Promise<string | undefined> {
  const begun = await cluster.write({
    method: "POST",
    path,
    query: { ...query, wait_for_completion: false },
  });
  // What OpenSearch documents of tasks.
  return (begun as { task?: string }).task;
}

async function waitUntilGreen(cluster: Cluster, indices: string): Promise<void> {
  await until(async () => {
    const { status, relocating_shards: moving = 0 } = await healthOf(cluster, indices, "green");
    return status === "green" && moving === 0;
  }, "copying the index to every node");
}

/** How indices are once they are at least so; after a second as they are. */
async function healthOf(
  cluster: Cluster,
  indices: string,
  wanted: "yellow" | "green",
): Promise<{ status?: string; relocating_shards?: number }> {
  const path = `/_cluster/health/${indices}`;
  const query = { wait_for_status: wanted, timeout: "1s" };
  return orLate(cluster.write({ method: "GET", path, query }));
}

/** @throws {CatalogUnavailableError} after four hours, or when no node has answered for a minute. */
async function until(isDone: () => Promise<boolean>, what: string): Promise<void> {
  const endMs = performance.now() + PATIENCE_MS;
  let answeredMs = performance.now();
  for (;;) {
    try {
      if (await isDone()) {
        return;
      }
      answeredMs = performance.now();
    } catch (error) {
      // A node that has just died is not asked again; others answer.
      if (!isAway(error) || performance.now() > answeredMs + AWAY_MS) {
        throw error;
      }
    }
    if (performance.now() > endMs) {
      throw new CatalogUnavailableError(
        `The cluster has not finished ${what} in four hours; the same command continues the load`,
      );
    }
    await sleep(POLL_MS);
  }
}

/** The answer; an empty one where the cluster says that it waited in vain. */
async function orLate(answer: Promise<unknown>): Promise<object> {
  try {
    return Object(await answer);
  } catch (error) {
    if (error instanceof NodeError && error.status === 408) {
      return {};
    }
    throw error;
  }
}
