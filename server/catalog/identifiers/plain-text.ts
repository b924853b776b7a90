import { digitValue } from "../text/digits.ts";

/** Stands for whatever is no part of an identifier. */
const other = "\u00a4";

/**
 * A text in which every code point is one character of a small alphabet, so that patterns over it
 * are simple and their positions are code points: figures of any script are 0-9, letters lower-case
 * ASCII where they have one, every dash "-", every quotation mark '"', every space " ".
 */
export function plainText(text: string): string {
  let plain = "";
  for (const character of text) {
    const code = character.charCodeAt(0);
    if (character.length === 1 && code < 0x80) {
      plain += code < 0x20 ? " " : character.toLowerCase();
    } else if (/[\p{Pd}\u2212\u00ad]/u.test(character)) {
      plain += "-";
    } else if (/[ХхΧχ]/u.test(character)) {
      // The check digit, typed on another keyboard.
      plain += "x";
    } else if (/[“”„«»‹›]/u.test(character)) {
      plain += '"';
    } else if (/\p{Z}/u.test(character)) {
      plain += " ";
    } else {
      const compatible = character.normalize("NFKC").toLowerCase();
      const digit = digitValue(character.codePointAt(0) ?? 0);
      if (digit !== undefined) {
        plain += digit;
      } else {
        plain += /^[!-~]$/.test(compatible) ? compatible : other;
      }
    }
  }
  return plain;
}
