import type { SearchBooksResponse } from "#proto/bookfinder/v1/search_pb.ts";
import { endsInWord, formatSearch, type Search, toRequest } from "#web/search/search-params.ts";
import { type Answer, RecentAnswers } from "./recent-answers.ts";
import { TypingQueue } from "./typing-queue.ts";

/** A search as it is sent to the server. */
export type Question = {
  search: Search;
  /** Somebody is typing it: it may be followed by the next letter at once. */
  isUnfinished: boolean;
  request: ReturnType<typeof toRequest>;
  /** All that the answer depends on but the query. */
  scope: string;
  /** Questions of one key have one answer. */
  key: string;
};

/** What is asked for a search. A query that ends in a space has no word in progress. */
export function questionOf(search: Search, isUnfinished: boolean, languages: string[]): Question {
  const isInWord = isUnfinished && endsInWord(search.query);
  const request = toRequest(search, isInWord, languages);
  const scope = formatSearch({ ...search, query: "", pages: 1 }) + languages.join();
  return { search, isUnfinished, request, scope, key: `${scope}\n${isInWord}\n${request.query}` };
}

type Call = (request: Question["request"], signal: AbortSignal) => Promise<SearchBooksResponse>;

type Asked = {
  promise: Promise<SearchBooksResponse>;
  /** The page's query has taken the answer: who asks again wants a newer one. */
  isTaken: boolean;
};

/** As many as are typed in one go. */
const askedMax = 60;

/**
 * What is asked while somebody types, a call for a key, and what was answered. The page's own query is
 * asked only when typing pauses: each of its states would draw the page once more, at every key. It then
 * takes over the call that the last key has made.
 */
export class TypedSearches {
  readonly answers = new RecentAnswers();
  readonly #queue = new TypingQueue();
  readonly #asked = new Map<string, Asked>();
  readonly #listeners = new Set<() => void>();
  #scope = "";
  readonly #call: Call;

  constructor(call: Call) {
    this.#call = call;
  }

  /** Asks what was typed, unless it is known or under way. A failure shows when the query asks. */
  ask(question: Question): void {
    if (this.#find(question) !== undefined) {
      return;
    }
    const { search, scope } = question;
    const promise = new Promise<SearchBooksResponse>((resolve, reject) => {
      this.#queue.add({
        query: search.query,
        scope,
        start: (signal) => {
          const call = this.#call(question.request, signal);
          call.then(resolve, reject);
          return call;
        },
        drop: () => reject(new DroppedSearchError()),
      });
    });
    this.#remember(question, { promise, isTaken: false });
  }

  /** The answer to a question: of the call that a key has made, once; else of a new one. */
  answerTo(question: Question, signal: AbortSignal): Promise<SearchBooksResponse> {
    const asked = this.#find(question);
    if (asked !== undefined && !asked.isTaken) {
      asked.isTaken = true;
      return asked.promise.catch((error: unknown) => {
        if (error instanceof DroppedSearchError) {
          return this.#call(question.request, signal);
        }
        throw error;
      });
    }
    const promise = this.#call(question.request, signal);
    this.#remember(question, { promise, isTaken: true });
    return promise;
  }

  /** Keeps the pages of a list that the query has fetched. */
  keep({ scope }: Question, answer: Answer): void {
    this.answers.keep(scope, answer);
  }

  /** Calls the listener after each answer; returns how to end that. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #find({ key, scope }: Question): Asked | undefined {
    return scope === this.#scope ? this.#asked.get(key) : undefined;
  }

  #remember({ search, scope, key }: Question, asked: Asked): void {
    if (scope !== this.#scope) {
      this.#scope = scope;
      this.#asked.clear();
    }
    this.#asked.set(key, asked);
    const [oldest] = this.#asked.keys();
    if (oldest !== undefined && this.#asked.size > askedMax) {
      this.#asked.delete(oldest);
    }
    asked.promise.then(
      (response) => {
        if (scope !== this.#scope) {
          return;
        }
        this.answers.keep(scope, { search, pages: [response] });
        for (const listener of this.#listeners) {
          listener();
        }
      },
      () => {
        if (this.#asked.get(key) === asked) {
          this.#asked.delete(key);
        }
      },
    );
  }
}

/** Another search was typed before this one was answered. */
class DroppedSearchError extends Error {
  override name = "DroppedSearchError";
}
