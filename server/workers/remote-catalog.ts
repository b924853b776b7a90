import { deserialize, serialize } from "node:v8";
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
    const { generation, info } = await pool.open(path);
    return new RemoteCatalog(pool, generation, info);
  }

  search(request: SearchRequest): Promise<SearchResponse> {
    return this.#ask("search", request);
  }

  suggest(request: SuggestRequest): Promise<Suggestion[]> {
    return this.#ask("suggest", request);
  }

  getWork(key: string): Promise<Work | undefined> {
    return this.#ask("getWork", key);
  }

  listEditions(request: ListEditionsRequest): Promise<EditionPage | undefined> {
    return this.#ask("listEditions", request);
  }

  getAuthor(key: string): Promise<(Author & { workCount: number }) | undefined> {
    return this.#ask("getAuthor", key);
  }

  async info(): Promise<CatalogInfo> {
    return this.#info;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#pool.closeGeneration(this.#generation);
  }

  async #ask<T>(method: CatalogMethod, argument: unknown): Promise<T> {
    const frame = await this.#pool.submit({
      client: { address: "", connection: "" },
      method,
      generation: this.#generation,
      kind: FrameKind.catalogCall,
      head: (generation) => JSON.stringify({ generation, method } satisfies CatalogCallHead),
      body: serialize(argument),
    }).answer;
    // The other side has called the method of the same interface.
    return deserialize(frame.body) as T;
  }
}
