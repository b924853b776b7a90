/** Figures of all scripts. */

import { isAscii } from "./ascii.ts";

const decimalDigit = /\p{Nd}/u;

/**
 * The value of a decimal digit of any script, 0 to 9; undefined if the code point is none. Unicode
 * keeps the digits of a script in runs of ten that begin with its zero (The Unicode Standard, 4.6).
 */
export function digitValue(codePoint: number): number | undefined {
  const character = String.fromCodePoint(codePoint);
  if (!decimalDigit.test(character)) {
    return undefined;
  }
  const compatible = character.normalize("NFKC");
  if (/^[0-9]$/.test(compatible)) {
    return Number(compatible);
  }
  let value = 0;
  while (value < 9 && decimalDigit.test(String.fromCodePoint(codePoint - value - 1))) {
    value++;
  }
  return value;
}

/** The text with all its decimal digits as 0-9. */
export function withLatinDigits(text: string): string {
  if (isAscii(text)) {
    return text;
  }
  return text.replace(/\p{Nd}/gu, (digit) =>
    String(digitValue(digit.codePointAt(0) ?? 0) ?? digit),
  );
}
