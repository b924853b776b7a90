import fc from "fast-check";
import { expect, test } from "vitest";
import { typoBits } from "./typo-cost.ts";

const bits = (typed: string, meant: string) => typoBits(typed, meant, 40, false);

test("a word costs nothing as itself", () => {
  fc.assert(fc.property(fc.stringMatching(/^[a-z]{1,20}$/), (word) => bits(word, word) === 0));
});

test("what people do often costs less", () => {
  expect(bits("hobit", "hobbit")).toBeLessThan(bits("hobxit", "hobbit"));
  expect(bits("tolkein", "tolkien")).toBeLessThan(bits("tolkxxn", "tolkien"));
  expect(bits("kristie", "christie")).toBeGreaterThan(bits("christy", "christie"));
});

test("the first letter is rarely wrong", () => {
  expect(bits("xobbit", "hobbit")).toBeGreaterThan(bits("hobbix", "hobbit"));
});

test("a second slip in a short word costs more than in a long one", () => {
  const short = bits("lxvxng", "loving");
  const long = bits("philxsxpher", "philosopher");
  expect(short).toBeGreaterThan(long);
});

test("a word further away than the limit is another word", () => {
  expect(typoBits("dune", "emma", 10, false)).toBe(Number.POSITIVE_INFINITY);
  expect(typoBits("a".repeat(60), "a".repeat(60), 10, false)).toBe(Number.POSITIVE_INFINITY);
});

test("the limit cuts off and changes nothing else", () => {
  const word = fc.stringMatching(/^[a-f]{1,9}$/);
  fc.assert(
    fc.property(word, word, fc.integer({ min: 3, max: 30 }), (typed, meant, limit) => {
      const full = typoBits(typed, meant, 1000, false);
      const limited = typoBits(typed, meant, limit, false);
      expect(limited).toBe(full <= limit ? full : Number.POSITIVE_INFINITY);
    }),
  );
});

test("of an unfinished word only the letters typed count", () => {
  expect(typoBits("philo", "philosopher", 10, true)).toBe(0);
});
