import fc from "fast-check";
import { expect, test } from "vitest";
import { cleanLine, cleanParagraphs } from "./clean-text.ts";

test.each([
  ["The Hobbit", "The Hobbit"],
  ["  The \t Hobbit \n", "The Hobbit"],
  ["The\u0000 Hobbit\u0007", "The Hobbit"],
  ["lone \ud800 surrogate \udc00", "lone surrogate"],
  ["whole 🐉 pair", "whole 🐉 pair"],
  ["soft\u00adhyphen and\u00a0space", "softhyphen and space"],
  ["Pride &amp; Prejudice", "Pride & Prejudice"],
  ["N&ouml;el", "Nöel"],
  ["AT&T &c. &bogus; &#0;", "AT&T &c. &bogus; &#0;"],
  ["it&#39;s &#x201c;fine&#x201d;", "it's “fine”"],
  ["", ""],
])("cleans %j", (text, expected) => {
  expect(cleanLine(text, 100)).toBe(expected);
});

test("cuts at the limit without splitting a character", () => {
  expect(cleanLine("abc🐉", 4)).toBe("abc");
  expect(cleanLine("abc🐉", 5)).toBe("abc🐉");
});

test("keeps paragraphs and nothing more", () => {
  expect(cleanParagraphs("One. \r\n\r\n\r\n\r\nTwo  words.\u0000 ", 100)).toBe(
    "One.\n\nTwo words.",
  );
});

/** Any UTF-16 code unit: also halves of pairs. */
const codeUnit = fc.nat(0xffff).map((code) => String.fromCharCode(code));

test("leaves no control character and no half character in any text", () => {
  fc.assert(
    fc.property(fc.string({ unit: codeUnit }), fc.nat(40), (text, limit) => {
      const line = cleanLine(text, limit);
      expect(line).not.toMatch(/[\p{Cc}\p{Cs}]/u);
      expect(line.length).toBeLessThanOrEqual(limit);
      expect(cleanParagraphs(text, limit)).not.toMatch(/(?!\n)[\p{Cc}\p{Cs}]/u);
    }),
  );
});
