/** Lanes of the query's words: of all of them, or of as few as will do (word-parts.ts). */
import type { QueryWord } from "#server/catalog/ranking/query-words.ts";
import type { Lane } from "#server/sqlite/read/lanes.ts";
import type { Plan } from "../understand/plan.ts";
import type { Searched } from "../understand/word-reader.ts";
import type { RunLane } from "./title-lanes.ts";
import { densityOf, type WordPart, walkCoreOrAll } from "./word-parts.ts";

/** A core may find so many times more works than asked for before all words are walked instead. */
const CORE_LIMIT = 2;

export type WordLane = {
  limit: number;
  /** The index has the words as they were typed. */
  asTyped?: boolean;
  /** In titles, names and series only. */
  inNames?: boolean;
} & Pick<Lane, "mostEffort">;

export class WordLanes {
  #words: readonly QueryWord[];
  #plan: Plan;
  #workCount: number;
  #run: RunLane;

  constructor(words: readonly QueryWord[], plan: Plan, workCount: number, run: RunLane) {
    this.#words = words;
    this.#plan = plan;
    this.#workCount = workCount;
    this.#run = run;
  }

  /**
   * Finds works with all words, each as `search` says (undefined leaves it out), or with a core of
   * the words if few works have that. `full`: the expression of all, if more works match it than the
   * limit.
   */
  run(
    name: string,
    search: (word: QueryWord, index: number) => Searched | undefined,
    lane: WordLane,
  ): { found: number; full: string | undefined } {
    // A word typed twice is searched once; that it stands in two places is for the ranking to see.
    const parts = new Map<string, WordPart>();
    for (const [index, word] of this.#words.entries()) {
      const searched = search(word, index);
      if (searched !== undefined && !parts.has(searched.expression)) {
        parts.set(searched.expression, { ...searched, index });
      }
    }
    return this.#runCoreOrAll(name, [...parts.values()], lane);
  }

  #runCoreOrAll(
    name: string,
    parts: readonly WordPart[],
    lane: WordLane,
  ): ReturnType<WordLanes["run"]> {
    // Where parts are alternatives, a work need not have a core of them.
    const { found, all } = this.#plan.conjunctive
      ? walkCoreOrAll(
          parts,
          this.#workCount,
          { limit: lane.limit, coreLimit: lane.limit * CORE_LIMIT },
          (some, limit, isCore) =>
            this.#runParts(name, some, isCore ? { ...lane, limit, inNames: false } : lane),
        )
      : { found: this.#runParts(name, parts, lane), all: true };
    const isFull = all && found >= lane.limit;
    return { found, full: isFull ? this.#expression(parts, lane) : undefined };
  }

  #runParts(name: string, parts: readonly WordPart[], lane: WordLane): number {
    return this.#run(name, this.#expression(parts, lane), lane.limit, {
      indexedWords: lane.asTyped ? parts.reduce((mask, { index }) => mask | (1 << index), 0) : 0,
      density: densityOf(parts, this.#workCount),
      mostEffort: lane.mostEffort,
    });
  }

  #expression(parts: readonly WordPart[], { inNames }: WordLane): string | undefined {
    const expressions = new Map(parts.map(({ index, expression }) => [index, expression]));
    const all = this.#plan.compile((index) => expressions.get(index));
    return inNames && all !== undefined ? `{title author series} : ${all}` : all;
  }
}
