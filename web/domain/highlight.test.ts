import fc from "fast-check";
import { expect, test } from "vitest";
import { excerpt, splitBySpans } from "./highlight.tsx";

const spans = fc.array(fc.record({ start: fc.nat(60), end: fc.nat(60) }), { maxLength: 6 });
const text = fc.string({ unit: "binary", maxLength: 50 });

test("marks nothing but what the spans name, counting code points", () => {
  expect(splitBySpans("𝒜b𝒞d", [{ start: 2, end: 3 }])).toEqual([
    { start: 0, text: "𝒜b", isMarked: false },
    { start: 2, text: "𝒞", isMarked: true },
    { start: 3, text: "d", isMarked: false },
  ]);
});

test("loses no letter, whatever the spans", () => {
  fc.assert(
    fc.property(text, spans, (whole, some) => {
      const parts = splitBySpans(whole, some);
      expect(parts.map((part) => part.text).join("")).toBe([...whole].join(""));
    }),
  );
});

test("an excerpt keeps its marks on the same letters", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("ab ", "cde ", "f "), { minLength: 30, maxLength: 60 }),
      fc.nat(80),
      (words, start) => {
        const whole = words.join("");
        const span = { start, end: start + 3 };
        const { text: cut, spans: moved } = excerpt(whole, [span], 40);
        for (const { start: from, end } of moved) {
          expect(cut.slice(from, end)).toBe(whole.slice(span.start, span.end));
        }
      },
    ),
  );
});
