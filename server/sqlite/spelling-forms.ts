/**
 * The forms under which words are kept for spelling: what is left of a word's beginning when one or
 * two letters are left out. Two words within two edits share such a form, so near words are found
 * by looking up the forms of the misspelt one; no list of words is walked.
 * Algorithm: symmetric delete, Wolf Garbe's SymSpell (github.com/wolfgarbe/SymSpell).
 */

/** Only so much of a word's beginning makes forms: it bounds their number (29 at two deletes). */
const PREFIX_LENGTH = 7;

/** Words shorter than this get forms with one letter left out only. */
export const MIN_TWO_DELETES_LENGTH = 6;

/** Forms of a word (itself included, cut to its beginning), each once. */
export function spellingForms(word: string): string[] {
  const beginning = word.slice(0, PREFIX_LENGTH);
  const forms = new Set<string>([beginning]);
  const once = new Set<string>();
  addDeletes(beginning, once);
  for (const form of once) forms.add(form);
  if (word.length >= MIN_TWO_DELETES_LENGTH) for (const form of once) addDeletes(form, forms);
  return [...forms];
}

function addDeletes(text: string, forms: Set<string>): void {
  if (text.length < 3) return;
  for (let index = 0; index < text.length; index++) {
    forms.add(text.slice(0, index) + text.slice(index + 1));
  }
}
