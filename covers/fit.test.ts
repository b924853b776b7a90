import fc from "fast-check";
import { expect, test } from "vitest";
import { fitHeight, fitText } from "./fit.ts";
import { textWidth } from "./widths.ts";

const request = {
  face: "serif",
  width: 160,
  height: 100,
  sizeMax: 40,
  sizeMin: 10,
  linesMax: 4,
  leading: 1.1,
} as const;

const letters = fc.constantFrom(..."abcdefghijklm WO  é漢字ЖωאبÅ-'");
const titles = fc.string({ unit: letters, maxLength: 200 });

test("no text leaves its box, however long", () => {
  fc.assert(
    fc.property(titles, (text) => {
      const fit = fitText({ ...request, text });
      expect(fit.lines.length).toBeLessThanOrEqual(request.linesMax);
      expect(fitHeight(fit, request.leading)).toBeLessThanOrEqual(request.height);
      for (const line of fit.lines) {
        expect(textWidth(line, request.face, fit.size)).toBeLessThanOrEqual(request.width + 0.01);
      }
    }),
  );
});

test("lines are even: no single word is left behind", () => {
  const { lines } = fitText({ ...request, text: "The Life and Opinions of Tristram Shandy" });
  const widths = lines.map((line) => textWidth(line, "serif", 1));
  expect(Math.min(...widths) / Math.max(...widths)).toBeGreaterThan(0.5);
});

test("a text that is too much ends in an ellipsis", () => {
  const { lines, size } = fitText({ ...request, text: "very long words ".repeat(50) });
  expect(size).toBe(request.sizeMin);
  expect(lines.at(-1)).toMatch(/…$/);
});

test("a word that is too long is broken with a hyphen", () => {
  const text = "Donaudampfschifffahrtsgesellschaftskapitänswitwe";
  const { lines } = fitText({ ...request, text, linesMax: 9 });
  expect(lines.length).toBeGreaterThan(1);
  expect(lines.join("").replaceAll("-", "")).toBe(text);
});

test("Chinese and Japanese break between letters, not before closing signs", () => {
  const { lines } = fitText({ ...request, text: "百年の孤独、そして愛。", width: 90 });
  expect(lines.length).toBeGreaterThan(1);
  for (const line of lines) {
    expect(line).not.toMatch(/^[、。]/u);
  }
});
