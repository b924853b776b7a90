/**
 * The port of a search (server/search/index-port.ts) on an OpenSearch cluster. Everything that one step
 * wants is one request, answered by a node from its own copy. What is known of words is in a file of
 * this machine (terms-file.ts), and costs none.
 */
import type { CatalogInfo } from "#server/catalog/catalog.ts";
import type { IndexedBook } from "#server/catalog/ranking/indexed-book.ts";
import type { Work } from "#server/catalog/records.ts";
import { ROWID_GAP } from "#server/index-entries/row-numbers.ts";
import type { Effort } from "#server/search/effort.ts";
import type { Expression, WorkFilter } from "#server/search/expression.ts";
import type {
  AuthorRecord,
  BookRecord,
  Identifier,
  Retrieval,
  SearchIndex,
  SortKeys,
  TermAnswers,
  TermQuestions,
  Walk,
} from "#server/search/index-port.ts";
import { densityOf } from "#server/sqlite/read/density.ts";
import {
  DESCRIPTION_EFFORT,
  EDITIONS_EFFORT,
  LOOK_UP_EFFORT,
  MATCH_EFFORT,
  ROW_EFFORT,
  STATEMENT_EFFORT,
} from "#server/sqlite/read/prices.ts";
import type { Cluster } from "./cluster.ts";
import type { IndexNames } from "./mapping.ts";
import { describedLengthOf, Rankings, sortKeysOf } from "./rankings.ts";
import { Records } from "./records.ts";
import { isOver, OpenSearchRetrieval } from "./retrieval.ts";
import { Searcher } from "./searcher.ts";
import type { TermsFile } from "./terms-file.ts";
import { WalkReach } from "./walk-reach.ts";

/** A work has at most so many stems asked about at once. */
const STEMS_PER_SEARCH = 500;

export class OpenSearchIndex implements SearchIndex {
  readonly info: CatalogInfo;
  readonly described: SearchIndex["described"];
  readonly #cluster: Cluster;
  readonly #terms: TermsFile;
  readonly #searcher: Searcher;
  readonly #rankings: Rankings;
  readonly #records: Records;
  readonly #lastId: number;

  /** @param terms of the same revision as the indices; closed with the index, as the cluster is. */
  constructor(cluster: Cluster, names: IndexNames, terms: TermsFile) {
    this.#cluster = cluster;
    this.#terms = terms;
    this.info = terms.info;
    this.described = terms.described;
    this.#searcher = new Searcher(cluster, names.works);
    this.#rankings = new Rankings(this.#searcher);
    this.#records = new Records(cluster, this.#searcher, names.keys);
    this.#lastId = (terms.info.workCount + 1) * ROWID_GAP;
  }

  async terms(questions: TermQuestions, effort: Effort): Promise<TermAnswers> {
    effort.check();
    return this.#terms.answer(questions, effort);
  }

  retrieve(filter: WorkFilter, effort: Effort): Retrieval {
    const { workCount } = this.info;
    const sources = { searcher: this.#searcher, rankings: this.#rankings, terms: this.#terms };
    return new OpenSearchRetrieval({ ...sources, workCount, lastId: this.#lastId }, filter, effort);
  }

  async walk(
    { expression, limit, afterId = 0, parts = [] }: Walk,
    effort: Effort,
  ): Promise<number[]> {
    effort.check();
    if (isOver(effort)) {
      return [];
    }
    const density = densityOf(parts, this.info.workCount);
    const shape = { expression, density, afterId, lastId: this.#lastId };
    const reach = new WalkReach(shape, effort);
    const search = {
      query: this.#terms.queryOf(expression),
      limit,
      after: afterId === 0 ? undefined : afterId,
      upTo: reach.lastPosition,
    };
    const [hits = []] = await this.#searcher.run([search], effort);
    const ids = hits.map(({ id }) => id);
    reach.end(ids, limit, effort);
    return ids;
  }

  async matching(
    expression: Expression,
    ids: readonly number[],
    limit: number,
    effort: Effort,
  ): Promise<number[]> {
    effort.check();
    if (ids.length === 0 || effort.isSpent()) {
      return [];
    }
    effort.spend(ids.length * MATCH_EFFORT);
    const wanted = this.#terms.queryOf(expression);
    const among = { terms: { position: [...ids] } };
    const query = wanted === undefined ? undefined : { bool: { filter: [among, wanted] } };
    const [hits = []] = await this.#searcher.run([{ query, limit: ids.length }], effort);
    const matching = new Set(hits.map(({ id }) => id));
    return ids.filter((id) => matching.has(id)).slice(0, limit);
  }

  async idsOfKeys(keys: readonly string[], effort: Effort): Promise<(number | undefined)[]> {
    effort.check();
    effort.spend(keys.length * LOOK_UP_EFFORT);
    return this.#records.idsOfKeys(keys, effort);
  }

  async idsOfIdentifiers(identifiers: readonly Identifier[], effort: Effort): Promise<number[][]> {
    effort.check();
    effort.spend(identifiers.length * LOOK_UP_EFFORT);
    return this.#records.idsOfIdentifiers(identifiers, effort);
  }

  async books(ids: readonly number[], effort: Effort): Promise<(IndexedBook | undefined)[]> {
    effort.check();
    effort.spend(ids.length * ROW_EFFORT);
    const rankings = await this.#rankings.read(ids, effort);
    return ids.map((id) => rankings.get(id)?.book);
  }

  async sortKeys(ids: readonly number[], effort: Effort): Promise<SortKeys[]> {
    effort.check();
    effort.spend(ids.length * LOOK_UP_EFFORT);
    const rankings = await this.#rankings.read(ids, effort);
    return ids.flatMap((id) => rankings.get(id) ?? []).map(sortKeysOf);
  }

  async duplicateGroups(ids: readonly number[], effort: Effort): Promise<Map<number, number>> {
    effort.check();
    effort.spend(ids.length * LOOK_UP_EFFORT);
    const rankings = await this.#rankings.read(ids, effort);
    return new Map([...rankings].map(([id, { book }]) => [id, book.duplicate]));
  }

  async works(ids: readonly number[], effort: Effort): Promise<Work[]> {
    effort.check();
    effort.spend(ids.length * LOOK_UP_EFFORT);
    return this.#records.works(ids, effort);
  }

  async records(ids: readonly number[], effort: Effort): Promise<BookRecord[]> {
    effort.check();
    effort.spend(ids.length * EDITIONS_EFFORT);
    return this.#records.records(ids, effort);
  }

  async publishers(ids: readonly number[], effort: Effort): Promise<string[][]> {
    effort.check();
    effort.spend(ids.length * EDITIONS_EFFORT);
    return this.#records.publishers(ids, effort);
  }

  async authors(keys: readonly string[], effort: Effort): Promise<(AuthorRecord | undefined)[]> {
    effort.check();
    effort.spend(keys.length * LOOK_UP_EFFORT);
    return this.#records.authors(keys, effort);
  }

  async describedBy(stems: readonly string[], limit: number, effort: Effort): Promise<number[][]> {
    effort.check();
    if (effort.isSpent()) {
      return stems.map(() => []);
    }
    let room = limit;
    // How many works each has is known, so that all can be asked for at once.
    const limits = this.#terms.stemCounts(stems).map((count) => {
      const share = Math.min(count, room);
      const isAffordable = !effort.isSpent();
      room -= share;
      effort.spend(isAffordable ? STATEMENT_EFFORT + share * DESCRIPTION_EFFORT : 0);
      return isAffordable ? share : 0;
    });
    const searches = stems.flatMap((stem, place) => {
      const share = limits[place] ?? 0;
      return share === 0 ? [] : [{ query: { term: { description: stem } }, limit: share }];
    });
    const found = (await this.#searcher.run(searches, effort)).values();
    return limits.map((share) =>
      share === 0 ? [] : (found.next().value ?? []).map(({ id }) => id),
    );
  }

  async describingStems(id: number, stems: readonly string[], effort: Effort): Promise<boolean[]> {
    effort.check();
    effort.spend(stems.length * MATCH_EFFORT);
    const named = stems
      .slice(0, STEMS_PER_SEARCH)
      .map((stem) => ({ term: { description: { value: stem, _name: stem } } }));
    const query = { bool: { filter: [{ term: { position: id } }], should: named } };
    const [[hit] = []] = await this.#searcher.run([{ query, limit: 1 }], effort);
    return stems.map((stem) => hit?.matched.includes(stem) ?? false);
  }

  async describedLengths(ids: readonly number[], effort: Effort): Promise<number[]> {
    effort.check();
    effort.spend(ids.length * LOOK_UP_EFFORT);
    const rankings = await this.#rankings.read(ids, effort);
    return ids.map((id) => {
      const ranking = rankings.get(id);
      return ranking === undefined ? 0 : describedLengthOf(ranking);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#terms.close();
    await this.#cluster[Symbol.asyncDispose]();
  }
}
