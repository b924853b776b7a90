import { expect, test } from "vitest";
import { AnswerCache } from "./answer-cache.ts";

const answer = (sizeBytes: number) => ({ body: new Uint8Array(sizeBytes) });

test("keeps what was used last, within its bytes", () => {
  const cache = new AnswerCache(10_500);
  for (const key of ["a", "b", "c", "d", "e", "f", "g", "h"]) {
    cache.set(key, answer(1000));
  }
  expect(cache.get("a")).toBeDefined();
  cache.set("i", answer(1000));
  expect(cache.get("a")).toBeDefined();
  expect(cache.get("b")).toBeUndefined();
  expect(cache.sizeBytes).toBeLessThanOrEqual(10_500);
  expect(cache.count).toBe(8);
});

test("counts an answer once that is set twice", () => {
  const cache = new AnswerCache(100_000);
  cache.set("a", answer(1000));
  const { sizeBytes } = cache;
  cache.set("a", answer(1000));
  expect(cache.sizeBytes).toBe(sizeBytes);
  cache.clear();
  expect(cache.sizeBytes).toBe(0);
});

test("keeps no answer that would cost many others", () => {
  const cache = new AnswerCache(10_000);
  cache.set("large", answer(5000));
  expect(cache.get("large")).toBeUndefined();
  const none = new AnswerCache(0);
  none.set("a", answer(1));
  expect(none.count).toBe(0);
});
