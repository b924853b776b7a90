/**
 * Folding: how any text becomes the tokens that are searched. The same functions serve index and
 * query. What counts as a word, and what becomes of signs and scripts, is in word-scanner.ts; nothing
 * is removed for being common and nothing is stemmed.
 */
import { plainWords } from "./plain-words.ts";
import { WordScanner } from "./word-scanner.ts";

export type TokenSpan = {
  token: string;
  /** In Unicode code points of the text. */
  start: number;
  end: number;
};

let words: string[] = [];
const tokenScanner = new WordScanner((word) => words.push(word), false);
const wordScanner = new WordScanner((word) => words.push(word), true);

/** NFC, but free of charge for European letters: nothing before U+0300 composes with anything. */
function composed(text: string): string {
  return /[\u0300-\uffff]/.test(text) ? text.normalize("NFC") : text;
}

/**
 * The search tokens of a text: lower-case ASCII letters and digits where its script has a Latin
 * reading, pairs of characters where it is written without spaces.
 */
export function foldTokens(text: string): string[] {
  const plain = plainWords(text);
  if (plain !== undefined) {
    return plain;
  }
  words = [];
  tokenScanner.scan(composed(text));
  return words;
}

/** As `foldTokens`, but a run of Chinese, Japanese, Korean, Thai … stays one word. */
export function foldWords(text: string): string[] {
  const plain = plainWords(text);
  if (plain !== undefined) {
    return plain;
  }
  words = [];
  wordScanner.scan(composed(text));
  return words;
}

/**
 * The whole text as one key, without spaces or punctuation: "Lift-the-Flap" and "liftTheFlap",
 * "I'm OK" and "I m ok" meet. A text of nothing but signs ("?", "!!!") is its own key.
 */
export function squash(text: string): string {
  const key = foldWords(text).join("");
  return key === "" ? text.normalize("NFKC").replace(/\s+/gu, "") : key;
}

/** The tokens of `foldTokens` with where each stands in the text, for highlights. */
export function foldWithSpans(text: string): TokenSpan[] {
  const spans: TokenSpan[] = [];
  const nfc = composed(text);
  // Where every unit is a code point of its own, the scanner counts as the caller does.
  const offsets = nfc === text && !surrogate.test(text) ? undefined : offsetsOf(text, nfc);
  const scanner = new WordScanner((token, start, end) => {
    if (offsets === undefined) {
      spans.push({ token, start, end });
    } else {
      const { starts, ends } = offsets;
      spans.push({ token, start: starts[start] ?? 0, end: ends[end - 1] ?? 0 });
    }
  }, false);
  scanner.scan(nfc);
  return spans;
}

/** A character with all that composes with it: marks, and the vowels and finals of Hangul. */
const cluster = /[\s\S][\p{M}\u1160-\u11ff\u3099\u309a\uff9e\uff9f]*/gu;

const surrogate = /[\ud800-\udfff]/;

/** For each UTF-16 unit of a text's NFC, which code points of the text it stems from. */
function offsetsOf(text: string, nfc: string): { starts: number[]; ends: number[] } {
  const starts: number[] = [];
  const ends: number[] = [];
  let codePoints = 0;
  for (const [part] of text.matchAll(nfc === text ? /[\s\S]/gu : cluster)) {
    const unitCount = nfc === text ? part.length : part.normalize("NFC").length;
    const size = nfc === text ? 1 : [...part].length;
    for (let unit = 0; unit < unitCount; unit++) {
      const place = codePoints + Math.min(unit, size - 1);
      starts.push(place);
      ends.push(unit === unitCount - 1 ? codePoints + size : place + 1);
    }
    codePoints += size;
  }
  return { starts, ends };
}
