import type { SearchBooksResponse } from "#proto/bookfinder/v1/search_pb.ts";
import type { Search } from "#web/search/search-params.ts";

/** What was answered to a search: its pages so far. */
export type Answer = { search: Search; pages: readonly SearchBooksResponse[] };

/** As many as are typed in one go; older ones are in the query cache anyway. */
const answersMax = 60;

/**
 * The answers to what was typed on the way to what is typed now: one of them is shown until the
 * newest search is answered.
 */
export class RecentAnswers {
  readonly #byQuery = new Map<string, Answer>();
  #scope = "";

  /** Keeps an answer; those of another scope (filters, order, languages) are forgotten. */
  keep(scope: string, answer: Answer): void {
    if (scope !== this.#scope) {
      this.#byQuery.clear();
      this.#scope = scope;
    }
    const { query } = answer.search;
    this.#byQuery.delete(query);
    this.#byQuery.set(query, answer);
    const [oldest] = this.#byQuery.keys();
    if (oldest !== undefined && this.#byQuery.size > answersMax) {
      this.#byQuery.delete(oldest);
    }
  }

  /** The answer to exactly this query, with or without books. */
  answerTo(scope: string, query: string): Answer | undefined {
    return scope === this.#scope ? this.#byQuery.get(query) : undefined;
  }

  /**
   * The answer with books to the longest query that begins what is typed: it was typed last.
   * Undefined if there is none.
   */
  newestFor(scope: string, typed: string): Answer | undefined {
    if (scope !== this.#scope) {
      return undefined;
    }
    let newest: Answer | undefined;
    for (const answer of this.#byQuery.values()) {
      const { query } = answer.search;
      const isLonger = query.length > (newest?.search.query.length ?? 0);
      if (isLonger && typed.startsWith(query) && hasBooks(answer)) {
        newest = answer;
      }
    }
    return newest;
  }
}

/** Whether an answer found anything. */
export function hasBooks({ pages }: Answer): boolean {
  return (pages[0]?.results.length ?? 0) > 0;
}
