/**
 * The ladder of a search by relevance. Each rung looks wider than the one before and is climbed only
 * if nothing above it answers the query well:
 *
 *     exact       the query is a title
 *     words       every word as typed, anywhere; where that is too much, in titles and names
 *     begun       the last word as the beginning of one
 *     title+name  the first or last words are an author, the others a title
 *     corrected   unknown words as what they may mean; then all words; words split and joined
 *     relaxed     one word left out, compared by the ranking function with what stands there
 *     any         the two most telling words, then each alone
 *
 * All candidates of all rungs go through the one ranking function, so a rung that finds too much
 * does no harm: what fits the query worse ranks lower.
 */

import type { QueryWord, RankingQuery } from "#server/catalog/ranking/query-words.ts";
import type { Ranked } from "#server/catalog/ranking/ranked.ts";
import { type FilterExpression, narrowed } from "./filter-expression.ts";
import type { LaneCandidate, Lanes } from "./lanes.ts";
import { joinParts, MAX_WORDS, type Plan, quote } from "./plan.ts";
import { Readings } from "./readings.ts";
import { searchRespaced } from "./respaced.ts";
import { coreExpression, informationOf, tellingWords } from "./telling-words.ts";
import { type RunLane, TitleLanes } from "./title-lanes.ts";
import { type Asked, isAnswered, isWhole } from "./verdict.ts";
import type { WordReader } from "./word-reader.ts";

export type LadderOptions = {
  /** Candidates of the main lane: the most popular works that have every word. */
  candidates: number;
  popularity: boolean;
  spelling: boolean;
};

export const defaultLadderOptions: LadderOptions = {
  candidates: 200,
  popularity: true,
  spelling: true,
};

export type LadderRequest = {
  plan: Plan;
  filter: FilterExpression;
  unfinished: boolean;
  verbatim: boolean;
};

export type LadderResult = {
  ranked: Ranked[];
  candidates: ReadonlyMap<number, LaneCandidate>;
  /** How the query was read: for each result the words that ranked it. */
  readings: ReadonlyMap<number, RankingQuery>;
  /** Works that have every word as typed; at most `candidates`. */
  strictCount: number;
};

const PREFIX_LIMIT = 120;
/** While the last word is typed, the works that have it as it stands are a few of many. */
const UNFINISHED_LIMIT = 80;
/** By the letters of a word just begun: the fewer, the more alone popularity decides. */
const BEGUN_LIMITS = [30, 60, 80, 120];
const CORRECTED_LIMIT = 200;
const RELAXED_LIMIT = 80;
/** Words of so many bits together are in few works. */
const RARE_TOGETHER_BITS = 20;
const ANY_LIMIT = 100;

/** Rungs before it search the words as typed. */
const FIRST_CORRECTING_RUNG = 2;

/** Words that all words of a query together are searched as; rare ones are corrected apart. */
const MAX_CORRECTED = 20;

const MAX_DROPPED = 6;
/** The most telling words, of which pairs are searched. */
const MAX_TELLING = 3;

/** Words that say more than this are rare enough to be misspellings, if nothing else fits. */
const UNCOMMON_BITS = 11;
/** In a small catalogue, words of fewer works than this are. */
const RARE_WORKS = 3;

/** Finds and ranks the candidates of a query. */
export class Ladder {
  #lanes: Lanes;
  #reader: WordReader;
  #request: LadderRequest;
  #options: LadderOptions;
  #words: QueryWord[];
  #readings: Readings;
  #titles: TitleLanes;
  #strictCount = 0;

  constructor(lanes: Lanes, reader: WordReader, request: LadderRequest, options: LadderOptions) {
    const { plan, unfinished } = request;
    const last = plan.plain ? plan.words.length - 1 : -1;
    this.#lanes = lanes;
    this.#reader = reader;
    this.#request = request;
    this.#options = options;
    this.#words = plan.words.map((word, index) => reader.read(word, index === last));
    this.#titles = new TitleLanes(this.#words, reader, (...lane) => this.#run(...lane));
    this.#readings = new Readings(this.#words, unfinished, { popularity: options.popularity });
  }

  climb(): LadderResult {
    const { plan, verbatim, unfinished } = this.#request;
    if (plan.plain) this.#titles.exactTitle(plan.text);
    this.#strictCount = this.#asTyped();
    if (plan.plain && unfinished) this.#lastWordBegun();
    let result = this.#readings.rank(this.#lanes.candidates);
    const rungs = [
      this.#lastWordBegun,
      () => this.#titles.titleAndAuthor(),
      () => this.#titles.neighbourTitles(),
      this.#corrected,
      this.#allCorrected,
      this.#relaxed,
      this.#any,
    ];
    for (const [index, rung] of rungs.entries()) {
      const corrects = index >= FIRST_CORRECTING_RUNG;
      if (corrects && (verbatim || !this.#options.spelling)) break;
      // Nobody remembers so many words of a title: it is a description (descriptive.ts).
      if (corrects && this.#words.length >= MAX_WORDS) break;
      // Late, the rungs are short; but who finds nothing has climbed them all.
      if (this.#lanes.isLate() && this.#lanes.candidates.size > 0) break;
      if (index === 0 ? isWhole(result) : isAnswered(result, this.#asked(index))) {
        break;
      }
      if (index < FIRST_CORRECTING_RUNG && !plan.plain) continue;
      if (index === 0 && unfinished) continue;
      if (corrects) this.#readings.forgive();
      rung.call(this);
      result = this.#readings.rank(this.#lanes.candidates);
    }
    return {
      ranked: result.map((one) => one.ranked),
      candidates: this.#lanes.candidates,
      readings: new Map(result.map((one) => [one.ranked.id, one.reading])),
      strictCount: this.#strictCount,
    };
  }

  #asked(rung: number): Asked {
    return {
      words: this.#words,
      unfinished: this.#request.unfinished,
      strictCount: this.#strictCount,
      corrections: Math.max(0, rung - FIRST_CORRECTING_RUNG),
    };
  }

  /** All words as typed, anywhere; where that is too much, in titles, names and series. */
  #asTyped(): number {
    if (!this.#mayMeet(this.#words)) return 0;
    const { plan, unfinished } = this.#request;
    const limit = unfinished
      ? Math.min(UNFINISHED_LIMIT, this.#begunLimit())
      : this.#options.candidates;
    const mask = { indexedWords: 2 ** this.#words.length - 1 };
    const expression = plan.compile((index) => quote(this.#words[index]?.token ?? ""));
    const found = this.#run("all_words", expression, limit, mask);
    if (found >= limit && plan.plain && !unfinished) {
      this.#run("all_words_in_names", `{title author series} : ${expression}`, limit, mask);
    }
    return found;
  }

  /**
   * True if the words before the last are so rare together that all works with them were taken;
   * what a beginning of few letters stands for is a list far too long to walk for them.
   */
  #finishedWordsFind(limit: number): boolean {
    const finished = this.#words.slice(0, -1);
    if (finished.length < 2 || informationOf(finished) < RARE_TOGETHER_BITS) return false;
    if (!this.#mayMeet(finished)) return true;
    const expression = joinParts(
      finished.map((word) => quote(word.token)),
      "AND",
    );
    const names = `{title author series} : ${expression}`;
    return this.#run("last_word_begun", names, limit, { indexedWords: 0 }) < limit;
  }

  /** False if words of a plain query never stand together. */
  #mayMeet(words: readonly QueryWord[]): boolean {
    const { plan, filter } = this.#request;
    const core = plan.plain ? coreExpression(words) : undefined;
    const expression = core === undefined ? undefined : narrowed(core, filter);
    return expression === undefined || this.#lanes.finds(expression);
  }

  #begunLimit(): number {
    const letters = this.#words.at(-1)?.token.length ?? 0;
    return BEGUN_LIMITS[letters - 1] ?? this.#options.candidates;
  }

  /** As typed, but the last word may go on. */
  #lastWordBegun(): void {
    const last = this.#words.length - 1;
    if (last < 0) return;
    const expression = this.#request.plan.compile((index) => {
      const word = this.#words[index];
      if (word === undefined) return undefined;
      return index === last ? this.#reader.begun(word) : quote(word.token);
    });
    const limit = this.#request.unfinished ? this.#begunLimit() : PREFIX_LIMIT;
    if (this.#finishedWordsFind(limit)) return;
    this.#run("last_word_begun", `{title author series} : ${expression}`, limit, {
      indexedWords: 0,
    });
  }

  /** Words that no title, name or series has, as what they may mean. */
  #corrected(): void {
    const { plan } = this.#request;
    const isRare = ({ information, workCount }: QueryWord) =>
      information >= UNCOMMON_BITS || workCount < RARE_WORKS;
    const expression = plan.compile((index) => {
      const word = this.#words[index];
      if (word === undefined) return undefined;
      return isRare(word) ? this.#reader.loose(word) : quote(word.token);
    });
    if (this.#mayMeet(this.#words.filter((word) => !isRare(word)))) {
      this.#run("corrected", expression, CORRECTED_LIMIT, { indexedWords: 0 });
    }
    if (plan.plain) {
      const run: RunLane = (...lane) => this.#run(...lane);
      searchRespaced(this.#words, this.#reader, run, this.#readings);
    }
  }

  /** Every word as what it may mean: "form" may be "from". */
  #allCorrected(): void {
    const alternatives = Math.ceil(MAX_CORRECTED / this.#words.length);
    const expression = this.#request.plan.compile((index) => {
      const word = this.#words[index];
      return word === undefined ? undefined : this.#reader.loose(word, alternatives);
    });
    this.#run("all_corrected", expression, CORRECTED_LIMIT, { indexedWords: 0 });
  }

  /** One word left out; the ranking function compares it with what stands there instead. */
  #relaxed(): void {
    const { plan } = this.#request;
    if (this.#words.length < 2) return;
    for (const { index: left } of tellingWords(this.#words, MAX_DROPPED)) {
      if (this.#lanes.isLate()) return;
      if (!this.#mayMeet(this.#words.toSpliced(left, 1))) continue;
      const expression = plan.compile((index) => {
        const word = this.#words[index];
        if (index === left || word === undefined) return undefined;
        return word.workCount === 0 ? this.#reader.loose(word) : quote(word.token);
      });
      this.#run("word_dropped", expression, RELAXED_LIMIT, { indexedWords: 0 });
    }
  }

  /** The most telling words, two together, then each alone. */
  #any(): void {
    const telling = tellingWords(this.#words, this.#words.length)
      .filter(({ word }) => word.token.length > 1)
      .slice(0, MAX_TELLING);
    const run = (wanted: readonly number[]) => {
      const expression = this.#request.plan.compile((index) => {
        const word = this.#words[index];
        return word !== undefined && wanted.includes(index) ? this.#reader.loose(word) : undefined;
      });
      this.#run("any_words", expression, ANY_LIMIT, { indexedWords: 0 });
    };
    for (const [position, one] of telling.entries()) {
      for (const other of telling.slice(position + 1)) {
        if (this.#lanes.isLate()) return;
        run([one.index, other.index]);
      }
    }
    if (this.#lanes.candidates.size === 0) for (const { index } of telling) run([index]);
  }

  #run(...[name, expression, limit, rest]: Parameters<RunLane>): number {
    const full = expression === undefined ? undefined : narrowed(expression, this.#request.filter);
    if (full === undefined) return 0;
    return this.#lanes.run({ name, expression: full, limit, ...rest });
  }
}
