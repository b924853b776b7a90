/**
 * The catalogue as it reads with what was written here over it: books and editions as they stand now.
 */
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
import { BadPageTokenError } from "#server/catalog/catalog.ts";
import type { ListRow, RowMatches } from "#server/catalog/list-row.ts";
import type { Author, Edition, Work } from "#server/catalog/records.ts";
import type { EditionPatch } from "./edit.ts";
import type { Edits } from "./edits.ts";
import type { Target } from "./record-write.ts";

/** Marks a page token that continues among the editions made here; engines' tokens have no colon. */
const HERE = "here:";

export class EditedCatalog implements Catalog {
  readonly #edits: Edits;
  readonly #imported: Catalog;
  readonly #searched: Catalog;

  /** @param searched what searches read; by default what was imported, without what was written. */
  constructor(edits: Edits, searched: Catalog = edits.imported) {
    this.#edits = edits;
    this.#imported = edits.imported;
    this.#searched = searched;
  }

  search(request: SearchRequest, call?: CallOptions): Promise<SearchResponse> {
    return this.#searched.search(request, call);
  }

  suggest(request: SuggestRequest, call?: CallOptions): Promise<Suggestion[]> {
    return this.#searched.suggest(request, call);
  }

  similarBooks(
    request: SimilarBooksRequest,
    call?: CallOptions,
  ): Promise<SimilarBook[] | undefined> {
    return this.#imported.similarBooks(request, call);
  }

  getAuthor(
    key: string,
    call?: CallOptions,
  ): Promise<(Author & { workCount: number }) | undefined> {
    return this.#searched.getAuthor(key, call);
  }

  match(row: ListRow, call?: CallOptions): Promise<RowMatches> {
    return this.#searched.match(row, call);
  }

  async getWork(key: string, call?: CallOptions): Promise<Work | undefined> {
    return this.#presentWork(await this.#edits.bookTarget(key, call));
  }

  #presentWork(target: Target<Work>): Work | undefined {
    const present = this.#edits.books.present(target);
    return present?.isDeleted === false ? present.record : undefined;
  }

  async listEditions(
    request: ListEditionsRequest,
    call?: CallOptions,
  ): Promise<EditionPage | undefined> {
    const target = await this.#edits.bookTarget(request.workKey, call);
    const work = this.#presentWork(target);
    if (work === undefined) {
      return undefined;
    }
    const written = this.#edits.store.editionsOf<EditionPatch>(work.key);
    if (written.length === 0) {
      return (await this.#imported.listEditions(request, call)) ?? emptyPage(work);
    }
    const made = written
      .filter(({ key, origin }) => origin === "here" && target.importedEditions?.has(key) !== true)
      .flatMap(({ key }) => this.#present(key, undefined));
    return await this.#listWith(request, work, made, call);
  }

  /** A page of the editions made here, then of the imported ones as they stand. */
  async #listWith(
    request: ListEditionsRequest,
    work: Work,
    made: readonly Edition[],
    call: CallOptions | undefined,
  ): Promise<EditionPage> {
    const { pageToken, pageSize } = request;
    const isAmongMade = pageToken === "" || pageToken.startsWith(HERE);
    const start = isAmongMade ? startOf(pageToken) : made.length;
    const first = made.slice(start, start + pageSize);
    const end = start + first.length;
    const rest = { workKey: work.key, totalSize: work.editionCount };
    if (end < made.length) {
      return { ...rest, editions: first, nextPageToken: `${HERE}${end}` };
    }
    if (first.length === pageSize) {
      // Full, whatever comes: the next page begins with the imported ones.
      return {
        ...rest,
        editions: first,
        nextPageToken: work.editionCount > made.length ? `${HERE}${end}` : "",
      };
    }
    const page = await this.#imported.listEditions(
      {
        ...request,
        workKey: work.key,
        pageSize: pageSize - first.length,
        pageToken: isAmongMade ? "" : pageToken,
      },
      call,
    );
    const imported = page?.editions.flatMap((edition) => this.#present(edition.key, edition)) ?? [];
    return {
      ...rest,
      editions: [...first, ...imported],
      nextPageToken: page?.nextPageToken ?? "",
    };
  }

  #present(key: string, imported: Edition | undefined): Edition[] {
    const present = this.#edits.editions.present({ key, imported });
    return present === undefined || present.isDeleted ? [] : [present.record];
  }

  async info(call?: CallOptions): Promise<CatalogInfo> {
    const info = await this.#searched.info(call);
    const state = this.#edits.state();
    // What caches keep ends with every write.
    return state === "" ? info : { ...info, revision: `${info.revision}+${state}` };
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#imported[Symbol.asyncDispose]();
  }
}

function emptyPage(work: Work): EditionPage {
  return { workKey: work.key, editions: [], nextPageToken: "", totalSize: 0 };
}

function startOf(pageToken: string): number {
  const text = pageToken === "" ? "0" : pageToken.slice(HERE.length);
  if (!/^\d{1,9}$/.test(text)) {
    throw new BadPageTokenError("is not one of this listing: begin again without a page token");
  }
  return Number(text);
}
