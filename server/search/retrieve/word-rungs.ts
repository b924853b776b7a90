/** The rungs of the ladder that search word by word: as typed, as prefixes, corrected, respaced. */
import type { QueryWord } from "#server/catalog/ranking/query-words.ts";
import { type Effort, payableCandidates } from "../effort.ts";
import type { WordReader } from "../understand/word-reader.ts";
import type { Candidates } from "./candidates.ts";
import type { LadderRequest } from "./ladder-result.ts";
import type { RankedCandidate, Readings } from "./readings.ts";
import { searchRespaced } from "./respaced.ts";
import type { TitleLanes } from "./title-lanes.ts";
import { CORE_LIMIT, type FullLane, type WordLane, type WordLanes } from "./word-lanes.ts";

const PREFIX_LIMIT = 30;
/** While the last word is typed, works that have it as a whole word are a minority. */
const UNFINISHED_LIMIT = 12;
/** Fewer letters are hardly ever a whole word. */
const MIN_UNFINISHED = 3;
const UNFINISHED_PREFIX_LIMIT = 24;
const CORRECTED_LIMIT = 40;

/** Alternatives that all words of a query have together; rare words are corrected on their own. */
const MAX_CORRECTED = 20;

/** Words of more information than this are rare enough to be misspellings, if nothing else fits. */
const UNCOMMON_BITS = 11;
/** In a small catalogue, words of fewer works than this are. */
const RARE_WORKS = 3;

/** What the rungs search with. */
export type RungTools = {
  reader: WordReader;
  candidates: Candidates;
  readings: Readings;
  titles: TitleLanes;
  wordLanes: WordLanes;
  effort: Effort;
  /** Candidates of a lane that has the words as typed. */
  limit: number;
};

export class WordRungs {
  /** The last lane that more works match than were looked at. */
  more: FullLane | undefined;
  /** See Lane. */
  mostReadOnly = false;
  #words: readonly QueryWord[];
  #request: LadderRequest;
  #reader: WordReader;
  #candidates: Candidates;
  #readings: Readings;
  #titles: TitleLanes;
  #wordLanes: WordLanes;
  #effort: Effort;
  #limit: number;

  constructor(words: readonly QueryWord[], request: LadderRequest, tools: RungTools) {
    this.#words = words;
    this.#request = request;
    this.#reader = tools.reader;
    this.#candidates = tools.candidates;
    this.#readings = tools.readings;
    this.#titles = tools.titles;
    this.#wordLanes = tools.wordLanes;
    this.#effort = tools.effort;
    this.#limit = tools.limit;
  }

  /**
   * All words as typed, in any field; if too many works match, in titles, names and series only.
   * @returns how many works have them, where that is known before they are ranked.
   */
  async wordsAsTyped(): Promise<number | undefined> {
    const { plan, unfinished } = this.#request;
    // Where titles begin as typed, a topic with the same words is no evidence.
    if (this.mostReadOnly) {
      return undefined;
    }
    // A prefix this short is a whole word in few books; whole titles have a lane of their own.
    const lastLength = this.#words.at(-1)?.token.length ?? 0;
    if (unfinished && plan.plain && lastLength < MIN_UNFINISHED) {
      return 0;
    }
    const limit = unfinished ? UNFINISHED_LIMIT : this.#limit;
    const search = (word: QueryWord) => this.#reader.typed(word);
    const lane: WordLane = { name: "all_words", search, limit, asTyped: true };
    const { found, full } = await this.#wordLanes.run(lane);
    this.more = full;
    if (full === undefined) {
      return undefined;
    }
    if (plan.plain && !unfinished) {
      await this.#wordLanes.run({ ...lane, name: "all_words_in_names", inNames: true });
    }
    return found;
  }

  /** The words that describe the book, without request words. @returns as `wordsAsTyped`. */
  async contentWords(): Promise<number | undefined> {
    const { plan, unfinished } = this.#request;
    const search = (word: QueryWord) => this.#reader.typed(word);
    const limit = this.#limit;
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
    this.more = full;
    return full === undefined ? undefined : found;
  }

  /** Words as typed, the last one as a prefix: "harry pot" finds "Harry Potter". */
  async lastWordAsPrefix(): Promise<void> {
    const last = this.#words.at(-1);
    if (last === undefined) {
      return;
    }
    const { unfinished, plan } = this.#request;
    await this.#reader.loadPrefix(last);
    const { full } = await this.#wordLanes.runContentWords({
      name: "last_word_begun",
      search: (word) => (word === last ? this.#reader.prefix(word) : this.#reader.typed(word)),
      limit: unfinished ? UNFINISHED_PREFIX_LIMIT : PREFIX_LIMIT,
      inNames: true,
      mostReadOnly: this.mostReadOnly,
    });
    if (unfinished) {
      this.more = full ?? this.more;
    }
    // If too many books match, those whose titles begin as typed come first.
    else if (full !== undefined && plan.plain) {
      await this.#titles.byPrefix();
    }
  }

  /** Words that few or no titles, names and series have, matched fuzzily. */
  async unknownCorrected(): Promise<void> {
    const isRare = ({ information, workCount }: QueryWord) =>
      information >= UNCOMMON_BITS || workCount < RARE_WORKS;
    await this.#reader.loadFuzzy(this.#words.filter(isRare));
    await this.#wordLanes.runContentWords({
      name: "corrected",
      search: (word) => (isRare(word) ? this.#reader.fuzzy(word) : this.#reader.typed(word)),
      limit: this.#correctedLimit(),
    });
    await this.respaced();
  }

  /**
   * Every book that has the corrected word, not only those that fuzzy matching came across.
   * @returns false if the best candidate needed no correction.
   */
  async asCorrected([best]: readonly RankedCandidate[]): Promise<boolean> {
    if (
      best === undefined ||
      best.ranked.criteria.words < 0 ||
      best.reading.words !== this.#words
    ) {
      return false;
    }
    const matches = best.ranked.words.map(({ match }) => match);
    if (!matches.some((match) => match?.way === "spelling")) {
      return false;
    }
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
  async respaced(): Promise<void> {
    if (!this.#request.plan.plain) {
      return;
    }
    await searchRespaced(this.#words, this.#reader, this.#candidates, this.#readings, this.#effort);
  }

  /** Every word matched fuzzily, known ones too: "form" may be "from". */
  async allCorrected(): Promise<void> {
    const alternatives = Math.ceil(MAX_CORRECTED / this.#words.length);
    await this.#reader.loadFuzzy(this.#words);
    await this.#wordLanes.runContentWords({
      name: "all_corrected",
      search: (word) => this.#reader.fuzzy(word, alternatives),
      limit: this.#correctedLimit(),
    });
  }

  #correctedLimit(): number {
    const most = payableCandidates(this.#effort, this.#words.length, CORE_LIMIT * CORRECTED_LIMIT);
    return Math.ceil(most / CORE_LIMIT);
  }
}
