/**
 * The forms under which words are kept for spelling: what is left of a word's beginning when one or
 * two letters are left out. Two words within two edits share such a form, so near words are found
 * by looking up the forms of the misspelt one; no list of words is walked.
 * Algorithm: symmetric delete, Wolf Garbe's SymSpell (github.com/wolfgarbe/SymSpell).
 */

import { distinct } from "#server/catalog/text/text-hash.ts";

/** Only so much of a word's beginning makes forms: it bounds their number (29 at two deletes). */
const PREFIX_LENGTH = 7;

/** Words shorter than this get forms with one letter left out only. */
const MIN_TWO_DELETES_LENGTH = 6;

/** Forms of a word (itself included, cut to its beginning), each once. */
export function spellingForms(word: string): string[] {
  const beginning = word.slice(0, PREFIX_LENGTH);
  const { length } = beginning;
  const forms = [beginning];
  if (length < 3) {
    return forms;
  }
  for (let first = 0; first < length; first++) {
    const before = beginning.slice(0, first);
    forms.push(before + beginning.slice(first + 1));
    if (word.length < MIN_TWO_DELETES_LENGTH) {
      continue;
    }
    for (let second = first + 1; second < length; second++) {
      forms.push(before + beginning.slice(first + 1, second) + beginning.slice(second + 1));
    }
  }
  return distinct(forms);
}
