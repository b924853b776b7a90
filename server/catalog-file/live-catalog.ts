/**
 * A catalogue whose file may be replaced while it is being read: an import renames a new file over
 * it, the next look notices, and from then on requests go to the new one. Requests that have begun
 * finish on the old one, which is closed after the last of them.
 */
import { open, stat } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
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
import type { Author, Work } from "#server/catalog/records.ts";

export type LiveCatalogOptions = {
  path: string;
  /** Opens the file that is there now. */
  open: (path: string) => Catalog | Promise<Catalog>;
  /** How often the file is looked at; 1 s by default. */
  pollMs?: number;
  /** Told after a swap. */
  onSwap?: (info: CatalogInfo) => void;
  /** Told when a replaced file can't be opened; the old one goes on serving. */
  onProblem?: (error: unknown) => void;
  /** Told when the file that is open is being written over: what is read of it means nothing now. */
  onOverwritten?: () => void;
};

/** @throws {Error} when the file can't be opened. */
export async function openLiveCatalog(options: LiveCatalogOptions): Promise<Catalog> {
  const identity = await identityOf(options.path);
  return new LiveCatalog(options, await options.open(options.path), identity);
}

class LiveCatalog implements Catalog {
  readonly #options: LiveCatalogOptions;
  readonly #closing = new AbortController();
  readonly #watching: Promise<void>;
  #current: Lease;
  #identity: string;
  /** Of a file that is being written over, when it was last looked at. */
  #changing = "";

  constructor(options: LiveCatalogOptions, catalog: Catalog, identity: string) {
    this.#options = options;
    this.#current = new Lease(catalog);
    this.#identity = identity;
    this.#watching = this.#watch();
  }

  search(request: SearchRequest, call?: CallOptions): Promise<SearchResponse> {
    return this.#current.use((catalog) => catalog.search(request, call));
  }

  suggest(request: SuggestRequest, call?: CallOptions): Promise<Suggestion[]> {
    return this.#current.use((catalog) => catalog.suggest(request, call));
  }

  getWork(key: string, call?: CallOptions): Promise<Work | undefined> {
    return this.#current.use((catalog) => catalog.getWork(key, call));
  }

  listEditions(request: ListEditionsRequest, call?: CallOptions): Promise<EditionPage | undefined> {
    return this.#current.use((catalog) => catalog.listEditions(request, call));
  }

  similarBooks(
    request: SimilarBooksRequest,
    call?: CallOptions,
  ): Promise<SimilarBook[] | undefined> {
    return this.#current.use((catalog) => catalog.similarBooks(request, call));
  }

  getAuthor(
    key: string,
    call?: CallOptions,
  ): Promise<(Author & { workCount: number }) | undefined> {
    return this.#current.use((catalog) => catalog.getAuthor(key, call));
  }

  match(row: ListRow, call?: CallOptions): Promise<RowMatches> {
    return this.#current.use((catalog) => catalog.match(row, call));
  }

  info(call?: CallOptions): Promise<CatalogInfo> {
    return this.#current.use((catalog) => catalog.info(call));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    await this.#watching;
    await this.#current.retire();
  }

  async #watch(): Promise<void> {
    const { pollMs = 1000, path } = this.#options;
    const { signal } = this.#closing;
    while (!signal.aborted) {
      await sleep(pollMs, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) {
        return;
      }
      // Between an operator's own "rm" and "mv" there may be no file: the open one serves on.
      const identity = await identityOf(path).catch(() => this.#identity);
      if (identity !== this.#identity && (await this.#isFinished(identity))) {
        await this.#swap(identity);
      }
    }
  }

  /** An import renames a finished file; what is copied over the open one grows before our eyes. */
  async #isFinished(identity: string): Promise<boolean> {
    if (fileOf(identity) !== fileOf(this.#identity)) {
      return true;
    }
    if (this.#changing === "") {
      this.#options.onOverwritten?.();
    }
    const isStill = identity === this.#changing;
    this.#changing = identity;
    return isStill && (await isWhole(this.#options.path).catch(() => false));
  }

  async #swap(identity: string): Promise<void> {
    // Noted first, so that a file that can't be opened is tried once and not every second.
    this.#identity = identity;
    this.#changing = "";
    try {
      const fresh = await this.#options.open(this.#options.path);
      const info = await fresh.info();
      const old = this.#current;
      this.#current = new Lease(fresh);
      this.#options.onSwap?.(info);
      await old.retire();
    } catch (error) {
      this.#options.onProblem?.(error);
    }
  }
}

/** A catalogue and how many requests are in it: closed when it is retired and the last has left. */
class Lease {
  readonly #catalog: Catalog;
  readonly #idle = Promise.withResolvers<void>();
  #users = 0;
  #isRetired = false;

  constructor(catalog: Catalog) {
    this.#catalog = catalog;
  }

  async use<T>(run: (catalog: Catalog) => Promise<T>): Promise<T> {
    this.#users += 1;
    try {
      return await run(this.#catalog);
    } finally {
      this.#users -= 1;
      if (this.#isRetired && this.#users === 0) {
        this.#idle.resolve();
      }
    }
  }

  async retire(): Promise<void> {
    this.#isRetired = true;
    if (this.#users > 0) {
      await this.#idle.promise;
    }
    await this.#catalog[Symbol.asyncDispose]();
  }
}

/** Changes when the name leads to another file or the file was rewritten. */
async function identityOf(path: string): Promise<string> {
  const { dev, ino, size, mtimeMs } = await stat(path);
  return `${dev} ${ino} ${size} ${mtimeMs}`;
}

/** Which file it is, whatever was written into it. */
function fileOf(identity: string): string {
  return identity.split(" ", 2).join(" ");
}

/** True if the file is as long as its header says (https://www.sqlite.org/fileformat2.html). */
async function isWhole(path: string): Promise<boolean> {
  await using file = await open(path);
  const { size } = await file.stat();
  const header = Buffer.alloc(100);
  await file.read(header, 0, header.length, 0);
  // A page of 65,536 bytes does not fit into its field and is written as 1.
  const pageBytes = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16);
  return size > 0 && size === pageBytes * header.readUInt32BE(28);
}
