/** Searches of an index, several in one request, each answered with the works it found. */

import { CatalogUnavailableError } from "#server/catalog/catalog.ts";
import type { Effort } from "#server/search/effort.ts";
import type { Cluster } from "./cluster.ts";
import { explainAnswer, type PartProblem, partError } from "./cluster-errors.ts";
import type { Query } from "./query-dsl.ts";

/** What is wanted of the works that match, in order of their positions. */
export type Search = {
  /** Undefined if it is known that nothing matches: nobody is asked. */
  query: Query | undefined;
  limit: number;
  /** Only works behind this position. */
  after?: number | undefined;
  /** Only works up to this position. */
  upTo?: number | undefined;
  /** Also what the ranking function reads of each. */
  withRanking?: boolean;
  /** Names of stored fields. */
  stored?: readonly string[];
};

export type Hit = {
  id: number;
  /** As it is stored; only where it was asked for. */
  ranking?: string | undefined;
  stored: Readonly<Record<string, string>>;
  /** Names of queries that the work matches. */
  matched: readonly string[];
};

/** Whether works may be missing from an answer, which then says so. */
export type Missing = "said" | "refused";

/** A node gives up on a search after so long, with what it found. */
const LONGEST_SEARCH_MS = 2_000;
const SHORTEST_SEARCH_MS = 100;

/** Only this of an answer is sent: the rest is longer than the ids. */
const FILTER = [
  "responses.status",
  "responses.error",
  "responses.timed_out",
  "responses._shards.total",
  "responses._shards.successful",
  "responses.hits.hits.sort",
  "responses.hits.hits.fields",
  "responses.hits.hits.matched_queries",
].join(",");

export class Searcher {
  readonly #cluster: Cluster;
  readonly #index: string;
  readonly #unwanted: Query[];

  /** @param hidden works that no search finds: they were changed or deleted since the import. */
  constructor(cluster: Cluster, index: string, hidden: ReadonlySet<number> = new Set()) {
    this.#cluster = cluster;
    this.#index = index;
    this.#unwanted = hidden.size === 0 ? [] : [{ terms: { position: [...hidden] } }];
  }

  /** Runs searches in one round trip; each has its hits, most popular first. */
  async run(
    searches: readonly Search[],
    effort: Effort,
    missing: Missing = "said",
  ): Promise<Hit[][]> {
    const asked = searches.filter(isAsked);
    if (asked.length === 0) {
      return searches.map(() => []);
    }
    const timeoutMs = Math.ceil(
      Math.min(LONGEST_SEARCH_MS, Math.max(SHORTEST_SEARCH_MS, effort.leftMs)),
    );
    const header = { index: this.#index, preference: "_local" };
    const lines = asked.flatMap((search) => [header, bodyOf(search, timeoutMs, this.#unwanted)]);
    const query = { filter_path: FILTER };
    const request = { method: "POST", path: "/_msearch", query, lines } as const;
    const answer = await this.#cluster.read(request, effort.call, isWhole);
    const found = responsesOf(answer)
      .map((response) => this.#read(response, effort, missing))
      .values();
    return searches.map((search) => (isAsked(search) ? (found.next().value ?? []) : []));
  }

  #read(response: Response, effort: Effort, missing: Missing): Hit[] {
    const { error, timed_out: isLate, _shards: shards, hits } = response;
    if (error !== undefined) {
      const failure = partError("A search failed", error, response.status ?? 500);
      // An index that is gone is one of an earlier revision; one without a copy comes back.
      if (failure.isTransient || failure.status === 404) {
        throw new CatalogUnavailableError(
          "The catalogue in the cluster can't be searched just now",
          {
            cause: failure,
          },
        );
      }
      throw explainAnswer(failure);
    }
    if (isLate === true) {
      effort.exceeded = true;
    }
    if (missedParts(shards) > 0) {
      if (missing === "refused") {
        throw new CatalogUnavailableError("A part of the catalogue does not answer");
      }
      effort.missPart();
    }
    return (hits?.hits ?? []).map(readHit);
  }
}

type AskedSearch = Search & { query: Query };

function isAsked(search: Search): search is AskedSearch {
  return search.query !== undefined;
}

function bodyOf(search: AskedSearch, timeoutMs: number, unwanted: readonly Query[]): object {
  const { query, limit, after, upTo, withRanking = false, stored } = search;
  const filter = [query];
  if (after !== undefined || upTo !== undefined) {
    // The index is sorted by position, so that both ends are found by bisection.
    filter.push({
      range: {
        position: {
          ...(after === undefined ? {} : { gt: after }),
          ...(upTo === undefined ? {} : { lte: upTo }),
        },
      },
    });
  }
  return {
    query: { bool: { filter, ...(unwanted.length === 0 ? {} : { must_not: unwanted }) } },
    sort: ["position"],
    size: limit,
    track_total_hits: false,
    timeout: `${timeoutMs}ms`,
    stored_fields: stored ?? "_none_",
    ...(withRanking ? { docvalue_fields: ["ranking"] } : {}),
  };
}

type Shards = { total?: number; successful?: number };

type Response = {
  status?: number;
  error?: PartProblem;
  timed_out?: boolean;
  _shards?: Shards;
  hits?: { hits?: RawHit[] };
};

type RawHit = {
  sort?: number[];
  fields?: Record<string, (string | undefined)[]>;
  matched_queries?: string[];
};

function responsesOf(answer: unknown): Response[] {
  // What OpenSearch documents of _msearch; a missing part reads as nothing found.
  return (answer as { responses?: Response[] }).responses ?? [];
}

function isWhole(answer: unknown): boolean {
  return responsesOf(answer).every(
    ({ status, _shards }) => (status ?? 200) < 429 && missedParts(_shards) === 0,
  );
}

/** Parts of the index that did not answer; those without any copy are not among the "failed". */
function missedParts({ total = 0, successful = 0 }: Shards = {}): number {
  return total - successful;
}

function readHit({ sort, fields = {}, matched_queries: matched = [] }: RawHit): Hit {
  const stored: Record<string, string> = {};
  for (const [name, values] of Object.entries(fields)) {
    stored[name] = values[0] ?? "";
  }
  return { id: sort?.[0] ?? 0, ranking: stored["ranking"], stored, matched };
}
