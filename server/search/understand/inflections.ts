/** Forms of a word that a heading may have instead: "magical" → "magic", "wolves" → "wolf". */

/** A folded word and its likeliest other forms, itself first. English; no dictionary. */
export function inflections(word: string): string[] {
  const forms = new Set([word]);
  if (word.length < 3) {
    return [word];
  }
  // "dog", but "gas" and "his" are no plurals.
  if (word.length === 3) {
    return word.endsWith("s") ? [word] : [word, `${word}s`];
  }
  if (word.endsWith("ical")) {
    forms.add(word.slice(0, -2));
  } else if (word.endsWith("ic")) {
    forms.add(`${word}al`);
  } else if (word.endsWith("al")) {
    forms.add(word.slice(0, -2));
  }
  if (word.endsWith("ies")) {
    forms.add(`${word.slice(0, -3)}y`);
  } else if (word.endsWith("ves")) {
    forms.add(`${word.slice(0, -3)}f`).add(word.slice(0, -1));
  } else if (word.endsWith("es")) {
    forms.add(word.slice(0, -2)).add(word.slice(0, -1));
  } else if (word.endsWith("s")) {
    forms.add(word.slice(0, -1));
  } else if (word.endsWith("y")) {
    forms.add(`${word.slice(0, -1)}ies`);
  } else {
    forms.add(`${word}s`);
  }
  return [...forms];
}
