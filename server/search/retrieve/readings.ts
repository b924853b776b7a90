import type { Candidate, WordRange } from "#server/catalog/ranking/candidate.ts";
import { WordMatcher } from "#server/catalog/ranking/match-words.ts";
import type { QueryWord, RankingQuery } from "#server/catalog/ranking/query-words.ts";
import { type RankingOptions, rankCandidate } from "#server/catalog/ranking/rank.ts";
import type { RankedWork } from "#server/catalog/ranking/ranked-work.ts";

/** True if a work has every word as it was typed. */
export function hasAllWords({ criteria }: RankedWork): boolean {
  return criteria.words === 0 && criteria.typos === 0 && criteria.begun === 0;
}

/** A candidate in its place, and the reading of the query that put it there. */
export type RankedCandidate = { ranked: RankedWork; reading: RankingQuery };

type QueryReading = {
  query: RankingQuery;
  matcher: WordMatcher;
  /** Candidates that were ranked already, and what was known of them then. */
  known: Map<number, EarlierRanking>;
};

/** "… series", "… books in order", "… books": but "books by …" are somebody's. */
function asksSeries(words: readonly QueryWord[]): boolean {
  if (words.some(({ role }) => role === "order" || role === "series")) {
    return true;
  }
  return words.at(-1)?.role === "objects";
}

type EarlierRanking = {
  ranked: RankedWork;
  indexedWords: number;
  titleKeyRange: WordRange | undefined;
};

/** What a word split or joined costs. */
const RESPACED_BITS = 4;

/**
 * The ways a query is read: as typed, and with words split or joined. Every candidate stands where
 * the reading that suits it best puts it.
 */
export class Readings {
  #readings: QueryReading[] = [];
  #unfinished: boolean;
  #options: RankingOptions;
  #isFuzzy = false;

  constructor(words: readonly QueryWord[], unfinished: boolean, options: RankingOptions) {
    this.#unfinished = unfinished;
    this.#options = options;
    this.add(words);
  }

  add(words: readonly QueryWord[]): void {
    this.#readings.push(this.#read(words, this.#readings.length === 0));
  }

  /** From now on words are also matched fuzzily: by edit distance and by sound. */
  matchFuzzily(): void {
    if (this.#isFuzzy) {
      return;
    }
    this.#isFuzzy = true;
    this.#readings = this.#readings.map(({ query, known }) => ({
      ...this.#read(query.words, query.asTyped),
      // A work that has every word as typed ranks the same by fuzzy matching.
      known: new Map([...known].filter(([, { ranked }]) => hasAllWords(ranked))),
    }));
  }

  /** The candidates, best first. */
  rank(candidates: ReadonlyMap<number, Candidate>): RankedCandidate[] {
    const best = new Map<number, RankedCandidate>();
    for (const reading of this.#readings) {
      const { query } = reading;
      for (const candidate of candidates.values()) {
        const ranked = this.#rankOne(reading, candidate);
        // "raven poe" as one word is no reading for a book that has neither.
        if (!query.asTyped && ranked.words.every(({ field }) => field === "none")) {
          continue;
        }
        const known = best.get(ranked.id);
        if (known === undefined || known.ranked.score < ranked.score) {
          best.set(ranked.id, { ranked, reading: query });
        }
      }
    }
    return [...best.values()].sort(
      (one, other) => other.ranked.score - one.ranked.score || one.ranked.id - other.ranked.id,
    );
  }

  /** Each rung adds candidates; only those that are new or better known are ranked again. */
  #rankOne({ query, matcher, known }: QueryReading, candidate: Candidate): RankedWork {
    const { indexedWords, titleKeyRange } = candidate;
    const before = known.get(candidate.book.id);
    if (before?.indexedWords === indexedWords && before.titleKeyRange === titleKeyRange) {
      return before.ranked;
    }
    const ranked = rankCandidate(query, candidate, this.#options, matcher);
    if (!query.asTyped) {
      ranked.score -= RESPACED_BITS;
    }
    known.set(candidate.book.id, { ranked, indexedWords, titleKeyRange });
    return ranked;
  }

  #read(words: readonly QueryWord[], asTyped: boolean): QueryReading {
    const asks = words.some(({ asking }) => asking > 0);
    const query = {
      words,
      unfinished: this.#unfinished,
      asTyped,
      asks,
      asksSeries: asksSeries(words),
      isFuzzy: this.#isFuzzy,
    };
    return { query, matcher: new WordMatcher(query), known: new Map() };
  }
}
