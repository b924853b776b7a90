/** Choices that look random and are always the same for the same key. */
export type Dice = {
  /** From 0 to just below 1. */
  roll(): number;
  /** An integer from `low` to `high`, both included. */
  between(low: number, high: number): number;
  /** One of a list that is not empty. */
  pick<T>(choices: readonly [T, ...T[]]): T;
  chance(probability: number): boolean;
};

/** Dice seeded by FNV-1a over the key and thrown by mulberry32: tiny, and the same everywhere. */
export function diceOf(key: string): Dice {
  let state = hashOf(key);
  const roll = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    roll,
    between: (low, high) => low + Math.floor(roll() * (high - low + 1)),
    pick: (choices) => choices[Math.floor(roll() * choices.length)] ?? choices[0],
    chance: (probability) => roll() < probability,
  };
}

/** FNV-1a, 32 bits, over UTF-16 code units. */
export function hashOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index++) {
    hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}
