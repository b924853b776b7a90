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

import { WordMatcher } from "#server/catalog/ranking/match-words.ts";
import type { QueryWord, RankingQuery } from "#server/catalog/ranking/query-words.ts";
import { type Ranked, rankCandidates } from "#server/catalog/ranking/rank.ts";
import { romanKey } from "#server/catalog/text/roman-key.ts";
import { titleKeys } from "#server/catalog/text/title-keys.ts";
import { romanToken, titleToken } from "../key-tokens.ts";
import { type FilterExpression, narrowed } from "./filter-expression.ts";
import type { LaneCandidate, Lanes } from "./lanes.ts";
import { joinParts, MAX_WORDS, type Plan, type PlannedWord, quote } from "./plan.ts";
import type { Terms } from "./terms.ts";

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

const EXACT_LIMIT = 100;
const SPLIT_LIMIT = 40;
const PREFIX_LIMIT = 120;
/** While the last word is typed, the works that have it as it stands are a few of many. */
const UNFINISHED_LIMIT = 80;
const CORRECTED_LIMIT = 200;
const RELAXED_LIMIT = 80;
const ANY_LIMIT = 150;

/** Rungs before it search the words as typed. */
const FIRST_CORRECTING_RUNG = 2;

const ALTERNATIVES = 8;
const MAX_AUTHOR_WORDS = 3;
const MAX_WORDS_FOR_SPLITS = 24;
const MAX_DROPPED = 10;

/** Words that say more than this are rare enough to be misspellings, if nothing else fits. */
const UNCOMMON_BITS = 11;
/** Words that say more than this are rare enough to be doubted even where books have them. */
const SUSPICIOUS_BITS = 15;

/** Finds and ranks the candidates of a query. */
export class Ladder {
  #lanes: Lanes;
  #terms: Terms;
  #workCount: number;
  #request: LadderRequest;
  #options: LadderOptions;
  #words: QueryWord[];
  #readings: RankingQuery[];
  #matchers = new Map<RankingQuery, WordMatcher>();
  #forgiving = false;
  #alternatives = new Map<string, string>();

  constructor(
    lanes: Lanes,
    terms: Terms,
    workCount: number,
    request: LadderRequest,
    options: LadderOptions,
  ) {
    this.#lanes = lanes;
    this.#terms = terms;
    this.#workCount = workCount;
    this.#request = request;
    this.#options = options;
    this.#words = request.plan.words.map((word, index) =>
      this.#queryWord(word, index === request.plan.words.length - 1),
    );
    this.#readings = [this.#reading(this.#words, true)];
  }

  climb(): LadderResult {
    const { plan, verbatim, unfinished } = this.#request;
    if (plan.plain) this.#exactTitle(plan.text);
    const strictCount = this.#asTyped();
    if (plan.plain && unfinished) this.#lastWordBegun();
    let result = this.#rank();
    const rungs = [
      this.#lastWordBegun,
      this.#titleAndAuthor,
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
      if (this.#lanes.isLate()) break;
      if (index === 0 ? isWhole(result) : this.#answers(result, index)) {
        break;
      }
      if (index < FIRST_CORRECTING_RUNG && !plan.plain) continue;
      if (index === 0 && unfinished) continue;
      if (corrects) this.#forgive();
      rung.call(this);
      result = this.#rank();
    }
    return this.#result(result, strictCount);
  }

  /** From the first rung that corrects on, words are compared by ear and letter. */
  #forgive(): void {
    if (this.#forgiving) return;
    this.#forgiving = true;
    this.#readings = this.#readings.map(({ words, asTyped }) => this.#reading(words, asTyped));
  }

  get #allWords(): number {
    return 2 ** this.#words.length - 1;
  }

  #queryWord(word: PlannedWord, last: boolean): QueryWord {
    const workCount = this.#terms.workCount(word.token);
    return {
      token: word.token,
      roman: romanKey(word.token),
      field: word.field,
      span: word.span,
      last: last && this.#request.plan.plain,
      information: Math.min(20, Math.log2(1 + this.#workCount / (workCount + 0.5))),
      workCount,
    };
  }

  #reading(words: readonly QueryWord[], asTyped: boolean): RankingQuery {
    const { unfinished } = this.#request;
    return { words, unfinished, asTyped, forgiving: this.#forgiving };
  }

  /** The whole query is a title, however it is spaced and punctuated. */
  #exactTitle(text: string): void {
    const keys = titleKeys(text.replace(/[^\p{L}\p{N}\p{M}'’&+#.-]+/gu, " ").trim());
    this.#run(
      "exact_title",
      joinParts(
        keys.map((key) => quote(titleToken(key))),
        "OR",
      ),
      EXACT_LIMIT,
      {
        indexedWords: 0,
        titleKeyRange: { start: 0, end: this.#words.length },
      },
    );
  }

  /** The first or last words are an author, the others a title. */
  #titleAndAuthor(): void {
    const words = this.#words;
    const count = words.length;
    if (count < 2 || count > MAX_WORDS_FOR_SPLITS) return;
    for (let length = 1; length <= Math.min(MAX_AUTHOR_WORDS, count - 1); length++) {
      this.#split(words, 0, count - length);
      this.#split(words, length, count);
    }
  }

  #split(words: readonly QueryWord[], start: number, end: number): void {
    let last = end;
    let first = start;
    if (end < words.length && words[end - 1]?.token === "by" && end - start > 1) last -= 1;
    if (start > 0 && words[start]?.token === "by" && end - start > 1) first += 1;
    const title = words.slice(first, last);
    const keys = titleKeys(title.map((word) => word.token).join(" "));
    const key = joinParts(
      keys.map((one) => quote(titleToken(one))),
      "OR",
    );
    if (key === undefined) return;
    const lane = { indexedWords: 0, titleKeyRange: { start: first, end: last } };
    // The ranking function compares the author by ear; only a title of many works needs help.
    if (this.#run("title_and_author", key, SPLIT_LIMIT, lane) < SPLIT_LIMIT) return;
    const authors = [...words.slice(0, start), ...words.slice(end)];
    const author = joinParts(
      authors.map((word) => this.#loose(word)),
      "AND",
    );
    this.#run("title_and_author", `${key} AND author : (${author})`, SPLIT_LIMIT, lane);
  }

  /** All words as typed, anywhere; where that is too much, in titles, names and series. */
  #asTyped(): number {
    const { plan } = this.#request;
    const { unfinished } = this.#request;
    const limit = unfinished ? UNFINISHED_LIMIT : this.#options.candidates;
    const mask = { indexedWords: this.#allWords };
    const expression = plan.compile((index) => quote(this.#words[index]?.token ?? ""));
    const found = this.#run("all_words", expression, limit, mask);
    if (found >= limit && plan.plain && !unfinished) {
      this.#run("all_words_in_names", `{title author series} : ${expression}`, limit, mask);
    }
    return found;
  }

  /** As typed, but the last word may go on. */
  #lastWordBegun(): void {
    const last = this.#words.length - 1;
    if (last < 0) return;
    const expression = this.#request.plan.compile((index) => {
      const token = quote(this.#words[index]?.token ?? "");
      return index === last ? `${token} *` : token;
    });
    const limit = this.#request.unfinished ? this.#options.candidates : PREFIX_LIMIT;
    this.#run("last_word_begun", `{title author series} : ${expression}`, limit, {
      indexedWords: 0,
    });
  }

  /** Words that no title, name or series has, as what they may mean. */
  #corrected(): void {
    const { plan } = this.#request;
    this.#run(
      "corrected",
      plan.compile((index) => {
        const word = this.#words[index];
        if (word === undefined) return undefined;
        return word.information >= UNCOMMON_BITS ? this.#loose(word) : quote(word.token);
      }),
      CORRECTED_LIMIT,
      { indexedWords: 0 },
    );
    if (plan.plain) this.#respaced();
  }

  /** Every word as what it may mean: "form" may be "from". */
  #allCorrected(): void {
    const expression = this.#request.plan.compile((index) => {
      const word = this.#words[index];
      return word === undefined ? undefined : this.#loose(word);
    });
    this.#run("all_corrected", expression, CORRECTED_LIMIT, { indexedWords: 0 });
  }

  /** One word left out; the ranking function compares it with what stands there instead. */
  #relaxed(): void {
    const { plan } = this.#request;
    if (this.#words.length < 2) return;
    const dropped = this.#words
      .map((word, index) => ({ index, word }))
      .sort((one, other) => other.word.information - one.word.information)
      .slice(0, MAX_DROPPED);
    for (const { index: left } of dropped) {
      if (this.#lanes.isLate()) return;
      const expression = plan.compile((index) => {
        const word = this.#words[index];
        if (index === left || word === undefined) return undefined;
        return word.workCount === 0 ? this.#loose(word) : quote(word.token);
      });
      this.#run("word_dropped", expression, RELAXED_LIMIT, { indexedWords: 0 });
    }
  }

  /** The most telling words, two together, then each alone. */
  #any(): void {
    const telling = this.#words
      .map((word, index) => ({ word, index }))
      .filter(({ word }) => word.token.length > 1)
      .sort((one, other) => other.word.information - one.word.information)
      .slice(0, 4);
    const run = (wanted: readonly number[]) => {
      const expression = this.#request.plan.compile((index) => {
        const word = this.#words[index];
        return word !== undefined && wanted.includes(index) ? this.#loose(word) : undefined;
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

  /** Readings in which an unknown word is two words, or two words are one. */
  #respaced(): void {
    for (const [index, word] of this.#words.entries()) {
      const split = word.workCount <= 2 ? this.#splitWord(word) : undefined;
      if (split !== undefined) this.#tryReading(this.#words.toSpliced(index, 1, ...split));
      const next = this.#words[index + 1];
      if (next === undefined) continue;
      const joined = this.#joinWords(word, next);
      if (joined !== undefined) this.#tryReading(this.#words.toSpliced(index, 2, joined));
    }
  }

  #tryReading(words: QueryWord[]): void {
    if (words.length > MAX_WORDS) return;
    const expression = joinParts(
      words.map((word) => (word.workCount === 0 ? this.#loose(word) : quote(word.token))),
      "AND",
    );
    const found = this.#run("respaced", expression, RELAXED_LIMIT, { indexedWords: 0 });
    if (found > 0) this.#readings.push(this.#reading(words, false));
  }

  #splitWord(word: QueryWord): QueryWord[] | undefined {
    let best: { parts: QueryWord[]; count: number } | undefined;
    for (let cut = 1; cut < word.token.length; cut++) {
      const parts = [word.token.slice(0, cut), word.token.slice(cut)].map((token, part) =>
        this.#queryWord({ ...word, token }, word.last && part === 1),
      );
      const count = Math.min(...parts.map((part) => part.workCount));
      if (count > (best?.count ?? 0)) best = { parts, count };
    }
    return best?.parts;
  }

  #joinWords(one: QueryWord, other: QueryWord): QueryWord | undefined {
    const token = one.token + other.token;
    const joined = this.#queryWord(
      { token, field: one.field, span: { start: one.span.start, end: other.span.end } },
      other.last,
    );
    return joined.workCount > 0 ? joined : undefined;
  }

  /** A word, or what it may mean, or what it is in another transliteration. */
  #loose(word: QueryWord): string {
    const known = this.#alternatives.get(word.token);
    if (known !== undefined) return known;
    const parts = [quote(word.token)];
    for (const { word: other } of this.#terms.alternatives(word.token, ALTERNATIVES)) {
      parts.push(quote(other));
    }
    if (word.roman.length > 2) parts.push(quote(romanToken(word.roman)));
    const expression = joinParts(parts, "OR") ?? quote(word.token);
    this.#alternatives.set(word.token, expression);
    return expression;
  }

  #run(
    name: string,
    expression: string | undefined,
    limit: number,
    rest: { indexedWords: number; titleKeyRange?: { start: number; end: number } },
  ): number {
    const full = expression === undefined ? undefined : narrowed(expression, this.#request.filter);
    if (full === undefined) return 0;
    return this.#lanes.run({ name, expression: full, limit, ...rest });
  }

  /** True if the best candidate leaves nothing to ask further down the ladder. */
  #answers(ranked: readonly { ranked: Ranked }[], rung: number): boolean {
    const best = ranked[0]?.ranked;
    if (best === undefined || best.criteria.words < 0) return false;
    const elsewhere = best.words.filter((word) => word.field === "other").length;
    if (elsewhere > best.words.length / 3) return false;
    if (rung > FIRST_CORRECTING_RUNG) {
      return rung > FIRST_CORRECTING_RUNG + 1 || best.criteria.typos > -9;
    }
    if (best.criteria.typos < 0) return false;
    // One or two words, one of them hardly ever seen, may be a slip of far better known ones.
    return (
      this.#words.length > 2 || this.#words.every((word) => word.information < SUSPICIOUS_BITS)
    );
  }

  #rank(): { ranked: Ranked; reading: RankingQuery }[] {
    const best = new Map<number, { ranked: Ranked; reading: RankingQuery }>();
    for (const [index, reading] of this.#readings.entries()) {
      const candidates = this.#lanes.candidates.values();
      const matcher = this.#matcher(reading);
      for (const ranked of rankCandidates(reading, candidates, this.#options, matcher)) {
        const known = best.get(ranked.id);
        const score = ranked.score - (index === 0 ? 0 : RESPACED_BITS);
        if (known === undefined || known.ranked.score < score) {
          best.set(ranked.id, { ranked: { ...ranked, score }, reading });
        }
      }
    }
    return [...best.values()].sort(
      (one, other) => other.ranked.score - one.ranked.score || one.ranked.id - other.ranked.id,
    );
  }

  #matcher(reading: RankingQuery): WordMatcher {
    const known = this.#matchers.get(reading);
    if (known !== undefined) return known;
    const matcher = new WordMatcher(reading);
    this.#matchers.set(reading, matcher);
    return matcher;
  }

  #result(ranked: { ranked: Ranked; reading: RankingQuery }[], strictCount: number): LadderResult {
    return {
      ranked: ranked.map((one) => one.ranked),
      candidates: this.#lanes.candidates,
      readings: new Map(ranked.map((one) => [one.ranked.id, one.reading])),
      strictCount,
    };
  }
}

/** True if the best candidate's whole title or author's name was typed, so that nothing may follow. */
function isWhole(result: readonly { ranked: Ranked }[]): boolean {
  const best = result[0]?.ranked;
  return (
    best !== undefined &&
    (best.exactTitle || best.exactAuthor) &&
    best.criteria.typos === 0 &&
    best.criteria.begun === 0
  );
}

/** What a word split or joined costs. */
const RESPACED_BITS = 4;
