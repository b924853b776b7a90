import {
  LEAST_LETTER_BITS,
  type Letters,
  leastBits,
  lettersOf,
  typoBits,
} from "#server/catalog/ranking/typo-cost.ts";
import type { Alternative } from "#server/search/index-port.ts";

/** A word further away than this is another word. */
const MAX_BITS = 13;

/** A word of few works must be nearer than one of many: a factor of 2 in works is worth this. */
const FREQUENCY_WEIGHT = 0.5;

const ROUNDING_BITS = 1e-6;

type ScoredWord = Alternative & { score: number };

/** The words that a typed one most probably means, of those that are added. */
export class NearestWords {
  readonly #typed: string;
  readonly #letters: Letters;
  readonly #limit: number;
  readonly #best: ScoredWord[] = [];

  constructor(typed: string, limit: number) {
    this.#typed = typed;
    this.#letters = lettersOf(typed);
    this.#limit = limit;
  }

  /** Each word is added once: common ones first, so that of rare ones few need be compared whole. */
  add(word: string, workCount: number): void {
    if (word === this.#typed) {
      return;
    }
    const weight = FREQUENCY_WEIGHT * Math.log2(1 + workCount);
    const most = Math.min(MAX_BITS, 3 * this.#typed.length);
    // A word that can't score as the last that there is room for need not be compared letter by letter.
    const last = this.#best[this.#limit - 1];
    if (last !== undefined && this.#leastBits(word) > weight - last.score + ROUNDING_BITS) {
      return;
    }
    const bits = typoBits(this.#typed, word, most, false);
    if (bits === Number.POSITIVE_INFINITY) {
      return;
    }
    const scored = { word, workCount, bits, score: weight - bits };
    const place = this.#best.findIndex((other) => isBefore(scored, other));
    this.#best.splice(place === -1 ? this.#best.length : place, 0, scored);
    if (this.#best.length > this.#limit) {
      this.#best.pop();
    }
  }

  #leastBits(word: string): number {
    const apart = Math.abs(word.length - this.#typed.length) * LEAST_LETTER_BITS;
    return Math.max(apart, leastBits(this.#typed, this.#letters, word, lettersOf(word)));
  }

  /** Best first. */
  get words(): readonly Alternative[] {
    return this.#best;
  }
}

function isBefore(one: ScoredWord, other: ScoredWord): boolean {
  return one.score === other.score ? one.word < other.word : one.score > other.score;
}
