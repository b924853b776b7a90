/**
 * Everything that is written here, over what was imported: what RPCs ask to write, and what
 * `EditedCatalog` reads.
 */

import type { DatabaseSync } from "node:sqlite";
import type { CallOptions, Catalog } from "#server/catalog/catalog.ts";
import type { Edition, Work } from "#server/catalog/records.ts";
import { LocalTransactions, type Transactions } from "#server/database/transactions.ts";
import { type BatchOutcome, type BatchRow, BatchWriter } from "./batch-writer.ts";
import { bookRecords } from "./book-record.ts";
import type { Conflict } from "./conflict-store.ts";
import { ConflictStore } from "./conflict-store.ts";
import type { EditConflict, EditionPatch, WorkPatch } from "./edit.ts";
import { editsFile, openEditDatabase } from "./edit-database.ts";
import { editionRecords } from "./edition-record.ts";
import type { NewRevision, Target, WriteContext } from "./record-write.ts";
import { RecordWriter } from "./record-writer.ts";
import { NothingThereError, ReadOnlyError } from "./write-errors.ts";
import { WriteTargets } from "./write-targets.ts";
import { type Revision, WrittenStore } from "./written-store.ts";

export type EditsOptions = {
  /** Undefined to keep everything in memory. */
  dataDir: string | undefined;
  /** What is opened already, to be closed with the edits, where other servers write as well. */
  shared?: { database: DatabaseSync; transactions: Transactions } | undefined;
  /** What was imported. */
  imported: Catalog;
  now: () => Date;
  /** Told of every write once it is kept; the write is answered when that is done. */
  onRevision?: (revision: NewRevision) => void | Promise<void>;
  /** Told of the writes of a batch instead; done when searches find them. */
  onBatch?: (revisions: readonly NewRevision[]) => Promise<void>;
  /** The last write that searches find; undefined where nobody indexes what is written. */
  indexedGeneration?: () => number | undefined;
  /** Why nothing can be written; undefined where it can. */
  readOnlyBecause?: string | undefined;
};

export class Edits {
  readonly imported: Catalog;
  readonly books: RecordWriter<Work, WorkPatch>;
  readonly editions: RecordWriter<Edition, EditionPatch>;
  readonly store: WrittenStore;
  readonly #database: DatabaseSync;
  readonly #targets: WriteTargets;
  readonly #conflicts: ConflictStore;
  readonly #now: () => Date;
  readonly #transactions: Transactions;
  readonly #onRevision: (revision: NewRevision) => void | Promise<void>;
  readonly #onBatch: (revisions: readonly NewRevision[]) => Promise<void>;
  readonly #indexedGeneration: () => number | undefined;
  readonly #batches: BatchWriter;
  readonly #readOnlyBecause: string | undefined;

  /** Opens what was written in a data folder. */
  constructor({ dataDir, imported, now, onRevision = () => undefined, ...rest }: EditsOptions) {
    this.imported = imported;
    this.#now = now;
    this.#onRevision = onRevision;
    this.#onBatch = rest.onBatch ?? ((revisions) => this.#tellEach(revisions));
    this.#indexedGeneration = rest.indexedGeneration ?? (() => undefined);
    this.#database =
      rest.shared?.database ??
      openEditDatabase(dataDir === undefined ? ":memory:" : editsFile(dataDir));
    this.#transactions = rest.shared?.transactions ?? new LocalTransactions(this.#database);
    this.store = new WrittenStore(this.#database);
    this.#targets = new WriteTargets(imported, this.store);
    this.#conflicts = new ConflictStore(this.#database);
    const { readOnlyBecause } = rest;
    this.#readOnlyBecause = readOnlyBecause;
    const writer = { database: this.#database, store: this.store, now, readOnlyBecause };
    this.books = new RecordWriter({ ...writer, type: bookRecords(this.store) });
    this.editions = new RecordWriter({ ...writer, type: editionRecords });
    this.#batches = new BatchWriter({ ...writer, books: this.books, editions: this.editions });
  }

  /**
   * Names what is written, as far as reads and searches show it: answers that were given under another
   * name may be of another state. Empty as long as nothing was written.
   */
  state(): string {
    const generation = this.store.generation();
    if (generation === 0) {
      return "";
    }
    const name = this.store.nameOf(generation);
    const indexed = this.#indexedGeneration() ?? generation;
    return indexed === generation ? name : `${name}.${indexed}`;
  }

  async createBook(patch: WorkPatch, write: WriteContext): Promise<Work> {
    const { record } = await this.#write(write, (one) => this.books.create("", patch, one));
    return record;
  }

  /** A book that is read or written, by its key or a former one. */
  bookTarget(bookKey: string, call?: CallOptions): Promise<Target<Work>> {
    return this.#targets.book(bookKey, call);
  }

  /**
   * An edition as it is now.
   *
   * @throws {NothingThereError} when it or its book is not there, or deleted.
   */
  async edition(
    bookKey: string,
    key: string,
    call?: CallOptions,
  ): Promise<{ bookKey: string; edition: Edition }> {
    const target = await this.#targets.edition(bookKey, key, call);
    const edition = this.editions.present(target);
    const book = this.books.present(await this.bookTarget(bookKey, call));
    if (edition?.isDeleted !== false || book?.isDeleted !== false) {
      throw new NothingThereError("edition", key);
    }
    return { bookKey: target.parent, edition: edition.record };
  }

  /** Writes rows in one transaction, all or none; done when searches find them. */
  async writeBatch(rows: readonly BatchRow[], write: WriteContext): Promise<BatchOutcome> {
    if (this.#readOnlyBecause !== undefined) {
      throw new ReadOnlyError(this.#readOnlyBecause);
    }
    let revisions: NewRevision[] = [];
    const outcome = await this.#transactions.run(() => {
      revisions = [];
      return this.#batches.write(rows, write, (revision) => revisions.push(revision));
    });
    if (revisions.length > 0) {
      await this.#onBatch(revisions);
    }
    return outcome;
  }

  /** @throws {StaleEtagError | NothingThereError} see RecordWriter.update() */
  async updateBook(
    key: string,
    patch: WorkPatch,
    etag: string,
    write: WriteContext,
  ): Promise<Work> {
    const target = await this.#presentTarget(key);
    const update = (one: WriteContext) => this.books.update(target, patch, etag, one);
    return (await this.#write(write, update)).record;
  }

  /** @throws {StaleEtagError | NothingThereError} see RecordWriter.update() */
  async setBookDeleted(
    key: string,
    isDeleted: boolean,
    etag: string,
    write: WriteContext,
  ): Promise<Work> {
    const target = await this.#presentTarget(key);
    const change = (one: WriteContext) => this.books.setDeleted(target, isDeleted, etag, one);
    return (await this.#write(write, change)).record;
  }

  /** @throws {NothingThereError} when there is no such book. */
  async createEdition(
    bookKey: string,
    patch: EditionPatch,
    write: WriteContext,
  ): Promise<{ bookKey: string; edition: Edition }> {
    const target = await this.#presentTarget(bookKey);
    const { key } = target;
    const { record } = await this.#write(write, (one) => {
      const book = this.books.present(target);
      if (book === undefined || book.isDeleted) {
        throw new NothingThereError("book", bookKey);
      }
      return this.editions.create(key, patch, one);
    });
    return { bookKey: key, edition: record };
  }

  /** @throws {StaleEtagError | NothingThereError} see RecordWriter.update() */
  async updateEdition(
    bookKey: string,
    key: string,
    patch: EditionPatch,
    etag: string,
    write: WriteContext,
  ): Promise<{ bookKey: string; edition: Edition }> {
    await this.#transactions.catchUp();
    const target = await this.#targets.edition(bookKey, key);
    const update = (one: WriteContext) => this.editions.update(target, patch, etag, one);
    return { bookKey: target.parent, edition: (await this.#write(write, update)).record };
  }

  /** @throws {StaleEtagError | NothingThereError} see RecordWriter.update() */
  async deleteEdition(
    bookKey: string,
    key: string,
    etag: string,
    write: WriteContext,
  ): Promise<{ bookKey: string; edition: Edition }> {
    await this.#transactions.catchUp();
    const target = await this.#targets.edition(bookKey, key);
    const change = (one: WriteContext) => this.editions.setDeleted(target, true, etag, one);
    return { bookKey: target.parent, edition: (await this.#write(write, change)).record };
  }

  /** Brings in what other servers have written. */
  catchUp(): Promise<void> {
    return this.#transactions.catchUp();
  }

  /** Runs a write, which may run again if another server was first, and tells of it once it is kept. */
  async #write<T>(write: WriteContext, run: (write: WriteContext) => T): Promise<T> {
    let revisions: NewRevision[] = [];
    const onRevision = (revision: NewRevision) => void revisions.push(revision);
    const result = await this.#transactions.run(() => {
      revisions = [];
      return run({ ...write, onRevision });
    });
    await this.#tellEach(revisions);
    return result;
  }

  async #tellEach(revisions: readonly NewRevision[]): Promise<void> {
    for (const revision of revisions) {
      await this.#onRevision(revision);
    }
  }

  /** What is to be written, with what others have written of it. */
  async #presentTarget(bookKey: string): Promise<Target<Work>> {
    await this.#transactions.catchUp();
    return this.bookTarget(bookKey);
  }

  /**
   * What was done to a book and its editions, newest first, before a revision of that id.
   *
   * @throws {NothingThereError} when there never was such a book.
   */
  async revisions(
    bookKey: string,
    count: number,
    beforeId: number,
  ): Promise<{ bookKey: string; revisions: Revision[] }> {
    const target = await this.bookTarget(bookKey);
    const { key } = target;
    if (this.books.present(target) === undefined) {
      throw new NothingThereError("book", bookKey);
    }
    return { bookKey: key, revisions: this.store.revisionsOfBook(key, count, beforeId) };
  }

  /** Edits that the last import disagrees with, by key, after a key. */
  conflicts(count: number, afterKey: string): Conflict[] {
    return this.#conflicts.list(count, afterKey);
  }

  /** Notes what the latest import disagrees with, in the place of what the one before did. */
  noteConflicts(conflicts: readonly EditConflict[]): Promise<void> {
    return this.#transactions.run(() => this.#conflicts.replace(conflicts));
  }

  /**
   * Settles a conflict and returns the book as it is then; undefined if there is none any more.
   *
   * @throws {NothingThereError} when the book has no conflict.
   */
  async resolveConflict(
    bookKey: string,
    keep: "edit" | "import",
    { actor, address }: Pick<WriteContext, "actor" | "address">,
  ): Promise<Work | undefined> {
    const target = await this.#presentTarget(bookKey);
    const at = this.#now().toISOString();
    const revision = await this.#transactions.run((): NewRevision => {
      const changes = this.#conflicts.resolve(bookKey, keep, at);
      const who = { at, actor, address };
      const added: NewRevision = { kind: "book", key: bookKey, action: "resolve", changes, ...who };
      this.store.addRevision(added);
      return added;
    });
    await this.#onRevision(revision);
    const present = this.books.present(target);
    return present?.isDeleted === false ? present.record : undefined;
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }
}
