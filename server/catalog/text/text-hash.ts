/**
 * Tables of texts for the hot paths of an import. V8 interns every string that a Map or a Set is
 * asked for, which costs more than all else that is done to a word of a title; these hash in
 * JavaScript and compare.
 */

/** 32 bits out of the length and a dozen characters, spread evenly enough for tables (FNV-1a). */
function hashOf(text: string): number {
  const { length } = text;
  const step = (length >>> 3) + 1;
  let hash = 0x811c9dc5 ^ length;
  for (let index = length - 1; index >= 0; index -= step) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash ^ (hash >>> 15);
}

/**
 * Remembers results of a pure function by its text: names of publishers, dates and headings repeat
 * on most works. Each text has one place, where a newer one takes over: memory is bounded, and what
 * is common comes back at once.
 * @param places a power of two.
 */
export function memoise<T>(compute: (text: string) => T, places: number): (text: string) => T {
  const mask = places - 1;
  const texts: (string | undefined)[] = new Array(places).fill(undefined);
  const results: (T | undefined)[] = new Array(places).fill(undefined);
  return (text) => {
    const place = hashOf(text) & mask;
    // A place that has the text has its result.
    if (texts[place] === text) {
      return results[place] as T;
    }
    const fresh = compute(text);
    texts[place] = text;
    results[place] = fresh;
    return fresh;
  };
}

/** Up to so many texts are compared one with another. */
const fewTexts = 8;

/** The texts without repetitions, each at its first place. */
export function distinct(texts: string[]): string[] {
  if (texts.length <= 1) {
    return texts;
  }
  const found: string[] = [];
  if (texts.length <= fewTexts) {
    for (const text of texts) {
      if (!found.includes(text)) {
        found.push(text);
      }
    }
    return found;
  }
  let places = 32;
  while (places < texts.length * 2) {
    places *= 2;
  }
  /** Places in `found`, counted from 1. */
  const table = new Uint32Array(places);
  for (const text of texts) {
    let place = hashOf(text) & (places - 1);
    let taken = table[place] ?? 0;
    while (taken !== 0 && found[taken - 1] !== text) {
      place = (place + 1) & (places - 1);
      taken = table[place] ?? 0;
    }
    if (taken !== 0) {
      continue;
    }
    table[place] = found.push(text);
  }
  return found;
}

const bucketCount = 1024;

/** A fixed small vocabulary, for the question whether a word is in it; mostly it isn't. */
export class WordSet {
  readonly #buckets: (string[] | undefined)[] = new Array(bucketCount).fill(undefined);

  constructor(words: Iterable<string>) {
    for (const word of words) {
      const bucket = this.#buckets[bucketOf(word)];
      if (bucket === undefined) {
        this.#buckets[bucketOf(word)] = [word];
      } else {
        bucket.push(word);
      }
    }
  }

  has(word: string): boolean {
    const bucket = this.#buckets[bucketOf(word)];
    return bucket?.includes(word) ?? false;
  }
}

/** By length, first and last letter: told without reading the word. */
function bucketOf(word: string): number {
  const { length } = word;
  if (length === 0) {
    return 0;
  }
  const ends = word.charCodeAt(0) * 37 + word.charCodeAt(length - 1) * 131;
  return (ends + length * 421) & (bucketCount - 1);
}
