/**
 * The ladder of a search by relevance. Each rung searches more widely than the one before, and is
 * tried only if nothing above it answers the query well:
 *
 *     exact       the query is a title
 *     words       every word as typed, in any field; if too many works match, in titles and names
 *     prefix      titles with the query as a prefix; names with the last word as a prefix
 *     content     the same without request words ("pdf", "books by"); series and titles among the rest
 *     forms       names without the s of a possessive, or as they sound; a title one slip from an unread one
 *     runs        some neighbouring words are a whole title, the others name its author
 *     corrected   unknown words matched fuzzily; then all words; words split and joined
 *     relaxed     one word left out; the ranking compares it with the title's word in its place
 *     any         pairs of the rarest words, then each of them alone
 *
 * One ranking function orders the candidates of all rungs. So a rung that finds too much does no
 * harm: its books fit the query worse and rank lower.
 */

import type { QueryWord } from "#server/catalog/ranking/query-words.ts";
import { UNREAD_POPULARITY } from "#server/catalog/ranking/weights.ts";
import { FUZZY_WORD_EFFORT } from "../effort.ts";
import { narrowed } from "../expression.ts";
import type { SearchRun } from "../search-run.ts";
import { workFilter } from "../understand/filter-expression.ts";
import { MAX_WORDS } from "../understand/plan-builder.ts";
import { isContentWord } from "../understand/word-properties.ts";
import { WordReader } from "../understand/word-reader.ts";
import { Candidates } from "./candidates.ts";
import { hasEvidence, hasWordAsTyped } from "./evidence.ts";
import { searchFamilyName } from "./family-names.ts";
import type { LadderRequest, LadderResult } from "./ladder-result.ts";
import { searchOwners, searchPossessives } from "./possessives.ts";
import { hasAllWords, type RankedCandidate, Readings } from "./readings.ts";
import { searchAnyWords, searchSingleWords, searchWithoutOne } from "./relaxed.ts";
import { TitleLanes } from "./title-lanes.ts";
import { hasEverything, isAnswered, isWhole, type LadderState } from "./verdict.ts";
import { type FullLane, WordLanes } from "./word-lanes.ts";
import { WordRungs } from "./word-rungs.ts";

/** A query of so many words is a description if so many of them speak of the asking. */
const DESCRIPTION_WORDS = 20;
const DESCRIPTION_ASKING_WORDS = 3;

/** The rungs before this one search the words as typed. */
const FIRST_CORRECTING_RUNG = 2;

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
  #rungs: WordRungs;
  /** True if some words more probably belong to the request, or to an edition, than to a book. */
  #hasRequestWords: boolean;
  #strictCount = 0;
  #fuzzyCount = 0;

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
    const { popularity, candidates: limit } = run.options.ladder;
    this.#readings = new Readings(words, unfinished, { popularity });
    this.#rungs = new WordRungs(words, request, {
      reader,
      candidates: this.#candidates,
      readings: this.#readings,
      titles: this.#titles,
      wordLanes: this.#wordLanes,
      effort: run.effort,
      limit,
    });
  }

  async climb(): Promise<LadderResult> {
    const { plan, verbatim, unfinished } = this.#request;
    if (plan.pastedParts !== undefined) {
      await this.#titles.titleRuns();
    }
    if (plan.plain) {
      await this.#titles.whole(plan.text);
    }
    // Where titles begin as typed, of all other books only much-read ones are candidates.
    if (plan.plain && unfinished) {
      this.#rungs.mostReadOnly = await this.#titles.byPrefix();
    }
    const strictCount = await this.#rungs.wordsAsTyped();
    if (plan.plain && unfinished) {
      await this.#rungs.lastWordAsPrefix();
    }
    let result = this.#rank();
    const isHidden = this.#hidesBook(result);
    const contentCount = isHidden ? await this.#rungs.contentWords() : strictCount;
    if (isHidden) {
      result = this.#rank();
    }
    if (await this.#searchOtherForms(result)) {
      result = this.#rank();
    }
    this.#strictCount = contentCount ?? result.filter(({ ranked }) => hasAllWords(ranked)).length;
    result = await this.#climbFrom(result);
    if (!verbatim && (await this.#rungs.asCorrected(result))) {
      result = this.#rank();
    }
    return {
      ranked: result.map((one) => one.ranked),
      candidates: this.#candidates.byId,
      readings: new Map(result.map((one) => [one.ranked.id, one.reading])),
      strictCount: this.#strictCount,
      more: this.#narrowedMore(),
      isSparse: this.#candidates.isSparse,
    };
  }

  /** Tries rung after rung until the query is answered. @returns the candidates, best first. */
  async #climbFrom(first: RankedCandidate[]): Promise<RankedCandidate[]> {
    const { plan, verbatim, unfinished } = this.#request;
    const { effort, options } = this.#run;
    let result = first;
    const rungs = [
      () => this.#rungs.lastWordAsPrefix(),
      () => this.#titles.titleRuns(),
      () => this.#titles.neighbourTitles(),
      () => this.#rungs.unknownCorrected(),
      () => this.#rungs.allCorrected(),
      () => searchWithoutOne(this.#words, this.#reader, this.#wordLanes, effort),
      () => searchAnyWords(this.#words, this.#reader, this.#wordLanes, effort),
    ];
    if (this.#isTitleRunTogether(result)) {
      await this.#rungs.respaced();
      result = this.#rank();
    }
    for (const [index, rung] of rungs.entries()) {
      const corrects = index >= FIRST_CORRECTING_RUNG;
      if (corrects && (verbatim || !options.ladder.spelling)) {
        break;
      }
      // Readers don't remember so many words of a title: this is a description (descriptive.ts).
      if (corrects && isDescription(this.#words)) {
        break;
      }
      if (index === 0 ? isWhole(result) : isAnswered(result, this.#state(index))) {
        break;
      }
      if (index < FIRST_CORRECTING_RUNG && !plan.plain) {
        continue;
      }
      if (index === 0 && unfinished) {
        continue;
      }
      // Once the effort is spent, only the words alone are looked for, if nothing was found yet.
      if (effort.isSpent()) {
        break;
      }
      if (corrects) {
        this.#readings.matchFuzzily();
      }
      await rung();
      result = this.#rank();
      if (corrects) {
        this.#payForFuzzyMatching();
      }
    }
    // Words that stand nowhere together: the books that have one of them.
    const mayGiveUp = !verbatim && options.ladder.spelling && !isDescription(this.#words);
    if (mayGiveUp && saysNothing(result)) {
      await searchSingleWords(this.#words, this.#reader, this.#wordLanes);
      result = this.#rank();
    }
    return result;
  }

  /** True if request words ("books by") keep the query as typed from finding the book. */
  #hidesBook(result: readonly RankedCandidate[]): boolean {
    if (!this.#hasRequestWords || this.#request.verbatim) {
      return false;
    }
    return !hasEverything(result) || !(this.#request.unfinished || isWhole(result));
  }

  /** True if nobody reads the best book, so that another form of a name may be meant. */
  #isUnread([best]: readonly RankedCandidate[]): boolean {
    const book = best && this.#candidates.byId.get(best.ranked.id)?.book;
    return book !== undefined && book.popularity < UNREAD_POPULARITY;
  }

  /** Names and titles in other forms than they were typed in. @returns true if any was found. */
  async #searchOtherForms(result: readonly RankedCandidate[]): Promise<boolean> {
    const { plan, unfinished, verbatim } = this.#request;
    if (!plan.plain || unfinished || verbatim || !this.#run.options.ladder.spelling) {
      return false;
    }
    const tools = [this.#words, this.#reader, this.#candidates, this.#readings] as const;
    const isUnread = this.#isUnread(result);
    const isOwnTitle = isWhole(result) && result[0]?.ranked.title === 0;
    const hasPossessives = isUnread && (await searchPossessives(...tools));
    const hasOwners = (isUnread || !isOwnTitle) && (await searchOwners(...tools));
    const mayBeSpelt = isUnread || result.length === 0;
    const hasSpellings =
      mayBeSpelt && (await searchFamilyName(this.#words, this.#reader, this.#candidates));
    // "The Brothers Karamozov": a record with a slip in its title is no reason to look no further.
    const isOdd = isUnread && isOwnTitle && this.#words.some(({ workCount }) => workCount === 1);
    if (isOdd) {
      await this.#titles.neighbourTitles();
    }
    if (hasSpellings || isOdd) {
      this.#readings.matchFuzzily();
    }
    return hasPossessives || hasOwners || hasSpellings || isOdd;
  }

  #narrowedMore(): FullLane | undefined {
    const { more } = this.#rungs;
    if (more === undefined) {
      return undefined;
    }
    const expression = narrowed(more.expression, workFilter(this.#request.filter));
    return expression && { ...more, expression };
  }

  #rank(): RankedCandidate[] {
    return this.#readings.rank(this.#candidates.byId);
  }

  /** "harrypotter" is a whole title, found by its key, and the prefix of other titles. */
  #isTitleRunTogether(result: readonly RankedCandidate[]): boolean {
    if (this.#request.verbatim || !this.#run.options.ladder.spelling) {
      return false;
    }
    return this.#words.some(({ workCount }) => workCount === 0) && isWhole(result);
  }

  /** Spends effort for the candidates that were matched fuzzily since the last call. */
  #payForFuzzyMatching(): void {
    const { size } = this.#candidates.byId;
    const newCount = size - this.#fuzzyCount;
    this.#run.effort.spend(newCount * this.#words.length * FUZZY_WORD_EFFORT);
    this.#fuzzyCount = size;
  }

  #state(rung: number): LadderState {
    return {
      words: this.#words,
      unfinished: this.#request.unfinished,
      strictCount: this.#strictCount,
      corrections: Math.max(0, rung - FIRST_CORRECTING_RUNG),
    };
  }
}

function isDescription(words: readonly QueryWord[]): boolean {
  const asking = words.filter((word) => !isContentWord(word)).length;
  const isQuestion = words.length >= DESCRIPTION_WORDS && asking >= DESCRIPTION_ASKING_WORDS;
  return isQuestion || words.length >= MAX_WORDS;
}

/** True if there is no book, or the best resembles one word only and no other has one as it was typed. */
function saysNothing(result: readonly RankedCandidate[]): boolean {
  const [best] = result;
  const hasBest = best !== undefined && hasEvidence(best.ranked);
  return !hasBest && !result.some(({ ranked }) => hasWordAsTyped(ranked));
}
