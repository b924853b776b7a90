/**
 * The indices of one revision of a catalogue:
 *
 *     NAME.REVISION.works   one document a work, in order of popularity: `position` is the rowid that the
 *                           work has in SQLite, also the document's id
 *     NAME.REVISION.keys    authors by key, and keys that lead to others
 *     NAME.REVISION.terms   what is known of words (terms-file.ts), in pieces
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

/** Settings while an index is loaded; see `servedSettings`. */
export function loadingSettings(workCount: number): Record<string, unknown> {
  return {
    number_of_shards: Math.max(1, Math.ceil(workCount / WORKS_PER_SHARD)),
    number_of_replicas: 0,
    refresh_interval: "-1",
    analysis,
    "sort.field": "position",
    "sort.order": "asc",
    max_result_window: MAX_HITS,
    // A cached filter is read to its end first; without, a search stops after its first matches.
    "queries.cache.enabled": false,
    "translog.durability": "async",
  };
}

/** Settings of an index that is served: every node has a copy of all of it. */
export const servedSettings: Record<string, unknown> = {
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

export const keysMapping: Record<string, unknown> = {
  dynamic: "strict",
  _source: { enabled: true },
  properties: {
    target: { type: "keyword", index: false, doc_values: false },
    author: { type: "text", index: false },
    workCount: { type: "long", index: false },
  },
};

export const termsMapping: Record<string, unknown> = {
  dynamic: "strict",
  _source: { enabled: true },
  properties: {
    piece: { type: "binary" },
    sha256: { type: "keyword", index: false, doc_values: false },
    pieceCount: { type: "integer", index: false },
  },
};

/** The names of a revision's indices. Catalogues have no dots in their names, so that none has another's. */
export type IndexNames = { works: string; keys: string; terms: string };

export function indexNames(name: string, revision: string): IndexNames {
  const safe = revision.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  return namesBeside(`${name}.${safe}.works`);
}

/** The names of all indices of the revision that an index of works is of. */
export function namesBeside(works: string): IndexNames {
  const base = works.replace(/\.works$/, "");
  return { works, keys: `${base}.keys`, terms: `${base}.terms` };
}
