/**
 * How improbable it is that somebody who meant one word typed another, in bits. A noisy-channel
 * model with hand-set weights in the spirit of Kernighan, Church and Gale ("A spelling correction
 * program based on a noisy channel model", 1990): slips that people make often cost less.
 */

const EDIT_BITS = 5;
const TRANSPOSE_BITS = 4;
/** A letter typed twice or once too few times ("Tolkien", "Tollkien"). */
const DOUBLE_BITS = 3;
const VOWEL_BITS = 3.5;
const SOUND_BITS = 3.5;
/** The first letter is rarely wrong. */
const FIRST_LETTER_BITS = 2.5;
/** In a short word each letter says more. */
const SHORT_WORD_BITS = 2;
const SHORT_WORD_LENGTH = 4;

/** Two slips in one word are likely only in a long word. */
const LONG_WORD_LENGTH = 9;
const SECOND_EDIT_BITS = 2.5;

/** What a letter too many or too few costs at least. */
export const LEAST_LETTER_BITS: number = DOUBLE_BITS;

const MAX_LENGTH = 40;
const vowels = "aeiouy";
/** Letters that stand for one sound in many words. */
const alike = ["ck", "cs", "sz", "gj", "vw", "fv"];

const rows: readonly [Float64Array, Float64Array, Float64Array] = [
  new Float64Array(MAX_LENGTH + 1),
  new Float64Array(MAX_LENGTH + 1),
  new Float64Array(MAX_LENGTH + 1),
];
/** The meant word's letters and what leaving each out costs, from index 1. */
const meantCodes = new Uint16Array(MAX_LENGTH + 1);
const omissions = new Float64Array(MAX_LENGTH + 1);

/**
 * Bits between a typed and a meant word; Infinity above `limit`, or where either is too long.
 * 0 for equal words. With `unfinished`, letters that the typed word lacks at its end cost nothing.
 */
export function typoBits(typed: string, meant: string, limit: number, unfinished: boolean): number {
  const rowCount = typed.length;
  const columnCount = meant.length;
  if (rowCount > MAX_LENGTH || columnCount > MAX_LENGTH) {
    return Number.POSITIVE_INFINITY;
  }
  // Each letter of difference in length costs at least a doubling.
  const missing = unfinished ? 0 : columnCount - rowCount;
  if (Math.max(missing, rowCount - columnCount) * DOUBLE_BITS > limit) {
    return Number.POSITIVE_INFINITY;
  }
  if (!unfinished && leastBits(typed, lettersOf(typed), meant, lettersOf(meant)) > limit) {
    return Number.POSITIVE_INFINITY;
  }
  const surcharge = rowCount <= SHORT_WORD_LENGTH ? SHORT_WORD_BITS : 0;
  for (let column = 0; column < columnCount; column++) {
    meantCodes[column + 1] = meant.charCodeAt(column);
    omissions[column + 1] = omitted(meant, column);
  }
  let [before, previous, current] = rows;
  previous[0] = 0;
  for (let column = 1; column <= columnCount; column++) {
    previous[column] = at(previous, column - 1) + at(omissions, column);
  }
  let typedBefore = 0;
  for (let row = 1; row <= rowCount; row++) {
    const typedCode = typed.charCodeAt(row - 1);
    const addition = added(typed, row - 1);
    let left = at(previous, 0) + addition;
    current[0] = left;
    let best = left;
    let diagonal = at(previous, 0);
    let meantBefore = 0;
    for (let column = 1; column <= columnCount; column++) {
      const meantCode = meantCodes[column] ?? 0;
      const above = at(previous, column);
      let cost = left + at(omissions, column);
      const replaced = diagonal + substituted(typedCode, meantCode, row + column === 2);
      if (replaced < cost) {
        cost = replaced;
      }
      if (above + addition < cost) {
        cost = above + addition;
      }
      if (typedCode === meantBefore && typedBefore === meantCode && row > 1) {
        const first = row === 2 && column === 2 ? FIRST_LETTER_BITS : 0;
        cost = Math.min(cost, at(before, column - 2) + TRANSPOSE_BITS + first);
      }
      current[column] = cost;
      if (cost < best) {
        best = cost;
      }
      left = cost;
      diagonal = above;
      meantBefore = meantCode;
    }
    if (best + surcharge > limit) {
      return Number.POSITIVE_INFINITY;
    }
    typedBefore = typedCode;
    [before, previous, current] = [previous, current, before];
  }
  let cost = at(previous, columnCount);
  if (unfinished) {
    for (let column = 0; column < columnCount; column++) {
      cost = Math.min(cost, at(previous, column));
    }
  }
  if (cost === 0) {
    return 0;
  }
  cost += surcharge;
  if (cost > EDIT_BITS + surcharge + FIRST_LETTER_BITS && rowCount < LONG_WORD_LENGTH) {
    cost += SECOND_EDIT_BITS;
  }
  return cost <= limit ? cost : Number.POSITIVE_INFINITY;
}

function at(row: Float64Array, column: number): number {
  return row[column] ?? 0;
}

function substituted(from: number, to: number, first: boolean): number {
  if (from === to) {
    return 0;
  }
  const bits = substitutions[((from & 31) << 5) | (to & 31)] ?? EDIT_BITS;
  return first ? bits + FIRST_LETTER_BITS : bits;
}

/** Bits of taking one letter for another, by the low five bits of both. */
const substitutions = new Float64Array(1024).fill(EDIT_BITS);
for (const one of vowels) {
  for (const other of vowels) {
    substitutions[letterPair(one, other)] = VOWEL_BITS;
  }
}
for (const pair of alike) {
  substitutions[letterPair(pair.charAt(0), pair.charAt(1))] = SOUND_BITS;
  substitutions[letterPair(pair.charAt(1), pair.charAt(0))] = SOUND_BITS;
}

function letterPair(one: string, other: string): number {
  return ((one.charCodeAt(0) & 31) << 5) | (other.charCodeAt(0) & 31);
}

/** Which letters a word has, in bits: all of them, and its consonants by their sound. */
export type Letters = { all: number; consonants: number };

export function lettersOf(word: string): Letters {
  return { all: letterMask(word, letterBits), consonants: letterMask(word, consonantBits) };
}

/**
 * Bits that at least lie between two words, seen from the letters they have: one edit puts at most one
 * in and one out. Doublings don't show; an edit of a vowel, or between letters that sound alike, may
 * be cheap, others aren't. Most pairs of words end here.
 */
export function leastBits(
  typed: string,
  typedLetters: Letters,
  meant: string,
  meantLetters: Letters,
): number {
  const edits = leastEdits(typedLetters.all, meantLetters.all);
  const dear = leastEdits(typedLetters.consonants, meantLetters.consonants);
  let bits = dear * EDIT_BITS + Math.max(0, edits - dear) * VOWEL_BITS;
  if (typed.charCodeAt(0) !== meant.charCodeAt(0)) {
    bits += FIRST_LETTER_BITS;
  }
  if (dear > 1 && typed.length < LONG_WORD_LENGTH) {
    bits += SECOND_EDIT_BITS;
  }
  return bits;
}

function leastEdits(one: number, other: number): number {
  return Math.max(bitCount(one & ~other), bitCount(other & ~one));
}

function bitCount(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) {
    count += 1;
  }
  return count;
}

function letterMask(word: string, bits: Int32Array): number {
  let mask = 0;
  for (let index = 0; index < word.length; index++) {
    mask |= bits[word.charCodeAt(index) & 31] ?? 0;
  }
  return mask;
}

/** Letters as bits, by their low five bits. */
const letterBits = Int32Array.from({ length: 32 }, (_, letter) => 1 << letter);
/** The same without vowels; consonants that sound alike share a bit. */
const consonantBits = letterBits.slice();
for (const vowel of vowels) {
  consonantBits[vowel.charCodeAt(0) & 31] = 0;
}
for (const group of ["cksz", "gj", "fvw"]) {
  for (const letter of group) {
    consonantBits[letter.charCodeAt(0) & 31] = 1 << (group.charCodeAt(0) & 31);
  }
}

/** The typed word has a letter too many. */
function added(typed: string, row: number): number {
  if (row === 0) {
    return EDIT_BITS + FIRST_LETTER_BITS;
  }
  return typed.charCodeAt(row) === typed.charCodeAt(row - 1) ? DOUBLE_BITS : EDIT_BITS;
}

/** The typed word lacks a letter. */
function omitted(meant: string, column: number): number {
  if (column === 0) {
    return EDIT_BITS + FIRST_LETTER_BITS;
  }
  return meant.charCodeAt(column) === meant.charCodeAt(column - 1) ? DOUBLE_BITS : EDIT_BITS;
}
