import { expect, test } from "vitest";
import { textWidth } from "./widths.ts";

test("accents take no room of their own, whether composed or not", () => {
  for (const [plain, accented] of [
    ["e", "é"],
    ["и", "й"],
    ["α", "ά"],
    ["カ", "ガ"],
  ] as const) {
    const width = textWidth(plain, "serif", 10);
    expect(width).toBeGreaterThan(0);
    expect(textWidth(accented, "serif", 10)).toBe(width);
    expect(textWidth(accented.normalize("NFD"), "serif", 10)).toBe(width);
  }
});

test("Chinese and Japanese signs are as wide as they are high", () => {
  expect(textWidth("百年・の―ー、", "serif", 10)).toBeGreaterThanOrEqual(67);
});

test("a face's widths are its own", () => {
  expect(textWidth("Moby-Dick", "heavy", 10)).not.toBe(textWidth("Moby-Dick", "italic", 10));
});
