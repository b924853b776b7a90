/**
 * The ladder of a search by relevance. Each rung looks wider than the one before and is climbed only
 * if nothing above it answers the query well:
 *
 *     exact       the query is a title
 *     words       every word as typed, anywhere; where that is too much, in titles and names
 *     begun       titles that begin as typed; the last word as the beginning of one
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
import type { LaneCandidate, Lanes } from "#server/sqlite/read/lanes.ts";
import { FORGIVEN_WORD_EFFORT } from "../effort.ts";
import { type FilterExpression, narrowed } from "../understand/filter-expression.ts";
import { MAX_WORDS, type Plan } from "../understand/plan.ts";
import { tellingWords } from "../understand/telling-words.ts";
import type { WordReader } from "../understand/word-reader.ts";
import { hasAllWords, Readings, type Standing } from "./readings.ts";
import { searchRespaced } from "./respaced.ts";
import { type RunLane, TitleLanes } from "./title-lanes.ts";
import { type Asked, isAnswered, isWhole } from "./verdict.ts";
import { WordLanes } from "./word-lanes.ts";

export type LadderOptions = {
  /** Candidates of the main lane: the most popular works that have every word. */
  candidates: number;
  popularity: boolean;
  spelling: boolean;
};

export const defaultLadderOptions: LadderOptions = {
  candidates: 40,
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
  /** Works found that have every word as typed; if `more`, at least so many. */
  strictCount: number;
  /**
   * FTS5: where more works have every word, the last perhaps only begun, than were looked at, all of
   * them.
   */
  more: string | undefined;
};

const PREFIX_LIMIT = 30;
/** While the last word is typed, the works that have it as it stands are a few of many. */
const UNFINISHED_LIMIT = 12;
/** Fewer letters are hardly ever a whole word. */
const MIN_UNFINISHED = 3;
const BEGUN_LIMIT = 24;
/** What a walk to the most read works may use. */
const MOST_READ_EFFORT = 200;
const CORRECTED_LIMIT = 40;
const RELAXED_LIMIT = 30;
const ANY_LIMIT = 30;

/** Rungs before it search the words as typed. */
const FIRST_CORRECTING_RUNG = 2;

/** Words that all words of a query together are searched as; rare ones are corrected apart. */
const MAX_CORRECTED = 20;

const MAX_DROPPED = 4;
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
  #wordLanes: WordLanes;
  #strictCount = 0;
  #forgiven = 0;
  #more: string | undefined;
  /** See Lane. */
  #mostEffort: number | undefined;

  constructor(lanes: Lanes, reader: WordReader, request: LadderRequest, options: LadderOptions) {
    const { plan, unfinished } = request;
    this.#lanes = lanes;
    this.#reader = reader;
    this.#request = request;
    this.#options = options;
    this.#words = reader.readAll(plan);
    const run: RunLane = (...lane) => this.#run(...lane);
    this.#titles = new TitleLanes(this.#words, reader, lanes.workCount, run);
    this.#wordLanes = new WordLanes(this.#words, plan, lanes.workCount, run);
    this.#readings = new Readings(this.#words, unfinished, { popularity: options.popularity });
  }

  climb(): LadderResult {
    const { plan, verbatim, unfinished } = this.#request;
    if (plan.plain) {
      this.#titles.exactTitle(plan.text);
      this.#titles.namedAfterAuthor();
    }
    // Beside titles that begin as typed other books count if they are much read.
    if (plan.plain && unfinished && this.#titles.begun()) this.#mostEffort = MOST_READ_EFFORT;
    const strictCount = this.#asTyped();
    if (plan.plain && unfinished) this.#lastWordBegun();
    let result = this.#readings.rank(this.#lanes.candidates);
    this.#strictCount = strictCount ?? result.filter(({ ranked }) => hasAllWords(ranked)).length;
    const rungs = [
      this.#lastWordBegun,
      () => this.#titles.titleAndAuthor(),
      () => this.#titles.neighbourTitles(),
      this.#corrected,
      this.#allCorrected,
      this.#relaxed,
      this.#any,
    ];
    if (this.#isTitleRunTogether(result)) {
      this.#respaced();
      result = this.#readings.rank(this.#lanes.candidates);
    }
    for (const [index, rung] of rungs.entries()) {
      const corrects = index >= FIRST_CORRECTING_RUNG;
      if (corrects && (verbatim || !this.#options.spelling)) break;
      // Nobody remembers so many words of a title: it is a description (descriptive.ts).
      if (corrects && this.#words.length >= MAX_WORDS) break;
      if (index === 0 ? isWhole(result) : isAnswered(result, this.#asked(index))) break;
      if (index < FIRST_CORRECTING_RUNG && !plan.plain) continue;
      if (index === 0 && unfinished) continue;
      // Late, the rungs are short; but who finds nothing has climbed them all.
      if (this.#lanes.candidates.size > 0 && this.#lanes.isLate()) break;
      if (corrects) this.#readings.forgive();
      rung.call(this);
      result = this.#readings.rank(this.#lanes.candidates);
      if (corrects) this.#payForForgiving();
    }
    return {
      ranked: result.map((one) => one.ranked),
      candidates: this.#lanes.candidates,
      readings: new Map(result.map((one) => [one.ranked.id, one.reading])),
      strictCount: this.#strictCount,
      more: this.#more === undefined ? undefined : narrowed(this.#more, this.#request.filter),
    };
  }

  /** "harrypotter" is a whole title, found by its key, and what other titles begin with. */
  #isTitleRunTogether(result: readonly Standing[]): boolean {
    if (this.#request.verbatim || !this.#options.spelling) return false;
    return this.#words.some(({ workCount }) => workCount === 0) && isWhole(result);
  }

  /** Candidates that were compared by ear and letter since it was asked last. */
  #payForForgiving(): void {
    const { size } = this.#lanes.candidates;
    this.#lanes.spend((size - this.#forgiven) * this.#words.length * FORGIVEN_WORD_EFFORT);
    this.#forgiven = size;
  }

  #asked(rung: number): Asked {
    return {
      words: this.#words,
      unfinished: this.#request.unfinished,
      strictCount: this.#strictCount,
      corrections: Math.max(0, rung - FIRST_CORRECTING_RUNG),
    };
  }

  /**
   * All words as typed, anywhere; where that is too much, in titles, names and series. Returns how
   * many works have them if that is known before they are ranked.
   */
  #asTyped(): number | undefined {
    const { plan, unfinished } = this.#request;
    // Beside titles that begin so, topics that have the words say nothing.
    if (this.#mostEffort !== undefined) return undefined;
    // What is only begun is a word already for a few books; whole titles have a lane of their own.
    if (unfinished && plan.plain && (this.#words.at(-1)?.token.length ?? 0) < MIN_UNFINISHED)
      return 0;
    const limit = unfinished ? UNFINISHED_LIMIT : this.#options.candidates;
    const typed = (word: QueryWord) => this.#reader.typed(word);
    const { found, full } = this.#wordLanes.run("all_words", typed, { limit, asTyped: true });
    this.#more = full;
    if (full === undefined) return undefined;
    if (plan.plain && !unfinished) {
      this.#wordLanes.run("all_words_in_names", typed, { limit, asTyped: true, inNames: true });
    }
    return found;
  }

  /** As typed, but the last word may go on. */
  #lastWordBegun(): void {
    const last = this.#words.length - 1;
    if (last < 0) return;
    const { unfinished, plan } = this.#request;
    const search = (word: QueryWord, index: number) =>
      index === last ? this.#reader.begun(word) : this.#reader.typed(word);
    const { full } = this.#wordLanes.run("last_word_begun", search, {
      limit: unfinished ? BEGUN_LIMIT : PREFIX_LIMIT,
      inNames: true,
      mostEffort: this.#mostEffort,
    });
    if (unfinished) this.#more = full ?? this.#more;
    // Of too many books those count whose titles begin as typed.
    else if (full !== undefined && plan.plain) this.#titles.begun();
  }

  /** Words that no title, name or series has, as what they may mean. */
  #corrected(): void {
    const isRare = ({ information, workCount }: QueryWord) =>
      information >= UNCOMMON_BITS || workCount < RARE_WORKS;
    this.#wordLanes.run(
      "corrected",
      (word) => (isRare(word) ? this.#reader.loose(word) : this.#reader.typed(word)),
      { limit: CORRECTED_LIMIT },
    );
    this.#respaced();
  }

  /** Words split and joined. */
  #respaced(): void {
    if (!this.#request.plan.plain) return;
    const run: RunLane = (...lane) => this.#run(...lane);
    searchRespaced(this.#words, this.#reader, run, this.#readings, this.#lanes.workCount);
  }

  /** Every word as what it may mean: "form" may be "from"#server/sqlite/search/. */
  #allCorrected(): void {
    const alternatives = Math.ceil(MAX_CORRECTED / this.#words.length);
    this.#wordLanes.run("all_corrected", (word) => this.#reader.loose(word, alternatives), {
      limit: CORRECTED_LIMIT,
    });
  }

  /** One word left out; the ranking function compares it with what stands there instead. */
  #relaxed(): void {
    if (this.#words.length < 2) return;
    for (const { index: left } of tellingWords(this.#words, MAX_DROPPED)) {
      if (this.#lanes.isLate()) return;
      this.#wordLanes.run(
        "word_dropped",
        (word, index) => {
          if (index === left) return undefined;
          return word.workCount === 0 ? this.#reader.loose(word) : this.#reader.typed(word);
        },
        { limit: RELAXED_LIMIT },
      );
    }
  }

  /** The most telling words, two together, then each alone. */
  #any(): void {
    const telling = tellingWords(this.#words, this.#words.length)
      .filter(({ word }) => word.token.length > 1)
      .slice(0, MAX_TELLING);
    const run = (wanted: readonly number[]) => {
      this.#wordLanes.run(
        "any_words",
        (word, index) => (wanted.includes(index) ? this.#reader.loose(word) : undefined),
        { limit: ANY_LIMIT },
      );
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
