export type Interval = { low: number; high: number };

export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) {
    sum += values[index] ?? 0;
  }
  return values.length === 0 ? 0 : sum / values.length;
}

/** The value that a share of all values does not exceed (nearest rank); 0 if there are none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

/** Resamples of a bootstrap: enough for the third digit of an interval's ends. */
const RESAMPLES = 2000;

/** The 95 % interval of the mean, by the percentile bootstrap; always the same for the same values. */
export function meanInterval(values: readonly number[]): Interval {
  const next = randomSource(values.length);
  const data = Float64Array.from(values);
  const means = Array.from({ length: RESAMPLES }, () => {
    let sum = 0;
    for (let index = 0; index < data.length; index++) {
      sum += data[Math.floor(next() * data.length)] ?? 0;
    }
    return sum / Math.max(1, data.length);
  });
  return { low: quantile(means, 0.025), high: quantile(means, 0.975) };
}

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
export function randomSource(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
