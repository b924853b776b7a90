/**
 * A catalogue file with what was written here over it. As long as nothing was, it is the imported index
 * and nothing else; then every call reads the written one as it is when the call begins.
 */
import { existsSync } from "node:fs";
import type {
  CallOptions,
  Catalog,
  CatalogInfo,
  EditionPage,
  ListEditionsRequest,
  SearchRequest,
  SearchResponse,
  SimilarBook,
  SimilarBooksRequest,
  Suggestion,
  SuggestRequest,
} from "#server/catalog/catalog.ts";
import type { ListRow, RowMatches } from "#server/catalog/list-row.ts";
import type { Work } from "#server/catalog/records.ts";
import type { AuthorRecord } from "#server/search/index-port.ts";
import { IndexedCatalog, type SearchSettings } from "#server/search/indexed-catalog.ts";
import type { ImportedIndex } from "./segmented-index.ts";
import { WrittenReader } from "./written-reader.ts";

/** Calls that read at the same time, each in a state of its own; more wait. */
const READERS = 4;

export type SegmentedOptions = SearchSettings & {
  /** Calls that read at the same time; those of an index on other machines take their time. */
  maxReaders?: number;
};

type Reading = { catalog: Catalog; end: () => void };

export class SegmentedCatalog implements Catalog {
  readonly #imported: ImportedIndex;
  readonly #plain: Catalog;
  readonly #path: string;
  readonly #settings: SegmentedOptions;
  readonly #idle: WrittenReader[] = [];
  readonly #waiting: (() => void)[] = [];
  #readerCount = 0;
  #isWritten = false;

  /** @param path of the index of what was written; it need not be there yet. */
  constructor(imported: ImportedIndex, path: string, settings: SegmentedOptions) {
    this.#imported = imported;
    this.#plain = new IndexedCatalog(imported, settings);
    this.#path = path;
    this.#settings = settings;
  }

  search(request: SearchRequest, call?: CallOptions): Promise<SearchResponse> {
    return this.#use((catalog) => catalog.search(request, call));
  }

  suggest(request: SuggestRequest, call?: CallOptions): Promise<Suggestion[]> {
    return this.#use((catalog) => catalog.suggest(request, call));
  }

  getWork(key: string, call?: CallOptions): Promise<Work | undefined> {
    return this.#use((catalog) => catalog.getWork(key, call));
  }

  listEditions(request: ListEditionsRequest, call?: CallOptions): Promise<EditionPage | undefined> {
    return this.#use((catalog) => catalog.listEditions(request, call));
  }

  similarBooks(
    request: SimilarBooksRequest,
    call?: CallOptions,
  ): Promise<SimilarBook[] | undefined> {
    return this.#use((catalog) => catalog.similarBooks(request, call));
  }

  getAuthor(key: string, call?: CallOptions): Promise<AuthorRecord | undefined> {
    return this.#use((catalog) => catalog.getAuthor(key, call));
  }

  match(row: ListRow, call?: CallOptions): Promise<RowMatches> {
    return this.#use((catalog) => catalog.match(row, call));
  }

  /** The revision stays that of the import, so that listings go on over a write. */
  info(): Promise<CatalogInfo> {
    return this.#use((catalog) => catalog.info());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const reader of this.#idle) {
      reader.close();
    }
    await this.#imported[Symbol.asyncDispose]();
  }

  async #use<T>(run: (catalog: Catalog) => Promise<T>): Promise<T> {
    this.#isWritten ||= existsSync(this.#path);
    if (!this.#isWritten) {
      return run(this.#plain);
    }
    while (
      this.#idle.length === 0 &&
      this.#readerCount === (this.#settings.maxReaders ?? READERS)
    ) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    const { catalog, end } = this.#begin();
    try {
      return await run(catalog);
    } finally {
      end();
      this.#waiting.shift()?.();
    }
  }

  #begin(): Reading {
    const reader = this.#idle.pop() ?? this.#open();
    const end = () => void this.#idle.push(reader);
    try {
      const index = reader.begin();
      const catalog =
        index === this.#imported ? this.#plain : new IndexedCatalog(index, this.#settings);
      return {
        catalog,
        end() {
          reader.end();
          end();
        },
      };
    } catch (error) {
      end();
      throw error;
    }
  }

  #open(): WrittenReader {
    const reader = new WrittenReader(this.#path, this.#imported);
    this.#readerCount += 1;
    return reader;
  }
}
