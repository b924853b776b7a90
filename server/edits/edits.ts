/**
 * Everything that is written here, over what was imported: what RPCs ask to write, and what
 * `EditedCatalog` reads.
 */

import type { DatabaseSync } from "node:sqlite";
import type { CallOptions, Catalog } from "#server/catalog/catalog.ts";
import type { Edition, Work } from "#server/catalog/records.ts";
import { inTransaction } from "#server/database/open-database.ts";
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
import { type Revision, WrittenStore } from "./written-store.ts";

/** Editions asked for at a time while one is looked for; the most that a catalogue gives. */
const EDITIONS_PER_LOOK = 100;

export type EditsOptions = {
  /** Undefined to keep everything in memory. */
  dataDir: string | undefined;
  /** What was imported. */
  imported: Catalog;
  now: () => Date;
  /** Told of every write once it is on the disk. */
  onRevision?: (revision: NewRevision) => void;
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
  readonly #conflicts: ConflictStore;
  readonly #now: () => Date;
  readonly #onRevision: (revision: NewRevision) => void;
  readonly #onBatch: (revisions: readonly NewRevision[]) => Promise<void>;
  readonly #indexedGeneration: () => number | undefined;
  readonly #batches: BatchWriter;
  readonly #readOnlyBecause: string | undefined;

  /** Opens what was written in a data folder. */
  constructor({ dataDir, imported, now, onRevision = () => undefined, ...rest }: EditsOptions) {
    this.imported = imported;
    this.#now = now;
    this.#onRevision = onRevision;
    this.#onBatch = rest.onBatch ?? (async (revisions) => revisions.forEach(onRevision));
    this.#indexedGeneration = rest.indexedGeneration ?? (() => undefined);
    this.#database = openEditDatabase(dataDir === undefined ? ":memory:" : editsFile(dataDir));
    this.store = new WrittenStore(this.#database);
    this.#conflicts = new ConflictStore(this.#database);
    const { readOnlyBecause } = rest;
    this.#readOnlyBecause = readOnlyBecause;
    const shared = {
      database: this.#database,
      store: this.store,
      now,
      onRevision,
      readOnlyBecause,
    };
    this.books = new RecordWriter({ ...shared, type: bookRecords(this.store) });
    this.editions = new RecordWriter({ ...shared, type: editionRecords });
    this.#batches = new BatchWriter({ ...shared, books: this.books, editions: this.editions });
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
    const indexed = this.#indexedGeneration() ?? generation;
    return indexed === generation ? String(generation) : `${generation}.${indexed}`;
  }

  createBook(patch: WorkPatch, write: WriteContext): Work {
    return this.books.create("", patch, write).record;
  }

  /** A book that is read or written, by its key or a former one. */
  async bookTarget(bookKey: string, call?: CallOptions): Promise<Target<Work>> {
    const imported = await this.imported.getWork(bookKey, call);
    const key = imported?.key ?? bookKey;
    const target = { key, parent: "", imported };
    if (imported === undefined || this.store.editionsOf(key).length === 0) {
      return target;
    }
    const importedEditions = new Set<string>();
    for await (const edition of this.#importedEditions(key)) {
      importedEditions.add(edition.key);
    }
    return { ...target, importedEditions };
  }

  /** Writes rows in one transaction, all or none; done when searches find them. */
  async writeBatch(rows: readonly BatchRow[], write: WriteContext): Promise<BatchOutcome> {
    if (this.#readOnlyBecause !== undefined) {
      throw new ReadOnlyError(this.#readOnlyBecause);
    }
    const revisions: NewRevision[] = [];
    const outcome = this.#batches.write(rows, write, (revision) => revisions.push(revision));
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
    return this.books.update(await this.bookTarget(key), patch, etag, write).record;
  }

  /** @throws {StaleEtagError | NothingThereError} see RecordWriter.update() */
  async setBookDeleted(
    key: string,
    isDeleted: boolean,
    etag: string,
    write: WriteContext,
  ): Promise<Work> {
    return this.books.setDeleted(await this.bookTarget(key), isDeleted, etag, write).record;
  }

  /** @throws {NothingThereError} when there is no such book. */
  async createEdition(
    bookKey: string,
    patch: EditionPatch,
    write: WriteContext,
  ): Promise<{ bookKey: string; edition: Edition }> {
    const target = await this.bookTarget(bookKey);
    const { key } = target;
    const book = this.books.present(target);
    if (book === undefined || book.isDeleted) {
      throw new NothingThereError("book", bookKey);
    }
    return { bookKey: key, edition: this.editions.create(key, patch, write).record };
  }

  /** @throws {StaleEtagError | NothingThereError} see RecordWriter.update() */
  async updateEdition(
    bookKey: string,
    key: string,
    patch: EditionPatch,
    etag: string,
    write: WriteContext,
  ): Promise<{ bookKey: string; edition: Edition }> {
    const target = await this.#edition(bookKey, key);
    const edition = this.editions.update(target, patch, etag, write).record;
    return { bookKey: target.parent, edition };
  }

  /** @throws {StaleEtagError | NothingThereError} see RecordWriter.update() */
  async deleteEdition(
    bookKey: string,
    key: string,
    etag: string,
    write: WriteContext,
  ): Promise<{ bookKey: string; edition: Edition }> {
    const target = await this.#edition(bookKey, key);
    const edition = this.editions.setDeleted(target, true, etag, write).record;
    return { bookKey: target.parent, edition };
  }

  /**
   * What was done to a book, newest first, before a revision of that id.
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
    return { bookKey: key, revisions: this.store.revisions("book", key, count, beforeId) };
  }

  /** Edits that the last import disagrees with, by key, after a key. */
  conflicts(count: number, afterKey: string): Conflict[] {
    return this.#conflicts.list(count, afterKey);
  }

  /** Notes what the latest import disagrees with, in the place of what the one before did. */
  noteConflicts(conflicts: readonly EditConflict[]): void {
    inTransaction(this.#database, () => this.#conflicts.replace(conflicts));
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
    const target = await this.bookTarget(bookKey);
    const at = this.#now().toISOString();
    const revision = inTransaction(this.#database, (): NewRevision => {
      const changes = this.#conflicts.resolve(bookKey, keep, at);
      const who = { at, actor, address };
      const added: NewRevision = { kind: "book", key: bookKey, action: "resolve", changes, ...who };
      this.store.addRevision(added);
      return added;
    });
    this.#onRevision(revision);
    const present = this.books.present(target);
    return present?.isDeleted === false ? present.record : undefined;
  }

  async #edition(bookKey: string, key: string) {
    const { key: parent } = await this.bookTarget(bookKey);
    const written = this.store.get<EditionPatch>("edition", key);
    if (written?.origin === "here") {
      // Its book may have been merged into another by an import since.
      const { key: present } = await this.bookTarget(written.parent);
      if (present !== parent) {
        throw new NothingThereError("edition", key);
      }
      return { key, parent, imported: undefined };
    }
    return { key, parent, imported: await this.#importedEdition(parent, key) };
  }

  async #importedEdition(workKey: string, key: string): Promise<Edition | undefined> {
    for await (const edition of this.#importedEditions(workKey)) {
      if (edition.key === key) {
        return edition;
      }
    }
    return undefined;
  }

  /** The editions of a book as they were imported; catalogues list them in pages. */
  async *#importedEditions(workKey: string): AsyncGenerator<Edition> {
    let pageToken = "";
    do {
      const page = await this.imported.listEditions({
        workKey,
        pageSize: EDITIONS_PER_LOOK,
        pageToken,
        preferredLanguages: [],
      });
      yield* page?.editions ?? [];
      pageToken = page?.nextPageToken ?? "";
    } while (pageToken !== "");
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }
}
