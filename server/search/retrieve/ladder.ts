/**
 * The ladder of a search by relevance. Each rung looks wider than the one before and is climbed only
 * if nothing above it answers the query well:
 *
 *     exact       the query is a title
 *     words       every word as typed, anywhere; where that is too much, in titles and names
 *     begun       titles that begin as typed; the last word as the beginning of one
 *     said        the same without the words that speak of the asking; series and titles among them
 *     runs        words side by side are a title, the others an author
 *     corrected   unknown words as what they may mean; then all words; words split and joined
 *     relaxed     one word left out, compared by the ranking function with what stands there
 *     any         the two most telling words, then each alone
 *
 * All candidates of all rungs go through the one ranking function, so a rung that finds too much
 * does no harm: what fits the query worse ranks lower.
 */

import type { QueryWord } from "#server/catalog/ranking/query-words.ts";
import { FUZZY_WORD_EFFORT } from "../effort.ts";
import { narrowed } from "../expression.ts";
import type { SearchRun } from "../search-run.ts";
import { workFilter } from "../understand/filter-expression.ts";
import { MAX_WORDS } from "../understand/plan.ts";
import { isContentWord } from "../understand/word-properties.ts";
import { WordReader } from "../understand/word-reader.ts";
import { Candidates } from "./candidates.ts";
import type { LadderRequest, LadderResult } from "./ladder-result.ts";
import { hasAllWords, type RankedCandidate, Readings } from "./readings.ts";
import { searchAnyWords, searchWithoutOne } from "./relaxed.ts";
import { searchRespaced } from "./respaced.ts";
import { TitleLanes } from "./title-lanes.ts";
import { hasEverything, isAnswered, isWhole, type LadderState } from "./verdict.ts";
import { type FullLane, type WordLane, WordLanes } from "./word-lanes.ts";

const PREFIX_LIMIT = 30;
/** While the last word is typed, the works that have it as it stands are a few of many. */
const UNFINISHED_LIMIT = 12;
/** Fewer letters are hardly ever a whole word. */
const MIN_UNFINISHED = 3;
const UNFINISHED_PREFIX_LIMIT = 24;
const CORRECTED_LIMIT = 40;

/** Rungs before it search the words as typed. */
const FIRST_CORRECTING_RUNG = 2;

/** Words that all words of a query together are searched as; rare ones are corrected apart. */
const MAX_CORRECTED = 20;

/** Words that say more than this are rare enough to be misspellings, if nothing else fits. */
const UNCOMMON_BITS = 11;
/** In a small catalogue, words of fewer works than this are. */
const RARE_WORKS = 3;

/** Finds and ranks the candidates of a query. */
export async function climbLadder(run: SearchRun, request: LadderRequest): Promise<LadderResult> {
  const reader = new WordReader(run.vocabulary);
  const words = await reader.readAll(request.plan, request.unfinished);
  return new Ladder(run, reader, words, request).climb();
}

class Ladder {
  #run: SearchRun;
  #candidates: Candidates;
  #reader: WordReader;
  #request: LadderRequest;
  #words: QueryWord[];
  #readings: Readings;
  #titles: TitleLanes;
  #wordLanes: WordLanes;
  /** True if some words more probably speak of the asking, or of an edition, than of a book. */
  #hasRequestWords: boolean;
  #strictCount = 0;
  #fuzzyCount = 0;
  #more: FullLane | undefined;
  /** See Lane. */
  #mostReadOnly = false;

  constructor(run: SearchRun, reader: WordReader, words: QueryWord[], request: LadderRequest) {
    const { plan, unfinished, filter } = request;
    this.#run = run;
    this.#reader = reader;
    this.#request = request;
    this.#words = words;
    this.#hasRequestWords = words.some((word) => !isContentWord(word) || word.part !== undefined);
    this.#candidates = new Candidates(run.index.retrieve(workFilter(filter), run.effort));
    this.#titles = new TitleLanes(words, reader, this.#candidates);
    this.#wordLanes = new WordLanes(words, plan, this.#candidates);
    const { popularity } = run.options.ladder;
    this.#readings = new Readings(words, unfinished, { popularity });
  }

  async climb(): Promise<LadderResult> {
    const { plan, verbatim, unfinished } = this.#request;
    const { effort, options } = this.#run;
    if (plan.pastedParts !== undefined) await this.#titles.titleRuns();
    if (plan.plain) await this.#titles.whole(plan.text);
    // Beside titles that begin as typed other books count if they are much read.
    if (plan.plain && unfinished) this.#mostReadOnly = await this.#titles.byPrefix();
    const strictCount = await this.#wordsAsTyped();
    if (plan.plain && unfinished) await this.#lastWordAsPrefix();
    let result = this.#rank();
    const isAsking = this.#isAsking(result);
    const saidCount = isAsking ? await this.#contentWords() : strictCount;
    if (isAsking) result = this.#rank();
    this.#strictCount = saidCount ?? result.filter(({ ranked }) => hasAllWords(ranked)).length;
    const rungs = [
      () => this.#lastWordAsPrefix(),
      () => this.#titles.titleRuns(),
      () => this.#titles.neighbourTitles(),
      () => this.#corrected(),
      () => this.#allCorrected(),
      () => searchWithoutOne(this.#words, this.#reader, this.#wordLanes),
      () => searchAnyWords(this.#words, this.#reader, this.#wordLanes, this.#candidates),
    ];
    if (this.#isTitleRunTogether(result)) {
      await this.#respaced();
      result = this.#rank();
    }
    for (const [index, rung] of rungs.entries()) {
      const corrects = index >= FIRST_CORRECTING_RUNG;
      if (corrects && (verbatim || !options.ladder.spelling)) break;
      // Nobody remembers so many words of a title: it is a description (descriptive.ts).
      if (corrects && this.#words.length >= MAX_WORDS) break;
      if (index === 0 ? isWhole(result) : isAnswered(result, this.#asked(index))) break;
      if (index < FIRST_CORRECTING_RUNG && !plan.plain) continue;
      if (index === 0 && unfinished) continue;
      // Once the effort is spent, stop if there are candidates; otherwise try every rung.
      if (this.#candidates.byId.size > 0 && effort.isSpent()) break;
      if (corrects) this.#readings.matchFuzzily();
      await rung();
      result = this.#rank();
      if (corrects) this.#payForFuzzyMatching();
    }
    if (!verbatim && (await this.#asCorrected(result))) result = this.#rank();
    return {
      ranked: result.map((one) => one.ranked),
      candidates: this.#candidates.byId,
      readings: new Map(result.map((one) => [one.ranked.id, one.reading])),
      strictCount: this.#strictCount,
      more: this.#narrowedMore(),
      isSparse: this.#candidates.isSparse,
    };
  }

  /** True if words about the asking keep the book from being found as the query was typed. */
  #isAsking(result: readonly RankedCandidate[]): boolean {
    if (!this.#hasRequestWords || this.#request.verbatim) return false;
    return !hasEverything(result) || !(this.#request.unfinished || isWhole(result));
  }

  #narrowedMore(): FullLane | undefined {
    if (this.#more === undefined) return undefined;
    const expression = narrowed(this.#more.expression, workFilter(this.#request.filter));
    return expression && { ...this.#more, expression };
  }

  #rank(): RankedCandidate[] {
    return this.#readings.rank(this.#candidates.byId);
  }

  /** "harrypotter" is a whole title, found by its key, and what other titles begin with. */
  #isTitleRunTogether(result: readonly RankedCandidate[]): boolean {
    if (this.#request.verbatim || !this.#run.options.ladder.spelling) return false;
    return this.#words.some(({ workCount }) => workCount === 0) && isWhole(result);
  }

  /** Candidates that were compared by ear and letter since it was asked last. */
  #payForFuzzyMatching(): void {
    const { size } = this.#candidates.byId;
    const fresh = size - this.#fuzzyCount;
    this.#run.effort.spend(fresh * this.#words.length * FUZZY_WORD_EFFORT);
    this.#fuzzyCount = size;
  }

  #asked(rung: number): LadderState {
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
  async #wordsAsTyped(): Promise<number | undefined> {
    const { plan, unfinished } = this.#request;
    // Beside titles that begin so, topics that have the words say nothing.
    if (this.#mostReadOnly) return undefined;
    // What is only begun is a word already for a few books; whole titles have a lane of their own.
    if (unfinished && plan.plain && (this.#words.at(-1)?.token.length ?? 0) < MIN_UNFINISHED)
      return 0;
    const limit = unfinished ? UNFINISHED_LIMIT : this.#run.options.ladder.candidates;
    const search = (word: QueryWord) => this.#reader.typed(word);
    const lane: WordLane = { name: "all_words", search, limit, asTyped: true };
    const { found, full } = await this.#wordLanes.run(lane);
    this.#more = full;
    if (full === undefined) return undefined;
    if (plan.plain && !unfinished) {
      await this.#wordLanes.run({ ...lane, name: "all_words_in_names", inNames: true });
    }
    return found;
  }

  /** All words that speak of the book; those about the asking are left out. Returns as #asTyped. */
  async #contentWords(): Promise<number | undefined> {
    const { plan, unfinished } = this.#request;
    const search = (word: QueryWord) => this.#reader.typed(word);
    const limit = this.#run.options.ladder.candidates;
    const lane: WordLane = { name: "words_said", search, limit, asTyped: true };
    const { found, full } = await this.#wordLanes.runContentWords(lane);
    if (full !== undefined && plan.plain && !unfinished) {
      await this.#wordLanes.runContentWords({
        ...lane,
        name: "words_said_in_names",
        inNames: true,
      });
    }
    await this.#titles.seriesRuns();
    await this.#titles.titleRuns();
    this.#more = full;
    return full === undefined ? undefined : found;
  }

  /** As typed, but the last word may go on. */
  async #lastWordAsPrefix(): Promise<void> {
    const last = this.#words.at(-1);
    if (last === undefined) return;
    const { unfinished, plan } = this.#request;
    await this.#reader.loadPrefix(last);
    const { full } = await this.#wordLanes.runContentWords({
      name: "last_word_begun",
      search: (word) => (word === last ? this.#reader.prefix(word) : this.#reader.typed(word)),
      limit: unfinished ? UNFINISHED_PREFIX_LIMIT : PREFIX_LIMIT,
      inNames: true,
      mostReadOnly: this.#mostReadOnly,
    });
    if (unfinished) this.#more = full ?? this.#more;
    // Of too many books those count whose titles begin as typed.
    else if (full !== undefined && plan.plain) await this.#titles.byPrefix();
  }

  /** Words that no title, name or series has, as what they may mean. */
  async #corrected(): Promise<void> {
    const isRare = ({ information, workCount }: QueryWord) =>
      information >= UNCOMMON_BITS || workCount < RARE_WORKS;
    await this.#reader.loadFuzzy(this.#words.filter(isRare));
    await this.#wordLanes.runContentWords({
      name: "corrected",
      search: (word) => (isRare(word) ? this.#reader.fuzzy(word) : this.#reader.typed(word)),
      limit: CORRECTED_LIMIT,
    });
    await this.#respaced();
  }

  /** A correction stands for all books that have the word as it was meant; false if there is none. */
  async #asCorrected([best]: readonly RankedCandidate[]): Promise<boolean> {
    if (
      best === undefined ||
      best.ranked.criteria.words < 0 ||
      best.reading.words !== this.#words
    ) {
      return false;
    }
    const matches = best.ranked.words.map(({ match }) => match);
    if (!matches.some((match) => match?.way === "spelling")) return false;
    await this.#wordLanes.runContentWords({
      name: "as_corrected",
      search: (word, index) => {
        const match = matches[index];
        const isSlip = match?.way === "spelling";
        return isSlip ? this.#reader.corrected(match.word) : this.#reader.typed(word);
      },
      limit: CORRECTED_LIMIT,
      inNames: true,
    });
    return true;
  }

  /** Words split and joined. */
  async #respaced(): Promise<void> {
    if (!this.#request.plan.plain) return;
    await searchRespaced(this.#words, this.#reader, this.#candidates, this.#readings);
  }

  /** Every word as what it may mean: "form" may be "from". */
  async #allCorrected(): Promise<void> {
    const alternatives = Math.ceil(MAX_CORRECTED / this.#words.length);
    await this.#reader.loadFuzzy(this.#words);
    await this.#wordLanes.runContentWords({
      name: "all_corrected",
      search: (word) => this.#reader.fuzzy(word, alternatives),
      limit: CORRECTED_LIMIT,
    });
  }
}
