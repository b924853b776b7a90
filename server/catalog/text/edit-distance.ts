/**
 * How many slips of the finger lie between two words: insertions, deletions, substitutions and swaps
 * of neighbours ("optimal string alignment", the restricted Damerau-Levenshtein distance). Three rows
 * of the table are kept and reused, so that a search that compares thousands of words allocates
 * nothing.
 */

/** Longer words are compared in their beginning only; no catalogue word of note is longer. */
const maxLength = 64;

let current = new Uint8Array(maxLength + 1);
let previous = new Uint8Array(maxLength + 1);
let beforePrevious = new Uint8Array(maxLength + 1);

/**
 * The distance of two words, in UTF-16 units.
 * @param limit gives up above it. @returns `limit + 1` where the distance is greater than `limit`.
 */
export function editDistance(word: string, other: string, limit: number): number {
  if (word === other) {
    return 0;
  }
  const rows = Math.min(word.length, maxLength);
  const columns = Math.min(other.length, maxLength);
  if (Math.abs(rows - columns) > limit) {
    return limit + 1;
  }
  if (!fillTable(word, rows, other, columns, limit)) {
    return limit + 1;
  }
  return Math.min(previous[columns] ?? 0, limit + 1);
}

/** Leaves the last row of the table in `previous`; false if all of a row is above the limit. */
function fillTable(
  word: string,
  rows: number,
  other: string,
  columns: number,
  limit: number,
): boolean {
  for (let column = 0; column <= columns; column++) {
    previous[column] = column;
  }
  for (let row = 1; row <= rows; row++) {
    current[0] = row;
    let least = row;
    const unit = word.charCodeAt(row - 1);
    const unitBefore = row > 1 ? word.charCodeAt(row - 2) : -1;
    for (let column = 1; column <= columns; column++) {
      const otherUnit = other.charCodeAt(column - 1);
      let distance = (previous[column - 1] ?? 0) + (unit === otherUnit ? 0 : 1);
      distance = Math.min(distance, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1);
      if (column > 1 && unitBefore === otherUnit && unit === other.charCodeAt(column - 2)) {
        distance = Math.min(distance, (beforePrevious[column - 2] ?? 0) + 1);
      }
      current[column] = distance;
      if (distance < least) {
        least = distance;
      }
    }
    // A swap reaches back two rows, so one row above the limit is not yet the end.
    if (least > limit + 1) {
      return false;
    }
    const free = beforePrevious;
    beforePrevious = previous;
    previous = current;
    current = free;
  }
  return true;
}
