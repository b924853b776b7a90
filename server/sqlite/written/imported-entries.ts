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

/** The works of a catalogue file as they were imported, one at a time, to be indexed again. */
export class ImportedEntries {
  readonly info: CatalogInfo;
  /** What the import took over of what was written here before it. */
  readonly written: WrittenInfo;
  /** Ids behind it are free. */
  readonly lastId: number;
  readonly #database: ReadDatabase;
  readonly #records: Records;
  readonly #books: Books;

  /** @throws {Error} when the file is missing, unfinished, no catalogue or of another version. */
  constructor(path: string) {
    this.#database = new ReadDatabase(path, { cacheBytes: CACHE_BYTES, mapBytes: 0 });
    const meta = readMeta(this.#database);
    this.info = catalogInfo(meta);
    const written = meta.get("written");
    // Written by IndexWriter.finish() only.
    this.written = written === undefined ? nothingWritten : (JSON.parse(written) as WrittenInfo);
    this.lastId = (this.info.workCount + 1) * ROWID_GAP;
    this.#records = new Records(this.#database);
    this.#books = new Books(this.#database);
  }

  /** The id of a work by exactly this key; undefined if none was imported. */
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

  /** Whether a count is kept of the works that have a heading. */
  hasHeading(token: string): boolean {
    return this.#database.row("SELECT 1 FROM heading WHERE token = ?", token) !== undefined;
  }

  close(): void {
    this.#database.close();
  }
}
