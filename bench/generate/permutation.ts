const primes = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31];

/**
 * A shuffle of 0 … count - 1 that is computed, not stored: i → (i × factor + offset) mod count.
 * Dumps aren't sorted by key, and popular books don't sit at the first keys.
 */
export class Permutation {
  readonly count: number;
  readonly #factor: number;
  readonly #offset: number;

  /** @param count at most 94 million: products must stay below 2^53. @param salt which of eleven. */
  constructor(count: number, salt: number) {
    if (count > 94_000_000) {
      throw new RangeError(`Permutation: ${count} is over 94,000,000`);
    }
    this.count = count;
    this.#offset = Math.floor(count * ((salt * 0.754877666) % 1));
    // The fraction of a square root is badly approximated by small fractions: neighbours land far
    // from each other, and the steps don't fall into a short pattern.
    let factor = Math.max(1, Math.floor(count * (Math.sqrt(primes[salt] ?? 2) % 1)));
    while (commonDivisor(factor, count) > 1) {
      factor++;
    }
    this.#factor = factor;
  }

  at(index: number): number {
    return (index * this.#factor + this.#offset) % this.count;
  }
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}
