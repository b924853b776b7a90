/**
 * The indices of one revision of a catalogue:
 *
 *     NAME.REVISION.works   one document a work, in order of popularity: `position` is the rowid that the
 *                           work has in SQLite, also the document's id
 *     NAME.REVISION.keys    authors by key, keys that lead to others, and in pieces what is known of
 *                           words (terms-file.ts)
 *
 * The alias NAME is of the works index that is served; its `_meta` says the revision.
 */

/** What an index tells of itself. */
export type IndexMeta = {
  revision: string;
  workCount: number;
  editionCount: number;
  authorCount: number;
  source: string;
  buildTime: string;
  /** Changes when an older server could not make sense of the index. */
  format: number;
};

/** Changes with the mapping or with what SQLite's format changes: tokens and stored documents. */
export const CLUSTER_FORMAT = 1;

/** A walk may return so many works. */
export const MAX_HITS = 100_000;

/** Above so many works an index has more than one shard; a search asks all of them. */
const WORKS_PER_SHARD = 10_000_000;

const words = { type: "text", analyzer: "tokens", norms: false, index_options: "docs" } as const;
/** Only read back: never searched, sorted or counted. */
const stored = { type: "text", index: false, store: true, norms: false } as const;

/** Lucene refuses terms of more than 32,766 bytes; a character has at most four. */
const MAX_TOKEN_LENGTH = 8_000;

/** Tokens are made by our own folding: they are only taken apart at spaces. */
const analysis = {
  tokenizer: { spaces: { type: "whitespace", max_token_length: MAX_TOKEN_LENGTH } },
  analyzer: { tokens: { type: "custom", tokenizer: "spaces" } },
};

/** An index of so few works is loaded as it is served. */
export const FEW_WORKS = 2_000;

/** Settings of an index that is to be loaded; see `servedSettings`. */
export function newSettings(
  workCount: number,
  shardCount: number = Math.max(1, Math.ceil(workCount / WORKS_PER_SHARD)),
): Record<string, unknown> {
  return {
    number_of_shards: shardCount,
    ...(workCount <= FEW_WORKS ? servedSettings : loadingSettings),
    analysis,
    "sort.field": "position",
    "sort.order": "asc",
    max_result_window: MAX_HITS,
    // A cached filter is read to its end first; without, a search stops after its first matches.
    "queries.cache.enabled": false,
  };
}

/** One copy, which is read when all is there: whatever is lost is loaded again. */
const loadingSettings = {
  number_of_replicas: 0,
  refresh_interval: "-1",
  "translog.durability": "async",
  // A node that was killed does again what it has not flushed: with the usual 512 MB, minutes of it.
  "translog.flush_threshold_size": "64mb",
};

/** Settings of an index that is served: every node has a copy of all of it. */
export const servedSettings = {
  auto_expand_replicas: "0-all",
  refresh_interval: "1s",
  "translog.durability": "request",
};

export function worksMapping(meta: IndexMeta): Record<string, unknown> {
  return {
    dynamic: "strict",
    // What a document was made of is in the stored fields; tokens need not be kept twice.
    _source: { enabled: false },
    _meta: meta,
    properties: {
      position: { type: "long" },
      title: words,
      author: words,
      series: words,
      topic: words,
      publisher: words,
      key: words,
      names: words,
      anywhere: words,
      identifiers: words,
      description: words,
      ranking: { type: "binary", doc_values: true },
      work: stored,
      publishers: stored,
      editions: stored,
      moreEditions: stored,
    },
  };
}

/** Read by their ids, never searched. */
export const keysMapping: Record<string, unknown> = { dynamic: false, properties: {} };

/** The names of a revision's indices. Catalogues have no dots in their names, so that none has another's. */
export type IndexNames = { works: string; keys: string };

export function indexNames(name: string, revision: string): IndexNames {
  const safe = revision.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  return namesBeside(`${name}.${safe}.works`);
}

/** The names of all indices of the revision that an index of works is of. */
export function namesBeside(works: string): IndexNames {
  return { works, keys: works.replace(/\.works$/, ".keys") };
}
