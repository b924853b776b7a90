/**
 * A log of changes (server/database/change-log.ts) as documents of one index: the place is the document's
 * id, so that OpenSearch lets only one server create it. Documents are read by id, which needs no refresh;
 * what is acknowledged is on every copy that may answer.
 */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { CatalogUnavailableError } from "#server/catalog/catalog.ts";
import type { ChangeLog, ChangeLogEntry, ChangeLogPart } from "#server/database/change-log.ts";
import type { Cluster } from "./cluster.ts";
import type { ClusterAddress } from "./cluster-address.ts";
import { ClusterRefusalError, isAway, type PartProblem, partError } from "./cluster-errors.ts";
import { NodeError } from "./cluster-node.ts";

/** What is kept for a catalogue beside its revisions. */
export type SharedLogName = "edits" | "accounts";

/** As it is stored; the first document has the log's id alone. */
type Stored = { id: string; previousId?: string; changes?: string; schema?: number };
type Found = { _source?: Stored; _seq_no?: number; _primary_term?: number; error?: PartProblem };

/** The document that names the log; places begin with 1. */
const HEAD = "0";
/** A node that has begun to write may be frozen: another one is asked after this time. */
const ATTEMPT_MS = 3_000;
/** A frozen node is out of the cluster after some nine seconds (docs/opensearch.md), and writes go on. */
const PATIENCE_MS = 15_000;
const PAUSE_MS = 200;
/** Usually there is nothing new; many small ones are read together, and one of an import may be large. */
const FIRST_READ = 4;
const MOST_READ = 256;
const LARGE_BYTES = 1024 * 1024;

const settings = {
  number_of_shards: 1,
  auto_expand_replicas: "0-all",
  // Read by id alone, and kept whatever happens.
  refresh_interval: "60s",
  "translog.durability": "request",
};

export class SharedLog implements ChangeLog {
  readonly id: string;
  readonly #cluster: Cluster;
  readonly #index: string;
  readonly #majority: number;
  /** Entries that are asked for next: a copy that is far behind has many to read. */
  #count: number = FIRST_READ;

  private constructor(cluster: Cluster, index: string, majority: number, id: string) {
    this.#cluster = cluster;
    this.#index = index;
    this.#majority = majority;
    this.id = id;
  }

  /**
   * Opens the log of a catalogue, or begins it.
   *
   * @param address.nodes by their number it is told how many copies are a majority.
   * @throws {CatalogUnavailableError} when the cluster can't be asked.
   */
  static async open(
    cluster: Cluster,
    { name, nodes }: ClusterAddress,
    kind: SharedLogName,
  ): Promise<SharedLog> {
    const index = `${name}.log.${kind}`;
    const majority = Math.floor(nodes.length / 2) + 1;
    const log = new SharedLog(cluster, index, majority, randomUUID());
    const known = await log.#get([HEAD]);
    if (known === undefined) {
      await log.#createIndex();
    }
    const id = known?.[0]?._source?.id ?? (await log.#create(HEAD, { id: log.id }));
    return new SharedLog(cluster, index, majority, id);
  }

  async append(place: number, { changes, ...entry }: ChangeLogEntry): Promise<boolean> {
    const text = Buffer.from(changes).toString("base64");
    return (await this.#create(String(place), { ...entry, changes: text })) === entry.id;
  }

  async read(afterPlace: number): Promise<ChangeLogPart> {
    let previousId: string | undefined;
    const entries: ChangeLogEntry[] = [];
    let bytes = 0;
    while (bytes < LARGE_BYTES) {
      const last = afterPlace + entries.length;
      const places = Array.from({ length: this.#count }, (_, index) => String(last + index + 1));
      const [before, ...found] = await this.#mustGet(places, String(last));
      previousId ??= last === 0 ? "" : (before?._source?.id ?? "");
      const end = found.findIndex(({ _source }) => _source === undefined);
      for (const { _source } of end === -1 ? found : found.slice(0, end)) {
        const entry = readEntry(_source);
        bytes += entry.changes.length;
        entries.push(entry);
      }
      if (end !== -1) {
        this.#count = FIRST_READ;
        break;
      }
      this.#count = Math.min(MOST_READ, this.#count * 4);
    }
    return { previousId: previousId ?? "", entries };
  }

  /**
   * Creates a document, unless there is one; returns the id that is in the one which is there then. That it
   * is there is acknowledged by every copy that may answer.
   */
  async #create(place: string, stored: Stored): Promise<string> {
    const endMs = performance.now() + PATIENCE_MS;
    // Done or not, if that isn't known: the same is tried again, and met by its id.
    let known: Found | undefined;
    for (;;) {
      try {
        await this.#put(place, stored, known);
        return stored.id;
      } catch (error) {
        const isTaken = error instanceof NodeError && error.status === 409;
        if (isTaken) {
          [known] = await this.#mustGet([place]);
          const id = known?._source?.id;
          if (id !== undefined && id !== stored.id) {
            return id;
          }
        }
        if (!(isTaken || isAway(error)) || performance.now() > endMs) {
          throw error;
        }
        await sleep(PAUSE_MS);
      }
    }
  }

  /** Creates a document; or writes again what is there, to hear that all copies have it. */
  async #put(place: string, stored: Stored, known: Found | undefined): Promise<void> {
    const { _seq_no: number, _primary_term: term } = known ?? {};
    const isThere = number !== undefined && term !== undefined;
    await this.#cluster.write(
      {
        method: "PUT",
        path: `/${this.#index}/${isThere ? "_doc" : "_create"}/${place}`,
        query: {
          wait_for_active_shards: this.#majority,
          timeout: `${ATTEMPT_MS}ms`,
          ...(isThere ? { if_seq_no: number, if_primary_term: term } : {}),
        },
        body: stored,
      },
      { timeoutMs: ATTEMPT_MS },
    );
  }

  async #createIndex(): Promise<void> {
    const mappings = { dynamic: false, properties: {} };
    try {
      const body = { settings: { index: settings }, mappings };
      await this.#cluster.write({ method: "PUT", path: `/${this.#index}`, body });
    } catch (error) {
      if (!(error instanceof NodeError && error.type === "resource_already_exists_exception")) {
        throw error;
      }
    }
  }

  async #mustGet(ids: readonly string[], idOnly?: string): Promise<Found[]> {
    const found = await this.#get(ids, idOnly);
    if (found === undefined) {
      // Copies are kept as they are: they may be all that is left.
      throw new CatalogUnavailableError(`The cluster has lost ${this.#index}, what was written`);
    }
    return found;
  }

  /** Documents by their ids, of one only its id; undefined if there is no such index. */
  async #get(ids: readonly string[], idOnly?: string): Promise<Found[] | undefined> {
    const first = idOnly === undefined ? [] : [{ _id: idOnly, _source: ["id"] }];
    const answer = await this.#cluster.read(
      {
        method: "POST",
        path: `/${this.#index}/_mget`,
        query: { preference: "_local" },
        body: { docs: [...first, ...ids.map((_id) => ({ _id }))] },
      },
      {},
      // A copy that lacks what was there before is one that was cut off: others are asked as well.
      (one) =>
        docsOf(one).every(({ error }) => error === undefined) &&
        (idOnly === undefined || idOnly === HEAD || docsOf(one)[0]?._source !== undefined),
    );
    const docs = docsOf(answer);
    const error = docs.find((doc) => doc.error !== undefined)?.error;
    if (error === undefined) {
      return docs;
    }
    if (JSON.stringify(error).includes("index_not_found_exception")) {
      return undefined;
    }
    const cause = partError(`${this.#index} can't be read`, error);
    throw cause.isRefusal
      ? new ClusterRefusalError(cause)
      : new CatalogUnavailableError("What was written can't be read in the cluster just now", {
          cause,
        });
  }
}

function readEntry(stored: Stored | undefined): ChangeLogEntry {
  const { id = "", previousId = "", changes = "", schema = 0 } = stored ?? {};
  return { id, previousId, changes: Buffer.from(changes, "base64"), schema };
}

function docsOf(answer: unknown): Found[] {
  // What OpenSearch documents of _mget.
  return (answer as { docs?: Found[] }).docs ?? [];
}
