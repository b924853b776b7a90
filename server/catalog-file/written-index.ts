/**
 * Keeps the index of what was written here (server/sqlite/written) the same as the edits. An edit is on
 * the disk first, then in the index, then answered; what the process did not live to index is indexed at
 * the next start, by the number of the last write that is in.
 */
import { existsSync, readdirSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import type { CatalogueEntry } from "#server/catalog/entry.ts";
import type { Work } from "#server/catalog/records.ts";
import type { EditionPatch } from "#server/edits/edit.ts";
import type { Edits } from "#server/edits/edits.ts";
import type { PresentRecord } from "#server/edits/record-write.ts";
import type { ImportedWorks } from "#server/sqlite/written/imported-entries.ts";
import { writtenFile, writtenPrefix } from "#server/sqlite/written/written-file.ts";
import { type BookChange, WrittenWriter } from "#server/sqlite/written/written-writer.ts";

/** Books that are indexed in one transaction: some tens of milliseconds, while nobody is answered. */
const BATCH_BOOKS = 100;

/** After so many the index is put together. */
const MANY_BATCHES = 10;

type Present = {
  target: { key: string; imported: Work | undefined; importedEditions: ReadonlySet<string> };
  imported: CatalogueEntry | undefined;
  book: PresentRecord<Work> | undefined;
};

/** The index of what was written over one import. */
export class WrittenIndex {
  readonly #edits: Edits;
  readonly #imported: ImportedWorks;
  readonly #path: string;
  readonly #cataloguePath: string;
  #writer: WrittenWriter | undefined;
  #indexing: Promise<void> = Promise.resolve();
  #isServed = false;
  #isClosed = false;
  /** Books that are to be indexed, and the last write of which they are. */
  #pending: string[] = [];
  #target = 0;
  /** The last write that is indexed, with all before it. */
  #generation = 0;

  /**
   * @param cataloguePath the file that stands for the catalogue; the index is beside it.
   * @param imported what was imported, to be closed with the index.
   */
  constructor(cataloguePath: string, imported: ImportedWorks, edits: Edits) {
    this.#edits = edits;
    this.#imported = imported;
    this.#cataloguePath = cataloguePath;
    this.#path = writtenFile(cataloguePath, imported.info);
  }

  /** The last write that searches of this catalogue find, with all before it. */
  get generation(): number {
    return this.#generation;
  }

  /** Whether it has caught up once, so that searches may read it. */
  get isServed(): boolean {
    return this.#isServed;
  }

  /** Indexes what is not indexed yet, and answers others in between. */
  catchUp(): Promise<void> {
    return this.#exclusively(async () => {
      try {
        let batchCount = 1;
        for (; !(await this.#step()); batchCount++) {
          await nextTurn();
        }
        if (!this.#isClosed && batchCount > MANY_BATCHES) {
          this.#writer?.optimize();
        }
      } finally {
        this.#isServed = true;
      }
    });
  }

  /** Indexes what is not indexed yet, if anybody may search it already. */
  async update(): Promise<void> {
    if (this.#isServed) {
      await this.#exclusively(async () => {
        while (!(await this.#step())) {}
      });
    }
  }

  /** One after the other: what was written while others index is indexed next. */
  #exclusively(index: () => Promise<void>): Promise<void> {
    const indexing = this.#indexing.then(index);
    this.#indexing = indexing.catch(() => undefined);
    return indexing;
  }

  /** Removes the indexes of earlier imports. */
  removeOthers(): void {
    const folder = dirname(this.#cataloguePath);
    const prefix = basename(writtenPrefix(this.#cataloguePath));
    for (const name of readdirSync(folder)) {
      const isOwn = join(folder, name).startsWith(this.#path);
      if (name.startsWith(prefix) && !isOwn) {
        rmSync(join(folder, name));
      }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    await this.#indexing;
    this.#writer?.close();
    await this.#imported.close();
  }

  /** Indexes one batch; true when all is indexed. */
  async #step(): Promise<boolean> {
    if (this.#isClosed) {
      return true;
    }
    const { store } = this.#edits;
    if (this.#pending.length === 0) {
      const target = store.generation();
      if (this.#writer === undefined && existsSync(this.#path)) {
        this.#writer = new WrittenWriter(this.#path, this.#imported);
      }
      const generation = this.#writer?.generation ?? 0;
      if (target === (generation || this.#generation)) {
        this.#generation = target;
        return true;
      }
      this.#pending = this.#booksSince(generation, target);
      this.#target = target;
      // Whoever wrote nothing, or nothing since the import, has no such file.
      if (this.#pending.length === 0 && this.#writer === undefined) {
        this.#generation = target;
        return true;
      }
      this.#writer ??= new WrittenWriter(this.#path, this.#imported);
    }
    const keys = this.#pending.slice(0, BATCH_BOOKS);
    await this.#imported.prepareWorks(keys);
    const presents = keys.map((key) => this.#present(key));
    const authors = presents.flatMap(({ book }) => book?.record.authors ?? []);
    await this.#imported.prepareAuthors(authors.map((author) => author.key));
    const isLast = keys.length === this.#pending.length;
    const generation = isLast ? this.#target : (this.#writer?.generation ?? 0);
    this.#writer?.write(
      presents.map((present) => this.#changeOf(present)),
      generation,
    );
    this.#pending = this.#pending.slice(keys.length);
    if (isLast) {
      this.#generation = this.#target;
    }
    return isLast;
  }

  #booksSince(generation: number, target: number): string[] {
    const { store } = this.#edits;
    if (generation > 0 && generation <= target) {
      return store.booksChangedAfter(generation);
    }
    const { written } = this.#imported;
    const isSameHistory = store.markOf(written.generation) === written.mark;
    if (this.#writer === undefined && written.generation > 0 && isSameHistory) {
      // The rest is in the import. Deleted books are, too, so that they can be brought back.
      const since = store.booksChangedAfter(written.generation);
      return [...new Set([...since, ...store.deletedBooks()])];
    }
    // The first time, or edits of an earlier day were brought back.
    return [...new Set([...(this.#writer?.keys() ?? []), ...store.books()])];
  }

  /** A book as it is now, and as it was imported. */
  #present(key: string): Present {
    const id = this.#imported.idOf(key);
    const imported = id === undefined ? undefined : this.#imported.entry(id);
    const importedEditions = new Set(imported?.editions.map((edition) => edition.key));
    const target = { key, imported: imported?.work, importedEditions };
    return { target, imported, book: this.#edits.books.present(target) };
  }

  #changeOf({ target, imported, book }: Present): BookChange {
    const { key } = target;
    if (book === undefined || book.isDeleted) {
      return { key, present: "deleted" };
    }
    const editions = this.#editionsOf(target, imported?.editions ?? []);
    const entry: CatalogueEntry = {
      work: book.record,
      editions,
      authorAlternateNames: book.record.authors.map((author) =>
        this.#imported.alternateNames(author.key),
      ),
      popularity: imported?.popularity ?? 0,
      formerKeys: [],
    };
    const isSame = isDeepStrictEqual(entry, imported);
    // An import takes over what was edited before it.
    return { key, present: isSame ? "asImported" : entry };
  }

  #editionsOf(
    { key, importedEditions }: { key: string; importedEditions: ReadonlySet<string> },
    imported: CatalogueEntry["editions"],
  ): CatalogueEntry["editions"] {
    const { store, editions } = this.#edits;
    const written = store.editionsOf<EditionPatch>(key);
    if (written.length === 0) {
      return imported;
    }
    const made = written.filter(
      (edition) => edition.origin === "here" && !importedEditions.has(edition.key),
    );
    return [
      ...imported.map((edition) => editions.present({ key: edition.key, imported: edition })),
      ...made.map((edition) => editions.present({ key: edition.key, imported: undefined })),
    ].flatMap((edition) => (edition === undefined || edition.isDeleted ? [] : [edition.record]));
  }
}
