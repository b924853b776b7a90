/** A catalogue that is searched in an index, whichever engine it is of. */
import {
  type CallOptions,
  type Catalog,
  type CatalogInfo,
  CatalogUnavailableError,
  type EditionPage,
  type ListEditionsRequest,
  type SearchRequest,
  type SearchResponse,
  type SimilarBook,
  type SimilarBooksRequest,
  type Suggestion,
  type SuggestRequest,
} from "#server/catalog/catalog.ts";
import type { ListRow, RowMatches } from "#server/catalog/list-row.ts";
import type { Work } from "#server/catalog/records.ts";
import { matchRow } from "#server/match/match-row.ts";
import { parsePageToken, printPageToken } from "./answer/page-token.ts";
import { Budget, type Effort } from "./effort.ts";
import type { AuthorRecord, SearchIndex } from "./index-port.ts";
import { RowFinder } from "./rows/row-finder.ts";
import { beginRun, search } from "./search.ts";
import { defaultSearchOptions, type SearchOptions, type SearchRun } from "./search-run.ts";
import { similarBooks } from "./similar/similar-books.ts";
import { suggest } from "./suggest.ts";

/** Rows come by the thousand: each may do less than a search, whose reader waits for it alone. */
const MATCH_EFFORT = 2_000;

/** What may differ from the defaults, for measuring what each part contributes. */
export type SearchSettings = { effort?: number; ladder?: Partial<SearchOptions["ladder"]> };

export class IndexedCatalog implements Catalog {
  #index: SearchIndex;
  #options: SearchOptions;

  constructor(index: SearchIndex, { effort, ladder }: SearchSettings = {}) {
    this.#index = index;
    this.#options = {
      effort: effort ?? defaultSearchOptions.effort,
      ladder: { ...defaultSearchOptions.ladder, ...ladder },
    };
  }

  async search(request: SearchRequest, call?: CallOptions): Promise<SearchResponse> {
    return search(beginRun(this.#index, this.#options, call), request);
  }

  async suggest(request: SuggestRequest, call?: CallOptions): Promise<Suggestion[]> {
    return whole(beginRun(this.#index, this.#options, call), (run) => suggest(run, request));
  }

  async getWork(key: string, call?: CallOptions): Promise<Work | undefined> {
    const effort = this.#effort(call);
    const [id] = await this.#index.idsOfKeys([key], effort);
    if (id === undefined) {
      return undefined;
    }
    const [work] = await this.#index.works([id], effort);
    return work;
  }

  async listEditions(
    request: ListEditionsRequest,
    call?: CallOptions,
  ): Promise<EditionPage | undefined> {
    const effort = this.#effort(call);
    const { revision } = this.#index.info;
    const [id] = await this.#index.idsOfKeys([request.workKey], effort);
    if (id === undefined) {
      return undefined;
    }
    const fingerprint = JSON.stringify([request.workKey, request.preferredLanguages]);
    const { offset } = parsePageToken(request.pageToken, revision, fingerprint);
    const [record] = await this.#index.records([id], effort);
    if (record === undefined) {
      return undefined;
    }
    const { work, editions } = record;
    if (request.editionKey !== undefined) {
      const edition = editions.withKey(request.editionKey);
      return {
        workKey: work.key,
        editions: edition === undefined ? [] : [edition],
        nextPageToken: "",
        totalSize: editions.count,
      };
    }
    const end = offset + request.pageSize;
    const page = editions.order(request.preferredLanguages).slice(offset, end);
    return {
      workKey: work.key,
      editions: page.flatMap((index) => editions.at(index) ?? []),
      nextPageToken:
        end < editions.count
          ? printPageToken({ offset: end, afterId: 0 }, revision, fingerprint)
          : "",
      totalSize: editions.count,
    };
  }

  async similarBooks(
    request: SimilarBooksRequest,
    call?: CallOptions,
  ): Promise<SimilarBook[] | undefined> {
    return whole(beginRun(this.#index, this.#options, call), (run) => similarBooks(run, request));
  }

  async getAuthor(key: string, call?: CallOptions): Promise<AuthorRecord | undefined> {
    const [author] = await this.#index.authors([key], this.#effort(call));
    return author;
  }

  async match(row: ListRow, call?: CallOptions): Promise<RowMatches> {
    const options = { ...this.#options, effort: MATCH_EFFORT };
    return whole(beginRun(this.#index, options, call), (run) => matchRow(new RowFinder(run), row));
  }

  async info(): Promise<CatalogInfo> {
    return this.#index.info;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#index[Symbol.asyncDispose]();
  }

  #effort(call: CallOptions | undefined): Effort {
    return new Budget(this.#options.effort, call).stage("values");
  }
}

/** An answer that can't say that a part of the catalogue is missing, and so is none without it. */
async function whole<T>(run: SearchRun, answer: (run: SearchRun) => Promise<T>): Promise<T> {
  const answered = await answer(run);
  if (run.budget.isPartial) {
    throw new CatalogUnavailableError("A part of the catalogue does not answer; try again");
  }
  return answered;
}
