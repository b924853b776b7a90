/**
 * Word stems for descriptions, where "dragons" and "dragon" are the same memory. Titles and names
 * are never stemmed: there the difference is what tells books apart.
 *
 * A light stemmer in the spirit of Harman's S-stemmer ("How effective is suffixing?", 1991) with
 * -ed, -ing and -ly added; English only, other languages pass through nearly untouched.
 */

/** The stem of a folded word. */
export function stem(word: string): string {
  if (word.length < 4) {
    return word;
  }
  const singular = withoutPlural(word);
  if (singular.length >= 6 && singular.endsWith("ing")) {
    return undoubled(singular.slice(0, -3));
  }
  if (singular.length >= 5 && singular.endsWith("ed")) {
    return undoubled(singular.slice(0, -2));
  }
  if (singular.length >= 6 && singular.endsWith("ly")) {
    return finished(singular.slice(0, -2));
  }
  return finished(singular);
}

function withoutPlural(word: string): string {
  if (word.endsWith("ies") && word.length > 4) {
    return `${word.slice(0, -3)}y`;
  }
  if (word.endsWith("sses") || word.endsWith("shes") || word.endsWith("ches")) {
    return word.slice(0, -2);
  }
  if (word.endsWith("s") && !/(ss|us|is)$/.test(word)) {
    return word.slice(0, -1);
  }
  return word;
}

/** "runn" → "run", "stopp" → "stop"; "fall" and "kiss" stay. */
function undoubled(word: string): string {
  const last = word.at(-1);
  if (word.length > 3 && last === word.at(-2) && last !== undefined && !"lsz".includes(last)) {
    return word.slice(0, -1);
  }
  return finished(word);
}

/** A final "e" or "y" varies with the ending ("live", "living"; "happy", "happily"). */
function finished(word: string): string {
  if (word.length > 4 && word.endsWith("e")) {
    return word.slice(0, -1);
  }
  if (word.length > 3 && word.endsWith("y")) {
    return `${word.slice(0, -1)}i`;
  }
  return word;
}
