/**
 * Puts a catalogue file into a cluster and serves it in the place of the one before:
 *
 *     indices → works → keys → words → settle → proof → alias
 *
 * The file is the importer's, so that there is one way from dumps to tokens. A load that was killed
 * continues: what is there already is asked of the cluster, not remembered here.
 */
import { ROWID_GAP } from "#server/index-entries/row-numbers.ts";
import { WholeCatalogue } from "#server/sqlite/whole-catalogue.ts";
import { BulkWriter } from "./bulk-writer.ts";
import type { Cluster } from "./cluster.ts";
import { NodeError } from "./cluster-node.ts";
import { documentOf } from "./documents.ts";
import { LoadError } from "./load-error.ts";
import type { LoadProgress } from "./load-progress.ts";
import {
  CLUSTER_FORMAT,
  type IndexMeta,
  type IndexNames,
  indexNames,
  keysMapping,
  newSettings,
  worksMapping,
} from "./mapping.ts";
import { proveRevision } from "./prove-revision.ts";
import {
  allRevisions,
  deleteRevision,
  type Revision,
  RevisionError,
  servedRevision,
  serveRevision,
} from "./revisions.ts";
import { isWritable, settle, untilWritable } from "./settle.ts";
import { storeTerms } from "./stored-terms.ts";

export type LoadOptions = {
  cluster: Cluster;
  /** The catalogue's name in the cluster. */
  name: string;
  /** A finished catalogue file. */
  path: string;
  /** Accept the result even if it lost more than a tenth of the books. */
  force?: boolean;
  /** Parts that the index of works is cut into; by default as many as its size asks for. */
  shardCount?: number;
  /** How long a node that has the only copy of what was loaded may take to come back; a minute by default. */
  lostAfterMs?: number;
  onProgress?: (progress: LoadProgress) => void;
};

/** What a load did. */
export type LoadReport = { revision: string; workCount: number; written: number; refused: number };

/** Works that are found to be there, or written, together. */
const BATCH_WORKS = 2_000;

/** So often works are looked for and written; each time nodes have lost fewer. */
const MAX_ROUNDS = 5;

/** A node that is started again has its copy back by then. */
const LOST_AFTER_MS = 60_000;

/** @throws {LoadError} when the result is refused. @throws {CatalogUnavailableError} */
export async function loadCatalogue(options: LoadOptions): Promise<LoadReport> {
  const { cluster, name, path, force = false } = options;
  const source = new WholeCatalogue(path);
  try {
    const meta = metaOf(source);
    const names = indexNames(name, meta.revision);
    const served = await comparable(servedRevision(cluster, name));
    const report = { revision: meta.revision, workCount: meta.workCount, written: 0, refused: 0 };
    if (served?.names.works === names.works) {
      return report;
    }
    refuseLoss(meta, served?.meta, force);
    await createIndices(cluster, names, meta, options.shardCount);
    if (!(await isWritable(cluster, names, options.lostAfterMs ?? LOST_AFTER_MS))) {
      // It had one copy, on a node that is gone.
      await deleteRevision(cluster, names);
      await createIndices(cluster, names, meta, options.shardCount);
    }
    const works = await writeWorks(source, names, options);
    const keys = await writeKeys(source, names, options);
    const pieceCount = await storeTerms(cluster, names, path);
    await settle(cluster, names, meta, options.onProgress);
    await proveRevision(cluster, names, path, pieceCount);
    await serveRevision(cluster, name, names);
    await removeOld(cluster, name, [names.works, served?.names.works]);
    return {
      ...report,
      written: works.writtenCount + keys.writtenCount,
      refused: works.refusedCount + keys.refusedCount,
    };
  } finally {
    source.close();
  }
}

function metaOf({ info }: WholeCatalogue): IndexMeta {
  return { ...info, buildTime: info.buildTime.toISOString(), format: CLUSTER_FORMAT };
}

/** The revision that is served; undefined if it is of another version, and nothing to compare with. */
async function comparable(served: Promise<Revision | undefined>): Promise<Revision | undefined> {
  try {
    return await served;
  } catch (error) {
    if (error instanceof RevisionError) {
      return undefined;
    }
    throw error;
  }
}

/** A new dump has at least this share of what the last one had. */
const SHARE_PRESENT = 0.9;

function refuseLoss(fresh: IndexMeta, served: IndexMeta | undefined, force: boolean): void {
  if (force || served === undefined || fresh.workCount >= served.workCount * SHARE_PRESENT) {
    return;
  }
  throw new LoadError(
    `the new catalogue has ${fresh.workCount} works, the present one (${served.source}) has ` +
      `${served.workCount}. If that is right, import with --force.`,
  );
}

async function createIndices(
  cluster: Cluster,
  names: IndexNames,
  meta: IndexMeta,
  shardCount?: number,
): Promise<void> {
  const index = newSettings(meta.workCount, shardCount);
  const small = { number_of_shards: 1, auto_expand_replicas: "0-all" };
  await create(cluster, names.works, { settings: { index }, mappings: worksMapping(meta) });
  await create(cluster, names.keys, { settings: { index: small }, mappings: keysMapping });
}

/** An index that is there is one of a load that was interrupted. */
async function create(cluster: Cluster, index: string, body: object): Promise<void> {
  try {
    await cluster.write({ method: "PUT", path: `/${index}`, body });
  } catch (error) {
    if (!(error instanceof NodeError && error.type === "resource_already_exists_exception")) {
      throw error;
    }
  }
}

/** Writes what is not there, until all is there: a node that dies takes its last seconds along. */
async function writeWorks(
  source: WholeCatalogue,
  names: IndexNames,
  { cluster, onProgress }: LoadOptions,
): Promise<BulkWriter> {
  const total = source.info.workCount;
  const writer = new BulkWriter(cluster, names.works);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const present = await presentWorks(cluster, names);
    let isWhole = true;
    for (let first = 0; first < total; first += BATCH_WORKS) {
      const count = Math.min(BATCH_WORKS, total - first);
      if (present.get(first / BATCH_WORKS) === count) {
        continue;
      }
      isWhole = false;
      onProgress?.({ stage: "works", done: first, total });
      for (const { id, prepared } of source.works(first, count)) {
        await writer.add({ id: String(id), document: documentOf(id, prepared) });
      }
    }
    await writer.flush();
    if (isWhole) {
      break;
    }
  }
  return writer;
}

/** How many works of each batch are there. */
async function presentWorks(cluster: Cluster, { works }: IndexNames): Promise<Map<number, number>> {
  await untilWritable(cluster, works);
  await cluster.write({ method: "POST", path: `/${works}/_refresh` });
  const interval = BATCH_WORKS * ROWID_GAP;
  const batches = {
    histogram: { field: "position", interval, offset: ROWID_GAP, min_doc_count: 1 },
  };
  const answer = await cluster.read({
    method: "POST",
    path: `/${works}/_search`,
    body: { size: 0, aggs: { batches } },
  });
  // What OpenSearch documents of histograms.
  const { aggregations } = answer as {
    aggregations?: { batches?: { buckets?: { key: number; doc_count: number }[] } };
  };
  const buckets = aggregations?.batches?.buckets ?? [];
  return new Map(buckets.map(({ key, doc_count: count }) => [(key - ROWID_GAP) / interval, count]));
}

async function writeKeys(
  source: WholeCatalogue,
  { keys }: IndexNames,
  { cluster, onProgress }: LoadOptions,
): Promise<BulkWriter> {
  const writer = new BulkWriter(cluster, keys);
  const total = source.count("author") + source.count("redirect");
  let done = 0;
  const note = () => {
    done += 1;
    if (done % BATCH_WORKS === 0) {
      onProgress?.({ stage: "keys", done, total });
    }
  };
  for (const { key, target } of source.redirects()) {
    await writer.add({ id: key, document: { target } });
    note();
  }
  // A key that has a record leads nowhere: authors after what leads to them.
  await writer.flush();
  for (const { key, workCount, document } of source.authors()) {
    await writer.add({ id: key, document: { author: document, workCount } });
    note();
  }
  await writer.flush();
  return writer;
}

/** Revisions that are neither served nor the one before go. */
async function removeOld(
  cluster: Cluster,
  name: string,
  kept: readonly (string | undefined)[],
): Promise<void> {
  for (const { names } of await allRevisions(cluster, name)) {
    if (!kept.includes(names.works)) {
      await deleteRevision(cluster, names);
    }
  }
}
