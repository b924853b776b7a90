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
  PublisherNames,
  Retrieval,
  SearchIndex,
  SortKeys,
  TermAnswers,
  TermQuestions,
  Walk,
} from "#server/search/index-port.ts";
import { densityOfWalk } from "#server/sqlite/read/density.ts";
import {
  DESCRIPTION_EFFORT,
  EDITIONS_EFFORT,
  LOOK_UP_EFFORT,
  MATCH_EFFORT,
  ROW_EFFORT,
  STATEMENT_EFFORT,
} from "#server/sqlite/read/prices.ts";
import type { TermChanges } from "#server/sqlite/read/terms.ts";
import type { WalkResult } from "#server/sqlite/read/walker.ts";
import type { ImportedIndex } from "#server/sqlite/written/segmented-index.ts";
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

/** What differs where works were changed or deleted since the import. */
type Differences = { hidden: ReadonlySet<number>; workCount: number; changes: TermChanges };

export class OpenSearchIndex implements ImportedIndex {
  readonly info: CatalogInfo;
  readonly described: SearchIndex["described"];
  readonly #cluster: Cluster;
  readonly #names: IndexNames;
  readonly #terms: TermsFile;
  readonly #searcher: Searcher;
  readonly #rankings: Rankings;
  readonly #records: Records;
  readonly #lastId: number;
  /** Works by which the lengths of lists are judged. */
  readonly #workCount: number;
  readonly #hidden: ReadonlySet<number> | undefined;
  readonly #counted: Pick<TermsFile, "answer">;

  /**
   * @param terms of the same revision as the indices; closed with the index, as the cluster is.
   * @param whole the index of the same revision whose caches are to be shared.
   */
  constructor(
    cluster: Cluster,
    names: IndexNames,
    terms: TermsFile,
    differences?: Differences,
    whole?: OpenSearchIndex,
  ) {
    this.#cluster = cluster;
    this.#names = names;
    this.#terms = terms;
    this.info = terms.info;
    this.described = terms.described;
    this.#workCount = differences?.workCount ?? terms.info.workCount;
    this.#hidden = differences?.hidden;
    this.#counted = differences === undefined ? terms : terms.termsWith(differences.changes);
    this.#searcher = new Searcher(cluster, names.works, this.#hidden);
    if (whole === undefined) {
      this.#rankings = new Rankings(this.#searcher);
      this.#records = new Records(cluster, this.#searcher, names.keys);
    } else {
      this.#rankings = whole.#rankings;
      this.#records = whole.#records;
    }
    this.#lastId = (terms.info.workCount + 1) * ROWID_GAP;
  }

  without(hidden: ReadonlySet<number>, workCount: number, changes: TermChanges): OpenSearchIndex {
    const differences = { hidden: new Set(hidden), workCount, changes };
    return new OpenSearchIndex(this.#cluster, this.#names, this.#terms, differences, this);
  }

  async terms(questions: TermQuestions, effort: Effort): Promise<TermAnswers> {
    effort.check();
    return this.#counted.answer(questions, effort);
  }

  retrieve(filter: WorkFilter, effort: Effort): Retrieval {
    const sources = {
      searcher: this.#searcher,
      rankings: this.#rankings,
      terms: this.#terms,
      workCount: this.#workCount,
      lastId: this.#lastId,
    };
    return new OpenSearchRetrieval(sources, filter, effort);
  }

  async walk(walk: Walk, effort: Effort): Promise<number[]> {
    return (await this.walkAsFar(walk, effort)).ids;
  }

  async walkAsFar(
    { expression, limit, afterId = 0, parts = [] }: Walk,
    effort: Effort,
  ): Promise<WalkResult> {
    effort.check();
    if (isOver(effort)) {
      return { ids: [], reachedId: afterId, end: "budget" };
    }
    const density = densityOfWalk(expression, parts, this.#workCount, this.#terms.lengths);
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
    const end = reach.end(ids, limit, effort);
    const lastId = end === "limit" ? (ids.at(-1) ?? afterId) : this.#lastId;
    return { ids, reachedId: reach.lastPosition ?? lastId, end };
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
    const found = await this.#records.idsOfIdentifiers(identifiers, effort);
    const hidden = this.#hidden;
    return hidden === undefined ? found : found.map((ids) => ids.filter((id) => !hidden.has(id)));
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

  async publishers(
    ids: readonly number[],
    _most: number,
    effort: Effort,
  ): Promise<PublisherNames[]> {
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
