/**
 * The port of a search on two indexes: the imported one without the works that were written, and that
 * of what was written. Ids are those of one order, so that lists of both are merged by id:
 *
 *     imported   16  32  (48)  64 …    hidden: changed or deleted
 *     written            48       …  made here
 *
 * Of one work everything is read from the index that has it.
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
  PublisherNames,
  Retrieval,
  SearchIndex,
  SortKeys,
  TermAnswers,
  TermQuestions,
  Walk,
} from "#server/search/index-port.ts";
import type { SqliteIndex } from "../read/sqlite-index.ts";
import type { TermChanges } from "../read/terms.ts";
import type { WalkResult } from "../read/walker.ts";
import { merged } from "./merged-ids.ts";
import { SegmentedRetrieval } from "./segmented-retrieval.ts";
import { descriptionToken, type WrittenTokens } from "./written-tokens.ts";

/** The works that were written, by id. */
export type WrittenIds = {
  /** Imported works that are changed or deleted. */
  hidden: ReadonlySet<number>;
  /** Works that are changed or made. */
  shown: ReadonlySet<number>;
};

/** An index of what was imported, which can do without what was changed here. */
export interface ImportedIndex extends SearchIndex {
  /** A walk, and up to which id it came. */
  walkAsFar(walk: Walk, budget: Effort): Promise<WalkResult>;
  /** The same index without some works, and with what was written since its words were counted. */
  without(hidden: ReadonlySet<number>, workCount: number, changes: TermChanges): ImportedIndex;
}

export class SegmentedIndex implements SearchIndex {
  readonly info: CatalogInfo;
  readonly described: SearchIndex["described"];
  readonly #imported: ImportedIndex;
  readonly #written: SqliteIndex;
  readonly #ids: WrittenIds;
  readonly #authorChange: (key: string) => number;
  readonly #tokens: WrittenTokens;

  /**
   * @param options.imported the imported index, without what is hidden.
   * @param options.authorChange how many works of an author more there are than were imported.
   */
  constructor(options: {
    info: CatalogInfo;
    described: SearchIndex["described"];
    imported: ImportedIndex;
    written: SqliteIndex;
    ids: WrittenIds;
    authorChange: (key: string) => number;
    tokens: WrittenTokens;
  }) {
    this.info = options.info;
    this.described = options.described;
    this.#imported = options.imported;
    this.#written = options.written;
    this.#ids = options.ids;
    this.#authorChange = options.authorChange;
    this.#tokens = options.tokens;
  }

  terms(questions: TermQuestions, budget: Effort): Promise<TermAnswers> {
    return this.#imported.terms(questions, budget);
  }

  retrieve(filter: WorkFilter, budget: Effort): Retrieval {
    const imported = this.#imported.retrieve(filter, budget);
    const written = this.#written.retrieve(filter, budget.beside());
    return new SegmentedRetrieval(imported, written, this.#tokens);
  }

  async walk(walk: Walk, budget: Effort): Promise<number[]> {
    const imported = await this.#imported.walkAsFar(walk, budget);
    const beside = budget.beside();
    const mayMatch = this.#tokens.mayMatch(walk.expression);
    const written = mayMatch ? await this.#written.walk(walk, beside) : [];
    budget.exceeded ||= beside.exceeded;
    // Behind the end of a walk that was cut short there may be others, which come first.
    const isCut = imported.end === "budget" || imported.end === "mostEffort";
    const known = isCut ? written.filter((id) => id <= imported.reachedId) : written;
    return merged(imported.ids, known).slice(0, walk.limit);
  }

  async matching(
    expression: Expression,
    ids: readonly number[],
    limit: number,
    budget: Effort,
  ): Promise<number[]> {
    const { imported, written } = this.#parted(ids);
    if (written.length === 0) {
      return this.#imported.matching(expression, imported, limit, budget);
    }
    const found = new Set([
      ...(await this.#written.matching(expression, written, limit, budget)),
      ...(await this.#imported.matching(expression, imported, limit, budget)),
    ]);
    return ids.filter((id) => found.has(id)).slice(0, limit);
  }

  async idsOfKeys(keys: readonly string[], budget: Effort): Promise<(number | undefined)[]> {
    const written = await this.#written.idsOfKeys(keys, budget.beside());
    const imported = await this.#imported.idsOfKeys(keys, budget);
    return keys.map((_, place) => written[place] ?? this.#present(imported[place]));
  }

  async idsOfIdentifiers(identifiers: readonly Identifier[], budget: Effort): Promise<number[][]> {
    const written = await this.#written.idsOfIdentifiers(identifiers, budget.beside());
    const imported = await this.#imported.idsOfIdentifiers(identifiers, budget);
    return identifiers.map((_, place) => merged(imported[place] ?? [], written[place] ?? []));
  }

  books(ids: readonly number[], budget: Effort): Promise<(IndexedBook | undefined)[]> {
    return this.#each(ids, (index, some) => index.books(some, budget));
  }

  sortKeys(ids: readonly number[], budget: Effort): Promise<SortKeys[]> {
    return this.#each(ids, (index, some) => index.sortKeys(some, budget));
  }

  async duplicateGroups(ids: readonly number[], budget: Effort): Promise<Map<number, number>> {
    const { imported, written } = this.#parted(ids);
    const groups = await this.#imported.duplicateGroups(imported, budget);
    if (written.length === 0) {
      return groups;
    }
    return new Map([...groups, ...(await this.#written.duplicateGroups(written, budget))]);
  }

  works(ids: readonly number[], budget: Effort): Promise<Work[]> {
    return this.#each(ids, (index, some) => index.works(some, budget));
  }

  records(ids: readonly number[], budget: Effort): Promise<BookRecord[]> {
    return this.#each(ids, (index, some) => index.records(some, budget));
  }

  publishers(ids: readonly number[], most: number, budget: Effort): Promise<PublisherNames[]> {
    return this.#each(ids, (index, some) => index.publishers(some, most, budget));
  }

  async authors(keys: readonly string[], budget: Effort): Promise<(AuthorRecord | undefined)[]> {
    const authors = await this.#imported.authors(keys, budget);
    return authors.map((author) => {
      const change = author === undefined ? 0 : this.#authorChange(author.key);
      if (author === undefined || change === 0) {
        return author;
      }
      return { ...author, workCount: Math.max(0, author.workCount + change) };
    });
  }

  async describedBy(stems: readonly string[], limit: number, budget: Effort): Promise<number[][]> {
    const mayDescribe = stems.map((stem) => this.#tokens.mayHave(descriptionToken(stem)));
    const promising = stems.filter((_, place) => mayDescribe[place]);
    const found = await this.#written.describedBy(promising, limit, budget.beside());
    const next = found.values();
    const written = mayDescribe.map((may) => (may ? next.next().value : undefined));
    const imported = await this.#imported.describedBy(stems, limit, budget);
    // As one index gives them: neither of the two crowds out the other.
    let room = limit;
    return stems.map((_, place) => {
      const ids = merged(imported[place] ?? [], written[place] ?? []).slice(0, room);
      room -= ids.length;
      return ids;
    });
  }

  describingStems(id: number, stems: readonly string[], budget: Effort): Promise<boolean[]> {
    return this.#owner(id).describingStems(id, stems, budget);
  }

  describedLengths(ids: readonly number[], budget: Effort): Promise<number[]> {
    return this.#each(ids, (index, some) => index.describedLengths(some, budget));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // Both are others' to close.
  }

  /** The id of a work by a key of the imported one, unless it was deleted. */
  #present(id: number | undefined): number | undefined {
    const { hidden, shown } = this.#ids;
    return id === undefined || (hidden.has(id) && !shown.has(id)) ? undefined : id;
  }

  #owner(id: number): SearchIndex {
    return this.#ids.shown.has(id) ? this.#written : this.#imported;
  }

  #parted(ids: readonly number[]): { imported: readonly number[]; written: readonly number[] } {
    const { shown } = this.#ids;
    const written = ids.filter((id) => shown.has(id));
    if (written.length === 0) {
      return { imported: ids, written };
    }
    return { imported: ids.filter((id) => !shown.has(id)), written };
  }

  /** Asks for each work the index that has it; the answers are in the order of the ids. */
  async #each<Answer>(
    ids: readonly number[],
    ask: (index: SearchIndex, ids: readonly number[]) => Promise<Answer[]>,
  ): Promise<Answer[]> {
    const { imported, written } = this.#parted(ids);
    if (written.length === 0) {
      return ask(this.#imported, imported);
    }
    const ofImported = (await ask(this.#imported, imported)).values();
    const ofWritten = (await ask(this.#written, written)).values();
    const { shown } = this.#ids;
    return ids.flatMap((id) => {
      const { value, done } = (shown.has(id) ? ofWritten : ofImported).next();
      return done === true ? [] : [value];
    });
  }
}
