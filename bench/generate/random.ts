/**
 * Random numbers that belong to a record, not to a moment: every record starts its own stream from
 * (seed, stream, index), so that any record can be written by any worker, or again later by the
 * queries, and comes out the same. xoroshiro64** by Blackman and Vigna: 64 bits of state, 32-bit
 * arithmetic only, which is what JavaScript is fast at.
 */
export class Random {
  #a = 1;
  #b = 0;

  /** Starts the stream of a record. Different indexes below 2^32 never share a state. */
  start(seed: number, stream: number, index: number): this {
    this.#a = mix(index + mix(seed ^ Math.imul(stream + 1, 0x9e3779b1)));
    this.#b = mix(this.#a ^ 0x6a09e667) | 1;
    this.next();
    return this;
  }

  /** A whole number in [0, 2^32). */
  next(): number {
    const a = this.#a;
    const b = this.#b ^ a;
    const product = Math.imul(a, 0x9e3779bb);
    this.#a = ((a << 26) | (a >>> 6)) ^ b ^ (b << 9);
    this.#b = (b << 13) | (b >>> 19);
    return Math.imul((product << 5) | (product >>> 27), 5) >>> 0;
  }

  /** A number in [0, 1). */
  unit(): number {
    return this.next() * 2 ** -32;
  }

  /** A whole number in [0, count). */
  below(count: number): number {
    return Math.floor(this.next() * 2 ** -32 * count);
  }

  /** A whole number in [low, high]. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.next() < probability * 2 ** 32;
  }

  /** One of the items, each as likely as the others. @throws {RangeError} when there are none. */
  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) {
      throw new RangeError("pick: no items to choose from");
    }
    return item;
  }
}

/** The finisher of MurmurHash3 with Stafford's constants: a bijection of 32-bit numbers. */
function mix(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return x ^ (x >>> 16);
}
