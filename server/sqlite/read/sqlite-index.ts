/**
 * The port of a search (server/search/index-port.ts) on one SQLite file, read-only. Everything heavy is
 * a bounded walk over indexes on disk; in memory are a page cache of fixed size, prepared statements
 * and what was read last. Nothing here waits: the promises are fulfilled at once.
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
  SearchIndex,
  SortKeys,
  TermAnswers,
  TermQuestions,
  Walk,
} from "#server/search/index-port.ts";
import type { ReadDatabase } from "../database.ts";
import { Books } from "./books.ts";
import { densityOfWalk } from "./density.ts";
import { stemsDescribing, worksDescribedBy } from "./descriptions.ts";
import { ListLengths } from "./list-lengths.ts";
import { idsAmong } from "./matching.ts";
import { catalogInfo, readMeta } from "./meta.ts";
import {
  EDITION_EFFORT,
  EDITIONS_EFFORT,
  LOOK_UP_EFFORT,
  MATCH_EFFORT,
  ROW_EFFORT,
  SORT_KEY_EFFORT,
} from "./prices.ts";
import { Records } from "./records.ts";
import { SqliteRetrieval } from "./retrieval.ts";
import { describedLengths, duplicateGroups, sortKeys } from "./sort-keys.ts";
import { type TermChanges, Terms } from "./terms.ts";
import { type Passage, Walker, type WalkResult } from "./walker.ts";

export type SqliteIndexOptions = {
  /** Without what a walk needs to know, the file is a whole catalogue. */
  passage?: Passage;
  /** Works by which the lengths of lists are judged; those of the file if undefined. */
  workCount?: number;
  /** What was written since words were counted. */
  changes?: TermChanges;
};

export class SqliteIndex implements SearchIndex {
  readonly info: CatalogInfo;
  readonly described: SearchIndex["described"];
  #database: ReadDatabase;
  #records: Records;
  #books: Books;
  #terms: Terms;
  #lengths: ListLengths | undefined;
  #walker: Walker;
  #workCount: number;
  #hidden: ReadonlySet<number> | undefined;

  /** @param whole the index of the same file whose caches are to be shared. */
  constructor(database: ReadDatabase, options: SqliteIndexOptions = {}, whole?: SqliteIndex) {
    this.#database = database;
    const meta = readMeta(this.#database);
    this.info = catalogInfo(meta);
    const count = Number(meta.get("describedCount") ?? 0);
    const words = Number(meta.get("describedWords") ?? 0);
    this.described = { count, averageLength: words / Math.max(1, count) };
    this.#records = whole === undefined ? new Records(this.#database) : whole.#records;
    this.#books = whole === undefined ? new Books(this.#database) : whole.#books;
    const terms = whole === undefined ? undefined : whole.#terms;
    this.#terms = new Terms(this.#database, options.changes, terms);
    const { workCount } = this.info;
    const lastId = (workCount + 1) * ROWID_GAP;
    const passage = options.passage ?? { workCount, lastId, isFenced: true };
    // The terms of a file of changes are differences, which say nothing of its lists.
    this.#lengths = passage.isFenced ? new ListLengths(this.#terms) : undefined;
    this.#walker = new Walker(this.#database, passage, this.#lengths);
    this.#workCount = options.workCount ?? workCount;
    this.#hidden = passage.hidden;
  }

  /** The same file without some works, and with what was written since its words were counted. */
  without(hidden: ReadonlySet<number>, workCount: number, changes: TermChanges): SqliteIndex {
    const lastId = (this.info.workCount + 1) * ROWID_GAP;
    const passage = { workCount: this.info.workCount, lastId, isFenced: true, hidden };
    return new SqliteIndex(this.#database, { passage, workCount, changes }, this);
  }

  async terms(questions: TermQuestions, effort: Effort): Promise<TermAnswers> {
    effort.check();
    return this.#terms.answer(questions, effort);
  }

  retrieve(filter: WorkFilter, effort: Effort): SqliteRetrieval {
    const sources = {
      walker: this.#walker,
      books: this.#books,
      workCount: this.#workCount,
      lengths: this.#lengths,
    };
    return new SqliteRetrieval(sources, filter, effort);
  }

  async walk(walk: Walk, effort: Effort): Promise<number[]> {
    return (await this.walkAsFar(walk, effort)).ids;
  }

  /** A walk, and up to which id it came. */
  async walkAsFar(walk: Walk, effort: Effort): Promise<WalkResult> {
    effort.check();
    const { expression, parts = [], ...options } = walk;
    const density = densityOfWalk(expression, parts, this.#workCount, this.#lengths);
    return this.#walker.walk(expression, { ...options, density }, effort);
  }

  async matching(
    expression: Expression,
    ids: readonly number[],
    limit: number,
    effort: Effort,
  ): Promise<number[]> {
    effort.check();
    const found: number[] = [];
    const sources = { database: this.#database, books: this.#books };
    for (const id of idsAmong(sources, expression, ids, effort)) {
      found.push(id);
      if (found.length === limit) {
        break;
      }
    }
    return found;
  }

  async idsOfKeys(keys: readonly string[], effort: Effort): Promise<(number | undefined)[]> {
    effort.check();
    effort.spend(keys.length * LOOK_UP_EFFORT);
    return keys.map((key) => this.#records.workId(key));
  }

  async idsOfIdentifiers(identifiers: readonly Identifier[], effort: Effort): Promise<number[][]> {
    effort.check();
    effort.spend(identifiers.length * LOOK_UP_EFFORT);
    const hidden = this.#hidden;
    return identifiers.map(({ type, text }) => {
      const ids = this.#records.workIds(type, text);
      return hidden === undefined ? ids : ids.filter((id) => !hidden.has(id));
    });
  }

  async books(ids: readonly number[], effort: Effort): Promise<(IndexedBook | undefined)[]> {
    effort.check();
    effort.spend(ids.length * ROW_EFFORT);
    return ids.map((id) => this.#books.read(id));
  }

  async sortKeys(ids: readonly number[], effort: Effort): Promise<SortKeys[]> {
    effort.check();
    effort.spend(ids.length * SORT_KEY_EFFORT);
    return sortKeys(this.#database, ids);
  }

  async duplicateGroups(ids: readonly number[], effort: Effort): Promise<Map<number, number>> {
    effort.check();
    effort.spend(ids.length * SORT_KEY_EFFORT);
    return duplicateGroups(this.#database, ids);
  }

  async works(ids: readonly number[], effort: Effort): Promise<Work[]> {
    effort.check();
    effort.spend(ids.length * LOOK_UP_EFFORT);
    return ids.map((id) => this.#records.work(id));
  }

  async records(ids: readonly number[], effort: Effort): Promise<BookRecord[]> {
    effort.check();
    effort.spend(ids.length * EDITIONS_EFFORT);
    return ids.map((id) => this.#records.shown(id));
  }

  async publishers(
    ids: readonly number[],
    most: number,
    effort: Effort,
  ): Promise<PublisherNames[]> {
    effort.check();
    effort.spend(ids.length * EDITIONS_EFFORT);
    return ids.map((id) => {
      const editions = this.#records.editions(id);
      const first = [...editions.first(most)];
      effort.spend(first.length * EDITION_EFFORT);
      const isWhole = first.length < most || editions.at(most) === undefined;
      return { names: first.flatMap(({ publishers }) => publishers), isWhole };
    });
  }

  async authors(keys: readonly string[], effort: Effort): Promise<(AuthorRecord | undefined)[]> {
    effort.check();
    effort.spend(keys.length * LOOK_UP_EFFORT);
    return keys.map((key) => this.#records.author(key));
  }

  async describedBy(stems: readonly string[], limit: number, effort: Effort): Promise<number[][]> {
    effort.check();
    return worksDescribedBy(this.#database, stems, limit, effort, this.#hidden);
  }

  async describingStems(id: number, stems: readonly string[], effort: Effort): Promise<boolean[]> {
    effort.check();
    effort.spend(stems.length * MATCH_EFFORT);
    return stemsDescribing(this.#database, id, stems);
  }

  async describedLengths(ids: readonly number[], effort: Effort): Promise<number[]> {
    effort.check();
    effort.spend(ids.length * LOOK_UP_EFFORT);
    return describedLengths(this.#database, ids);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#database.close();
  }
}
