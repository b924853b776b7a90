/**
 * What one character beyond ASCII means to the folding of text. The answer depends on the character
 * alone, so each is worked out once and kept.
 */
import { latinReading } from "./alphabets.ts";
import { digitValue } from "./digits.ts";
import { simplifiedHan } from "./han-variants.ts";
import { indicSign } from "./indic.ts";

export type Character = {
  kind:
    | "letter" // `text` goes into the word
    | "separator" // ends a word
    | "joiner" // leaves no trace: combining marks, soft hyphens
    | "apostrophe"
    | "ampersand"
    | "unspaced" // of a script written without spaces
    | "parts" // stands for several words: ½ is "1 2"
    | "consonant" // the next three: see indic.ts
    | "vowelSign"
    | "virama";
  text: string;
};

const separator: Character = { kind: "separator", text: "" };
const joiner: Character = { kind: "joiner", text: "" };
const apostrophe: Character = { kind: "apostrophe", text: "" };

/** Quotes that stand for an apostrophe, signs for hamza and ʿayn, primes, accents typed alone. */
const apostrophes = new Set("‘’‛ʹʻʼʽʾʿˈˊˋ՚׳′´｀＇ꞌ");
/** Zero-width space and non-joiner: Persian writes the latter where others type a space. */
const wordBreaks = new Set("\u200b\u200c");
/** The dot of Catalan l·l, and the one between the parts of a name in katakana. */
const joiningDots = new Set("·・･");

/**
 * Letters and marks of scripts written without spaces; kana's lengthening, voicing and repetition
 * marks and 〆 belong to no single script in Unicode.
 */
const unspaced =
  /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Bopomofo}\p{sc=Yi}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}\p{sc=Tibetan}\u30fc\u3099\u309a\u3006\u3031-\u3035\u303c]+$/u;

const known = new Map<number, Character>();
/** More than all the books of the world use; only an attack reaches it. A dozen megabytes. */
const maxKnown = 100_000;

/** What the code point (lower-cased) means; @param codePoint above 0x7f. */
export function characterOf(codePoint: number): Character {
  let character = known.get(codePoint);
  if (character === undefined) {
    character = classify(codePoint);
    if (known.size >= maxKnown) {
      known.clear();
    }
    known.set(codePoint, character);
  }
  return character;
}

function classify(codePoint: number): Character {
  const source = String.fromCodePoint(codePoint);
  if (apostrophes.has(source)) {
    return apostrophe;
  }
  if (wordBreaks.has(source)) {
    return separator;
  }
  if (joiningDots.has(source)) {
    return joiner;
  }
  if (source === "＆" || source === "﹠" || source === "⁊") {
    return { kind: "ampersand", text: "and" };
  }
  if (source === "№") {
    return { kind: "letter", text: "no" };
  }
  const indic = indicSign(codePoint);
  if (indic !== undefined) {
    return indic.kind === "ignored" ? joiner : { kind: indic.kind, text: indic.text };
  }
  const reading = latinReading(codePoint);
  if (reading !== undefined) {
    return reading === "" ? joiner : { kind: "letter", text: reading };
  }
  // Without the signs of characters in brackets, as ㈱.
  const letters = source
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{Nl}]/gu, "");
  if (unspaced.test(letters)) {
    return { kind: "unspaced", text: [...hiragana(letters)].map(simplifiedHan).join("") };
  }
  if (/[\p{M}\p{Cf}]/u.test(source)) {
    return joiner;
  }
  const digit = digitValue(codePoint);
  if (digit !== undefined) {
    return { kind: "letter", text: String(digit) };
  }
  if (!/[\p{L}\p{Nl}\p{No}]/u.test(source)) {
    return separator;
  }
  return decomposed(source);
}

/** A letter with marks, a ligature, a fraction …: whatever its compatibility decomposition says. */
function decomposed(source: string): Character {
  let text = "";
  for (const part of source.normalize("NFKD").toLowerCase()) {
    const codePoint = part.codePointAt(0) ?? 0;
    if (/[a-z0-9]/.test(part)) {
      text += part;
    } else if (/\p{M}/u.test(part) || apostrophes.has(part)) {
    } else if (/\p{L}/u.test(part)) {
      text += latinReading(codePoint) ?? part;
    } else if (/\p{N}/u.test(part)) {
      text += part;
    } else {
      text += " ";
    }
  }
  text = text.trim();
  if (text === "") {
    return joiner;
  }
  return { kind: text.includes(" ") ? "parts" : "letter", text };
}

/** Katakana as hiragana; other characters as they are. */
function hiragana(text: string): string {
  return text.replace(/[\u30a1-\u30f6\u30fd\u30fe]/g, (kana) =>
    String.fromCharCode(kana.charCodeAt(0) - 0x60),
  );
}
