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

/** Who slips twice slips in a long word. */
const LONG_WORD_LENGTH = 9;
const SECOND_EDIT_BITS = 2.5;

const MAX_LENGTH = 40;
const vowels = "aeiouy";
/** Letters that stand for one sound in many words. */
const alike = ["ck", "cs", "sz", "gj", "vw", "fv"];

const rows = [0, 1, 2].map(() => new Float64Array(MAX_LENGTH + 1));

/**
 * Bits between a typed and a meant word; Infinity above `limit`, or where either is too long.
 * 0 for equal words. With `unfinished`, letters that the typed word lacks at its end cost nothing.
 */
export function typoBits(typed: string, meant: string, limit: number, unfinished: boolean): number {
  const rowCount = typed.length;
  const columnCount = meant.length;
  if (rowCount > MAX_LENGTH || columnCount > MAX_LENGTH) return Number.POSITIVE_INFINITY;
  // Each letter of difference in length costs at least a doubling.
  const missing = unfinished ? 0 : columnCount - rowCount;
  if (Math.max(missing, rowCount - columnCount) * DOUBLE_BITS > limit) {
    return Number.POSITIVE_INFINITY;
  }
  if (!unfinished && leastEdits(typed, meant) * VOWEL_BITS > limit) return Number.POSITIVE_INFINITY;
  const surcharge = rowCount <= SHORT_WORD_LENGTH ? SHORT_WORD_BITS : 0;
  let [before, previous, current] = rows as [Float64Array, Float64Array, Float64Array];
  previous[0] = 0;
  for (let column = 1; column <= columnCount; column++) {
    previous[column] = at(previous, column - 1) + omitted(meant, column - 1);
  }
  for (let row = 1; row <= rowCount; row++) {
    current[0] = at(previous, 0) + added(typed, row - 1);
    let best = at(current, 0);
    for (let column = 1; column <= columnCount; column++) {
      let cost = at(previous, column - 1) + substituted(typed, row - 1, meant, column - 1);
      cost = Math.min(cost, at(current, column - 1) + omitted(meant, column - 1));
      cost = Math.min(cost, at(previous, column) + added(typed, row - 1));
      if (
        row > 1 &&
        column > 1 &&
        typed.charCodeAt(row - 1) === meant.charCodeAt(column - 2) &&
        typed.charCodeAt(row - 2) === meant.charCodeAt(column - 1)
      ) {
        const first = row === 2 && column === 2 ? FIRST_LETTER_BITS : 0;
        cost = Math.min(cost, at(before, column - 2) + TRANSPOSE_BITS + first);
      }
      current[column] = cost;
      if (cost < best) best = cost;
    }
    if (best + surcharge > limit) return Number.POSITIVE_INFINITY;
    [before, previous, current] = [previous, current, before];
  }
  let cost = at(previous, columnCount);
  if (unfinished)
    for (let column = 0; column < columnCount; column++) {
      cost = Math.min(cost, at(previous, column));
    }
  if (cost === 0) return 0;
  cost += surcharge;
  if (cost > EDIT_BITS + surcharge + FIRST_LETTER_BITS && rowCount < LONG_WORD_LENGTH) {
    cost += SECOND_EDIT_BITS;
  }
  return cost <= limit ? cost : Number.POSITIVE_INFINITY;
}

function at(row: Float64Array, column: number): number {
  return row[column] ?? 0;
}

function substituted(typed: string, row: number, meant: string, column: number): number {
  const from = typed.charCodeAt(row);
  const to = meant.charCodeAt(column);
  if (from === to) return 0;
  const first = row === 0 && column === 0 ? FIRST_LETTER_BITS : 0;
  return (substitutions[((from & 31) << 5) | (to & 31)] ?? EDIT_BITS) + first;
}

/** Bits of taking one letter for another, by the low five bits of both. */
const substitutions = new Float64Array(1024).fill(EDIT_BITS);
for (const one of vowels) {
  for (const other of vowels) substitutions[letterPair(one, other)] = VOWEL_BITS;
}
for (const pair of alike) {
  substitutions[letterPair(pair.charAt(0), pair.charAt(1))] = SOUND_BITS;
  substitutions[letterPair(pair.charAt(1), pair.charAt(0))] = SOUND_BITS;
}

function letterPair(one: string, other: string): number {
  return ((one.charCodeAt(0) & 31) << 5) | (other.charCodeAt(0) & 31);
}

/**
 * Edits that at least lie between two words, seen from the letters they have: one edit puts at most
 * one letter in and one out. Doublings don't show, so that only costlier edits are counted.
 */
function leastEdits(one: string, other: string): number {
  let different = letters(one) ^ letters(other);
  let count = 0;
  for (; different !== 0; different &= different - 1) count += 1;
  return (count + 1) >> 1;
}

function letters(word: string): number {
  let mask = 0;
  for (let index = 0; index < word.length; index++) mask |= 1 << (word.charCodeAt(index) & 31);
  return mask;
}

/** The typed word has a letter too many. */
function added(typed: string, row: number): number {
  if (row === 0) return EDIT_BITS + FIRST_LETTER_BITS;
  return typed.charCodeAt(row) === typed.charCodeAt(row - 1) ? DOUBLE_BITS : EDIT_BITS;
}

/** The typed word lacks a letter. */
function omitted(meant: string, column: number): number {
  if (column === 0) return EDIT_BITS + FIRST_LETTER_BITS;
  return meant.charCodeAt(column) === meant.charCodeAt(column - 1) ? DOUBLE_BITS : EDIT_BITS;
}
