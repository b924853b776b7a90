import fc from "fast-check";
import { expect, test } from "vitest";
import { mean, meanInterval, quantile, randomSource } from "./statistics.ts";

test("the quantile is a value that occurs, by nearest rank", () => {
  expect(quantile([5, 1, 3], 0.5)).toBe(3);
  expect(quantile([1, 2, 3, 4], 0.99)).toBe(4);
  expect(quantile([], 0.5)).toBe(0);
});

test("the interval holds the mean and is the same every time", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(0, 1), { minLength: 5, maxLength: 40 }), (values) => {
      const interval = meanInterval(values);
      expect(interval).toEqual(meanInterval(values));
      expect(interval.low).toBeLessThanOrEqual(mean(values));
      expect(interval.high).toBeGreaterThanOrEqual(mean(values));
    }),
    { numRuns: 20 },
  );
});

test("chance stays between 0 and 1 and depends on the seed only", () => {
  const one = randomSource(7);
  const other = randomSource(7);
  for (let index = 0; index < 100; index++) {
    const value = one();
    expect(value).toBe(other());
    expect(value).toBeGreaterThanOrEqual(0);
    expect(value).toBeLessThan(1);
  }
});
