import { deserialize, serialize } from "node:v8";
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
import { FrameKind } from "./frames.ts";
import type { CatalogCallHead, CatalogMethod } from "./messages.ts";
import type { SearchPool } from "./search-pool.ts";

/** A catalogue that the workers have open, for code of this process that asks the interface. */
export class RemoteCatalog implements Catalog {
  readonly #pool: SearchPool;
  readonly #generation: number;
  readonly #info: CatalogInfo;

  private constructor(pool: SearchPool, generation: number, info: CatalogInfo) {
    this.#pool = pool;
    this.#generation = generation;
    this.#info = info;
  }

  /** @throws {Error} when the file at the path can't be opened. */
  static async open(pool: SearchPool, path: string): Promise<RemoteCatalog> {
    const { generation, info } = await pool.workers.open(path);
    return new RemoteCatalog(pool, generation, info);
  }

  search(request: SearchRequest, call?: CallOptions): Promise<SearchResponse> {
    return this.#ask("search", request, call);
  }

  suggest(request: SuggestRequest, call?: CallOptions): Promise<Suggestion[]> {
    return this.#ask("suggest", request, call);
  }

  getWork(key: string, call?: CallOptions): Promise<Work | undefined> {
    return this.#ask("getWork", key, call);
  }

  listEditions(request: ListEditionsRequest, call?: CallOptions): Promise<EditionPage | undefined> {
    return this.#ask("listEditions", request, call);
  }

  similarBooks(
    request: SimilarBooksRequest,
    call?: CallOptions,
  ): Promise<SimilarBook[] | undefined> {
    return this.#ask("similarBooks", request, call);
  }

  getAuthor(
    key: string,
    call?: CallOptions,
  ): Promise<(Author & { workCount: number }) | undefined> {
    return this.#ask("getAuthor", key, call);
  }

  match(row: ListRow, call?: CallOptions): Promise<RowMatches> {
    return this.#ask("match", row, call);
  }

  async info(): Promise<CatalogInfo> {
    return this.#info;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#pool.workers.closeGeneration(this.#generation);
  }

  async #ask<T>(method: CatalogMethod, argument: unknown, call?: CallOptions): Promise<T> {
    call?.signal?.throwIfAborted();
    const task = this.#pool.submit({
      client: { address: "", connection: "" },
      method,
      generation: this.#generation,
      kind: FrameKind.catalogCall,
      head: (generation, remainingMs) =>
        JSON.stringify({ generation, method, remainingMs } satisfies CatalogCallHead),
      body: serialize(argument),
      remainingMs: () => call?.deadlineMs && call.deadlineMs - performance.now(),
    });
    const callOff = () => task.callOff();
    call?.signal?.addEventListener("abort", callOff, { once: true });
    try {
      const frame = await task.answer;
      // The other side has called the method of the same interface.
      return deserialize(frame.body) as T;
    } finally {
      // One stream may ask a hundred thousand times, with the same signal.
      call?.signal?.removeEventListener("abort", callOff);
    }
  }
}
