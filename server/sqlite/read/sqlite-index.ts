/**
 * The port of a search (server/search/index-port.ts) on one SQLite file, read-only. Everything heavy is
 * a bounded walk over indexes on disk; in memory are a page cache of fixed size, prepared statements
 * and what was read last. Nothing here waits: the promises are fulfilled at once.
 */
import type { CatalogInfo } from "#server/catalog/catalog.ts";
import type { IndexedBook } from "#server/catalog/ranking/indexed-book.ts";
import type { Work } from "#server/catalog/records.ts";
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
import { type DatabaseOptions, ReadDatabase } from "../database.ts";
import { Books } from "./books.ts";
import { densityOf } from "./density.ts";
import { stemsDescribing, worksDescribedBy } from "./descriptions.ts";
import { idsAmong } from "./matching.ts";
import { catalogInfo, readMeta } from "./meta.ts";
import { EDITIONS_EFFORT, LOOK_UP_EFFORT, MATCH_EFFORT, ROW_EFFORT } from "./prices.ts";
import { Records } from "./records.ts";
import { SqliteRetrieval } from "./retrieval.ts";
import { describedLengths, duplicateGroups, sortKeys } from "./sort-keys.ts";
import { Terms } from "./terms.ts";
import { Walker } from "./walker.ts";

export class SqliteIndex implements SearchIndex {
  readonly info: CatalogInfo;
  readonly described: SearchIndex["described"];
  #database: ReadDatabase;
  #records: Records;
  #books: Books;
  #terms: Terms;
  #walker: Walker;

  /** @throws {Error} when the file is missing, unfinished, no catalogue or of another version. */
  constructor(path: string, options: DatabaseOptions) {
    this.#database = new ReadDatabase(path, options);
    const meta = readMeta(this.#database);
    this.info = catalogInfo(meta);
    const count = Number(meta.get("describedCount") ?? 0);
    const words = Number(meta.get("describedWords") ?? 0);
    this.described = { count, averageLength: words / Math.max(1, count) };
    this.#records = new Records(this.#database);
    this.#books = new Books(this.#database);
    this.#terms = new Terms(this.#database);
    this.#walker = new Walker(this.#database, this.info.workCount);
  }

  async terms(questions: TermQuestions, effort: Effort): Promise<TermAnswers> {
    effort.check();
    return this.#terms.answer(questions, effort);
  }

  retrieve(filter: WorkFilter, effort: Effort): Retrieval {
    const { workCount } = this.info;
    const sources = { walker: this.#walker, books: this.#books, workCount };
    return new SqliteRetrieval(sources, filter, effort);
  }

  async walk({ expression, parts = [], ...options }: Walk, effort: Effort): Promise<number[]> {
    effort.check();
    const density = densityOf(parts, this.info.workCount);
    return this.#walker.walk(expression, { ...options, density }, effort).ids;
  }

  async matching(
    expression: Expression,
    ids: readonly number[],
    limit: number,
    effort: Effort,
  ): Promise<number[]> {
    effort.check();
    const found: number[] = [];
    for (const id of idsAmong(this.#database, expression, ids, effort)) {
      found.push(id);
      if (found.length === limit) break;
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
    return identifiers.map(({ type, text }) => this.#records.workIds(type, text));
  }

  async books(ids: readonly number[], effort: Effort): Promise<(IndexedBook | undefined)[]> {
    effort.check();
    effort.spend(ids.length * ROW_EFFORT);
    return ids.map((id) => this.#books.read(id));
  }

  async sortKeys(ids: readonly number[], effort: Effort): Promise<SortKeys[]> {
    effort.check();
    effort.spend(ids.length * LOOK_UP_EFFORT);
    return sortKeys(this.#database, ids);
  }

  async duplicateGroups(ids: readonly number[], effort: Effort): Promise<Map<number, number>> {
    effort.check();
    effort.spend(ids.length * LOOK_UP_EFFORT);
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

  async publishers(ids: readonly number[], effort: Effort): Promise<string[][]> {
    effort.check();
    effort.spend(ids.length * EDITIONS_EFFORT);
    return ids.map((id) =>
      [...this.#records.editions(id)].flatMap((edition) => edition.publishers),
    );
  }

  async authors(keys: readonly string[], effort: Effort): Promise<(AuthorRecord | undefined)[]> {
    effort.check();
    effort.spend(keys.length * LOOK_UP_EFFORT);
    return keys.map((key) => this.#records.author(key));
  }

  async describedBy(stems: readonly string[], limit: number, effort: Effort): Promise<number[][]> {
    effort.check();
    return worksDescribedBy(this.#database, stems, limit, effort);
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
