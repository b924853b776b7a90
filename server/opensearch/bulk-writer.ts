/**
 * Writes documents in bulk, several requests at a time, no faster than the cluster takes them: what it
 * refuses because it is busy is sent again, later, and fewer requests are under way meanwhile. Documents
 * have ids of ours, so that one that is written twice is the same.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { CatalogUnavailableError } from "#server/catalog/catalog.ts";
import type { Cluster } from "./cluster.ts";
import { ClusterRefusalError, isAway, type PartProblem, partError } from "./cluster-errors.ts";

export type BulkDocument = { id: string; document: object };

/** What a small node takes at once without running out of memory. */
const BATCH_BYTES = 2 * 1024 * 1024;
const BATCH_DOCUMENTS = 2_000;
const MAX_UNDER_WAY = 4;

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5_000;
/** Refused for so long without a break, a load ends; it continues when it is called again. */
const PATIENCE_MS = 300_000;

/** A document that no cluster would take. */
export class BulkError extends Error {
  override name = "BulkError";
}

export class BulkWriter {
  readonly #cluster: Cluster;
  readonly #index: string;
  #batch: string[] = [];
  #batchBytes = 0;
  readonly #underWay = new Set<Promise<void>>();
  #allowed = MAX_UNDER_WAY;
  #failure: unknown;
  writtenCount = 0;
  /** How often documents were refused because the cluster was busy. */
  refusedCount = 0;

  constructor(cluster: Cluster, index: string) {
    this.#cluster = cluster;
    this.#index = index;
  }

  /** Waits while as much is under way as the cluster takes. @throws what an earlier write failed with. */
  async add({ id, document }: BulkDocument): Promise<void> {
    const lines = `{"index":{"_id":${JSON.stringify(id)}}}\n${JSON.stringify(document)}\n`;
    this.#batch.push(lines);
    this.#batchBytes += lines.length;
    if (this.#batchBytes >= BATCH_BYTES || this.#batch.length >= BATCH_DOCUMENTS) {
      await this.#send();
    }
  }

  /** Done when all is written. @throws {CatalogUnavailableError} @throws {BulkError} */
  async flush(): Promise<void> {
    await this.#send();
    while (this.#underWay.size > 0) {
      await Promise.race(this.#underWay);
      this.#throwFailure();
    }
  }

  async #send(): Promise<void> {
    const batch = this.#batch;
    this.#batch = [];
    this.#batchBytes = 0;
    while (this.#underWay.size >= this.#allowed) {
      await Promise.race(this.#underWay);
      this.#throwFailure();
    }
    this.#throwFailure();
    if (batch.length === 0) {
      return;
    }
    const writing = this.#write(batch)
      .catch((error: unknown) => {
        this.#failure ??= error;
      })
      .finally(() => this.#underWay.delete(writing));
    this.#underWay.add(writing);
  }

  async #write(batch: readonly string[]): Promise<void> {
    let left = batch;
    let pauseMs = FIRST_PAUSE_MS;
    const endMs = performance.now() + PATIENCE_MS;
    for (;;) {
      const before = left.length;
      left = await this.#attempt(left, endMs);
      this.writtenCount += before - left.length;
      if (left.length === 0) {
        this.#allowed = Math.min(MAX_UNDER_WAY, this.#allowed + 0.1);
        return;
      }
      this.refusedCount += left.length;
      this.#allowed = Math.max(1, this.#allowed / 2);
      if (performance.now() > endMs) {
        throw new CatalogUnavailableError(
          "The cluster has been too busy for five minutes; the same command continues the load",
        );
      }
      await sleep(pauseMs);
      pauseMs = left.length < before ? FIRST_PAUSE_MS : Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
    }
  }

  /** Writes; what is left is to be sent again. */
  async #attempt(batch: readonly string[], endMs: number): Promise<readonly string[]> {
    let answer: unknown;
    try {
      answer = await this.#cluster.write({
        method: "POST",
        path: `/${this.#index}/_bulk`,
        query: { filter_path: "errors,items.*.status,items.*.error.type,items.*.error.reason" },
        lines: batch.join(""),
      });
    } catch (error) {
      // Written or not: each document has its id, so that to write it again does no harm.
      if (isAway(error) && performance.now() < endMs) {
        return batch;
      }
      throw error;
    }
    // What OpenSearch documents of _bulk: an item for each document, in order.
    const { errors, items = [] } = answer as BulkAnswer;
    if (errors !== true) {
      return [];
    }
    return batch.filter((lines, place) => {
      const { status = 200, error } = items[place]?.index ?? {};
      if (status === 429 || status >= 500) {
        return true;
      }
      if (status === 403) {
        throw new ClusterRefusalError(partError("A document was refused", error ?? {}, status));
      }
      if (status >= 300) {
        throw new BulkError(
          `The cluster refuses a document: ${error?.type}: ${error?.reason?.slice(0, 300)} (${lines.slice(0, 80)})`,
        );
      }
      return false;
    });
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) {
      throw this.#failure;
    }
  }
}

type BulkAnswer = {
  errors?: boolean;
  items?: { index?: { status?: number; error?: PartProblem } }[];
};
