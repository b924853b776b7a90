/** Bits that a hash sets. With ten to twenty bits for each hash, one in some hundreds is taken for another. */
const BITS_PER_HASH = 4;
const MIN_BITS = 2 ** 20;
/** 8 MB: of more than some millions of hashes more are taken for others, which costs time only. */
const MAX_BITS = 2 ** 26;

/**
 * A Bloom filter over hashes of 53 bits: which of them are surely not there.
 * Kirsch and Mitzenmacher, "Less Hashing, Same Performance" (2006): all places out of two numbers.
 */
export class HashFilter {
  /** So many hashes fit; more make it say "perhaps" too often. */
  readonly room: number;
  readonly #words: Uint32Array;
  readonly #mask: number;

  /** @param count of hashes that are expected now; as many again fit. */
  constructor(count: number) {
    const bits = Math.min(MAX_BITS, Math.max(MIN_BITS, 2 ** Math.ceil(Math.log2(count * 20 + 1))));
    this.room = bits === MAX_BITS ? Number.POSITIVE_INFINITY : bits / 10;
    this.#words = new Uint32Array(bits / 32);
    this.#mask = bits - 1;
  }

  add(hash: number): void {
    let place = hash >>> 0;
    const step = stepOf(hash);
    for (let bit = 0; bit < BITS_PER_HASH; bit++) {
      const at = place & this.#mask;
      this.#words[at >>> 5] = (this.#words[at >>> 5] ?? 0) | (1 << (at & 31));
      place = (place + step) >>> 0;
    }
  }

  /** False only for a hash that was not added. */
  mayHave(hash: number): boolean {
    let place = hash >>> 0;
    const step = stepOf(hash);
    for (let bit = 0; bit < BITS_PER_HASH; bit++) {
      const at = place & this.#mask;
      if (((this.#words[at >>> 5] ?? 0) & (1 << (at & 31))) === 0) {
        return false;
      }
      place = (place + step) >>> 0;
    }
    return true;
  }
}

/** Odd, so that the places of a hash differ. */
function stepOf(hash: number): number {
  return Math.floor(hash / 2 ** 32) | 1;
}
