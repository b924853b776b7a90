/**
 * The embedded engine: a catalogue in one SQLite file, read-only. Everything heavy is a bounded walk
 * over indexes on disk; in memory are a page cache of fixed size and prepared statements.
 */
import type {
  Catalog,
  CatalogInfo,
  EditionPage,
  ListEditionsRequest,
  SearchRequest,
  SearchResponse,
  Suggestion,
  SuggestRequest,
} from "#server/catalog/catalog.ts";
import type { Author, Work } from "#server/catalog/records.ts";
import { parsePageToken, printPageToken } from "#server/search/answer/page-token.ts";
import type { SearchContext } from "#server/search/found.ts";
import { defaultLadderOptions, type LadderOptions } from "#server/search/retrieve/ladder.ts";
import { search } from "#server/search/search.ts";
import { suggest } from "#server/search/suggest.ts";
import { ReadDatabase } from "./database.ts";
import { Books } from "./read/books.ts";
import { Records } from "./read/records.ts";
import { Terms } from "./read/terms.ts";

export type SqliteCatalogOptions = {
  /** How much a search may do, in units of about a microsecond; 5,000 by default. */
  effort?: number;
  /** Page cache; 64 MiB by default. */
  cacheBytes?: number;
  /** How much of the file may be mapped into memory; 384 MiB by default. */
  mapBytes?: number;
  /** For measuring what each part contributes. */
  ladder?: Partial<LadderOptions>;
};

/**
 * Opens a catalogue file that an IndexWriter finished.
 * @throws {Error} when it is missing, unfinished, no catalogue or of another version.
 */
export function openSqliteCatalog(path: string, options: SqliteCatalogOptions = {}): Catalog {
  return new SqliteCatalog(path, options);
}

/** See effort.ts. */
const DEFAULT_EFFORT = 5_000;

class SqliteCatalog implements Catalog {
  #database: ReadDatabase;
  #records: Records;
  #info: CatalogInfo;
  #context: SearchContext;

  constructor(path: string, options: SqliteCatalogOptions) {
    this.#database = new ReadDatabase(path, {
      cacheBytes: options.cacheBytes ?? 64 * 1024 * 1024,
      mapBytes: options.mapBytes ?? 384 * 1024 * 1024,
    });
    this.#records = new Records(this.#database);
    const meta = readMeta(this.#database);
    this.#info = catalogInfo(meta);
    const describedCount = Number(meta.get("describedCount") ?? 0);
    this.#context = {
      database: this.#database,
      records: this.#records,
      books: new Books(this.#database),
      terms: new Terms(this.#database),
      revision: this.#info.revision,
      workCount: this.#info.workCount,
      describedCount,
      describedLength: Number(meta.get("describedWords") ?? 0) / Math.max(1, describedCount),
      effort: options.effort ?? DEFAULT_EFFORT,
      ladder: { ...defaultLadderOptions, ...options.ladder },
    };
  }

  async search(request: SearchRequest): Promise<SearchResponse> {
    return search(this.#context, request);
  }

  async suggest(request: SuggestRequest): Promise<Suggestion[]> {
    return suggest(this.#context, request);
  }

  async getWork(key: string): Promise<Work | undefined> {
    const id = this.#records.workId(key);
    return id === undefined ? undefined : this.#records.work(id);
  }

  async listEditions(request: ListEditionsRequest): Promise<EditionPage | undefined> {
    const id = this.#records.workId(request.workKey);
    if (id === undefined) return undefined;
    const fingerprint = JSON.stringify([request.workKey, request.preferredLanguages]);
    const { offset } = parsePageToken(request.pageToken, this.#info.revision, fingerprint);
    const editions = this.#records.editions(id);
    const end = offset + request.pageSize;
    const page = editions.order(request.preferredLanguages).slice(offset, end);
    return {
      workKey: this.#records.work(id).key,
      editions: page.flatMap((index) => editions.at(index) ?? []),
      nextPageToken:
        end < editions.count
          ? printPageToken({ offset: end, afterId: 0 }, this.#info.revision, fingerprint)
          : "",
      totalSize: editions.count,
    };
  }

  async getAuthor(key: string): Promise<(Author & { workCount: number }) | undefined> {
    return this.#records.author(key);
  }

  async info(): Promise<CatalogInfo> {
    return this.#info;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#database.close();
  }
}

function readMeta(database: ReadDatabase): Map<string, string> {
  const rows = database.rows("SELECT name, value FROM meta");
  return new Map(rows.map((row) => [String(row[0]), String(row[1])]));
}

function catalogInfo(meta: ReadonlyMap<string, string>): CatalogInfo {
  return {
    revision: meta.get("revision") ?? "",
    workCount: Number(meta.get("workCount") ?? 0),
    editionCount: Number(meta.get("editionCount") ?? 0),
    authorCount: Number(meta.get("authorCount") ?? 0),
    source: meta.get("source") ?? "",
    buildTime: new Date(meta.get("buildTime") ?? 0),
  };
}
