import type { Candidate } from "#server/catalog/ranking/candidate.ts";
import { WordMatcher } from "#server/catalog/ranking/match-words.ts";
import type { QueryWord, RankingQuery } from "#server/catalog/ranking/query-words.ts";
import { type RankingOptions, rankCandidates } from "#server/catalog/ranking/rank.ts";
import type { Ranked } from "#server/catalog/ranking/ranked.ts";

/** A candidate in its place, and the reading of the query that put it there. */
export type Standing = { ranked: Ranked; reading: RankingQuery };

/** What a word split or joined costs. */
const RESPACED_BITS = 4;

/**
 * The ways a query is read: as typed, and with words split or joined. Every candidate stands where
 * the reading that suits it best puts it.
 */
export class Readings {
  #readings: { query: RankingQuery; matcher: WordMatcher }[] = [];
  #unfinished: boolean;
  #options: RankingOptions;
  #forgiving = false;

  constructor(words: readonly QueryWord[], unfinished: boolean, options: RankingOptions) {
    this.#unfinished = unfinished;
    this.#options = options;
    this.add(words);
  }

  add(words: readonly QueryWord[]): void {
    this.#readings.push(this.#read(words, this.#readings.length === 0));
  }

  /** From now on words are compared by ear and letter. */
  forgive(): void {
    if (this.#forgiving) return;
    this.#forgiving = true;
    this.#readings = this.#readings.map(({ query }) => this.#read(query.words, query.asTyped));
  }

  /** The candidates, best first. */
  rank(candidates: ReadonlyMap<number, Candidate>): Standing[] {
    const best = new Map<number, Standing>();
    for (const { query, matcher } of this.#readings) {
      for (const ranked of rankCandidates(query, candidates.values(), this.#options, matcher)) {
        const score = ranked.score - (query.asTyped ? 0 : RESPACED_BITS);
        const known = best.get(ranked.id);
        if (known === undefined || known.ranked.score < score) {
          best.set(ranked.id, { ranked: { ...ranked, score }, reading: query });
        }
      }
    }
    return [...best.values()].sort(
      (one, other) => other.ranked.score - one.ranked.score || one.ranked.id - other.ranked.id,
    );
  }

  #read(words: readonly QueryWord[], asTyped: boolean) {
    const query = { words, unfinished: this.#unfinished, asTyped, forgiving: this.#forgiving };
    return { query, matcher: new WordMatcher(query) };
  }
}
