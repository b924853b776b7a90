import type { CatalogInfo } from "#server/catalog/catalog.ts";
import type { CatalogueEntry } from "#server/catalog/entry.ts";
import { ROWID_GAP } from "#server/index-entries/row-numbers.ts";
import { ReadDatabase } from "../database.ts";
import type { WrittenInfo } from "../index-writer.ts";
import { Books } from "../read/books.ts";
import { catalogInfo, readMeta } from "../read/meta.ts";
import { Records } from "../read/records.ts";

/** Little is read, and each work once or twice. */
const CACHE_BYTES = 4 * 1024 * 1024;

const nothingWritten: WrittenInfo = { generation: 0, mark: "", madeBooks: 0, addedEditions: 0 };

/** What the meta data of a catalogue file say of what its import took over. */
export function writtenInfo(meta: ReadonlyMap<string, string>): WrittenInfo {
  const written = meta.get("written");
  // Written by IndexWriter.finish() only.
  return written === undefined ? nothingWritten : (JSON.parse(written) as WrittenInfo);
}

/** Works as they were imported, to be indexed again. Those of a cluster are fetched before they are read. */
export interface ImportedWorks {
  readonly info: CatalogInfo;
  /** What the import took over of what was written here before it. */
  readonly written: WrittenInfo;
  /** Ids behind it are free. */
  readonly lastId: number;
  /** Makes works ready to be read, by their keys, instead of those before. */
  prepareWorks(keys: readonly string[]): Promise<void>;
  /** Makes authors ready to be read, by their keys. */
  prepareAuthors(keys: readonly string[]): Promise<void>;
  /** The id of a work by exactly this key; undefined if none was imported. */
  idOf(key: string): number | undefined;
  entry(id: number): CatalogueEntry;
  alternateNames(authorKey: string): string[];
  /** Whether a count is kept of the works that have a heading. */
  hasHeading(token: string): boolean;
  /** Whether misspelt words are corrected to a word. */
  corrects(word: string): boolean;
  close(): void | Promise<void>;
}

/** The works of a catalogue file. */
export class ImportedEntries implements ImportedWorks {
  readonly info: CatalogInfo;
  readonly written: WrittenInfo;
  readonly lastId: number;
  readonly #database: ReadDatabase;
  readonly #records: Records;
  readonly #books: Books;

  /** @throws {Error} when the file is missing, unfinished, no catalogue or of another version. */
  constructor(path: string) {
    this.#database = new ReadDatabase(path, { cacheBytes: CACHE_BYTES, mapBytes: 0 });
    const meta = readMeta(this.#database);
    this.info = catalogInfo(meta);
    this.written = writtenInfo(meta);
    this.lastId = (this.info.workCount + 1) * ROWID_GAP;
    this.#records = new Records(this.#database);
    this.#books = new Books(this.#database);
  }

  async prepareWorks(): Promise<void> {
    // The file is at hand.
  }

  async prepareAuthors(): Promise<void> {
    // The file is at hand.
  }

  idOf(key: string): number | undefined {
    const [id] = this.#records.workIds("", key);
    return id !== undefined && this.#records.work(id).key === key ? id : undefined;
  }

  entry(id: number): CatalogueEntry {
    const work = this.#records.work(id);
    return {
      work,
      editions: [...this.#records.editions(id)],
      authorAlternateNames: work.authors.map((author) => this.alternateNames(author.key)),
      popularity: this.#books.read(id)?.popularity ?? 0,
      // Redirects lead from them, which stay in the imported file.
      formerKeys: [],
    };
  }

  alternateNames(authorKey: string): string[] {
    return authorKey === "" ? [] : (this.#records.author(authorKey)?.alternateNames ?? []);
  }

  hasHeading(token: string): boolean {
    return this.#database.row("SELECT 1 FROM heading WHERE token = ?", token) !== undefined;
  }

  corrects(word: string): boolean {
    return correctsTo(this.#database, word);
  }

  close(): void {
    this.#database.close();
  }
}

/** Whether an import has the forms of a word; of a large one those of a single work are left out. */
export function correctsTo(database: ReadDatabase, word: string): boolean {
  return database.row("SELECT 1 FROM term WHERE word = ? AND work_count >= 2", word) !== undefined;
}
