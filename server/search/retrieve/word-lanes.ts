/** Lanes of the query's words: of all of them, or of as few as the index needs. */
import type { QueryWord } from "#server/catalog/ranking/query-words.ts";
import { type Expression, expressionKey, nameFields } from "../expression.ts";
import type { Plan } from "../understand/plan.ts";
import { inBookField } from "../understand/plan-builder.ts";
import { isContentWord } from "../understand/word-properties.ts";
import type { SearchedWord } from "../understand/word-reader.ts";
import type { Candidates, SearchLane } from "./candidates.ts";

/** A core may find so many times more works than asked for before all words are walked instead. */
export const CORE_LIMIT = 2;

export type WordLane = {
  name: string;
  /** How a word is searched; undefined leaves it out. */
  search: (word: QueryWord, index: number) => SearchedWord | undefined;
  limit: number;
  /** The index has the words as they were typed. */
  asTyped?: boolean;
  /** In titles, names and series only. */
  inNames?: boolean;
  mostReadOnly?: boolean;
};

/** `full`: if more works match all words than the limit. */
export type WordLaneResult = { found: number; full: FullLane | undefined };

/** A lane that more works match than it may find. */
export type FullLane = {
  /** All works that match. */
  expression: Expression;
  /** The first of them, which were looked at. */
  head: readonly number[];
  /** The lane, to be run under a filter; it walks all parts. */
  lane: SearchLane;
};

type WordPart = { index: number; expression: Expression; workCount: number };

export class WordLanes {
  #words: readonly QueryWord[];
  #plan: Plan;
  #candidates: Candidates;

  constructor(words: readonly QueryWord[], plan: Plan, candidates: Candidates) {
    this.#words = words;
    this.#plan = plan;
    this.#candidates = candidates;
  }

  /** As `run`, without the words that speak of the asking. */
  runContentWords(lane: WordLane): Promise<WordLaneResult> {
    return this.run(ofContentWords(lane));
  }

  async run(lane: WordLane): Promise<WordLaneResult> {
    const [result] = await this.runAll([lane]);
    return result ?? { found: 0, full: undefined };
  }

  /** Runs lanes one after the other; with `stopsWhenSpent` as long as something is left. */
  async runAll(lanes: readonly WordLane[], stopsWhenSpent = false): Promise<WordLaneResult[]> {
    const wanted = lanes.map((lane) => this.#laneOf(lane));
    const results = await this.#candidates.run(wanted, stopsWhenSpent);
    return results.map(({ found, isFull, ids }, index) => {
      const lane = wanted[index];
      const expression = lane?.expression;
      if (!isFull || lane === undefined || expression === undefined) {
        return { found, full: undefined };
      }
      return { found, full: { expression, head: ids, lane: { ...lane, coreLimit: undefined } } };
    });
  }

  #laneOf(lane: WordLane): SearchLane {
    const parts = this.#partsOf(lane.search);
    const expressions = new Map(parts.map(({ index, expression }) => [index, expression]));
    const all = this.#plan.compile((index) => expressions.get(index));
    const expression = lane.inNames && all ? inNames(all) : all;
    const { conjunctive, words } = this.#plan;
    return {
      name: lane.name,
      parts: parts.map(({ index, expression: part, workCount }) => ({
        expression: inBookField(words[index]?.field, part),
        workCount,
      })),
      expression,
      limit: lane.limit,
      // Where parts are alternatives, a work need not have a core of them.
      coreLimit: conjunctive ? lane.limit * CORE_LIMIT : undefined,
      wordIndexes: lane.asTyped ? parts.map(({ index }) => index) : undefined,
      mostReadOnly: lane.mostReadOnly,
    };
  }

  /** A word typed twice is searched once; that it stands in two places is for the ranking to see. */
  #partsOf(search: WordLane["search"]): WordPart[] {
    const parts = new Map<string, WordPart>();
    for (const [index, word] of this.#words.entries()) {
      const searched = search(word, index);
      if (searched === undefined) {
        continue;
      }
      const key = expressionKey(inBookField(word.field, searched.expression));
      if (!parts.has(key)) {
        parts.set(key, { ...searched, index });
      }
    }
    return [...parts.values()];
  }
}

/** A lane without the words that speak of the asking. */
export function ofContentWords(lane: WordLane): WordLane {
  return {
    ...lane,
    search: (word, index) => (isContentWord(word) ? lane.search(word, index) : undefined),
  };
}

/** Words in titles, names and series only. */
export function inNames(part: Expression): Expression {
  return { kind: "inFields", fields: nameFields, part };
}
