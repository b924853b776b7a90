import { describe, expect, test } from "vitest";
import { noticeSentences } from "./notice-sentences.ts";
import { notice } from "./notices.ts";

test("a notice is its reason, its sentence and its place", () => {
  const span = { start: 4, end: 6 };
  expect(notice("unknown_field", span, "autor", "author")).toEqual({
    reason: "unknown_field",
    message: 'There is no field "autor:"; it was searched as words. Did you mean "author:"?',
    span,
  });
});

describe("every sentence ends, and has all its parts", () => {
  test.each(Object.entries(noticeSentences))("%s", (_, sentence) => {
    // Each takes at most two details; texts and numbers read alike.
    const message = (sentence as (...details: number[]) => string)(12, 34);
    expect(message).toMatch(/^["“A-Z].*[.?]$/);
    expect(message).not.toMatch(/undefined|null|NaN/);
  });
});
