/**
 * Titles and authors in the order of a shelf: "The Hobbit" under H, "Ursula K. Le Guin" under L. What
 * has to be known for it (languages, alternate names) is read when a work is indexed and kept as places
 * of words; an order key is then made of the folded words that an index holds anyway.
 */
import type { CatalogueEntry } from "./entry.ts";

/** Words `start` up to `end` of a name are the family's; none if both are 0. */
export type FamilyPlace = { start: number; end: number };

/** Sorts before the blank, so that King, Stephen stands before King Jr, Martin Luther. */
const familyEndMark = "\t";

/** MARC codes of the languages that the work's title is in; none if nothing tells. */
export function titleLanguages({ work, editions }: CatalogueEntry): string[] {
  const title = work.title.toLowerCase();
  const counts = new Map<string, number>();
  for (const edition of editions) {
    if (edition.title !== work.title && edition.title.toLowerCase() !== title) {
      continue;
    }
    for (const code of edition.languages) {
      counts.set(code, (counts.get(code) ?? 0) + 1);
    }
  }
  const most = Math.max(...counts.values());
  const languages = [...counts.keys()].filter((code) => counts.get(code) === most);
  if (languages.length > 0) {
    return languages;
  }
  if (work.originalLanguage !== "") {
    return [work.originalLanguage];
  }
  return work.languages.length === 1 ? work.languages : [];
}

/** Where the words of a family name stand in a name, last ones first; none if they don't. */
export function placeOfFamily(words: readonly string[], family: readonly string[]): FamilyPlace {
  for (let start = words.length - family.length; start >= 0 && family.length > 0; start--) {
    if (family.every((word, index) => words[start + index] === word)) {
      return { start, end: start + family.length };
    }
  }
  return { start: 0, end: 0 };
}

/** @param words folded words of the title. @param articleCount how many in front don't count. */
export function titleOrderKey(words: readonly string[], articleCount: number): string {
  return words.slice(words.length > articleCount ? articleCount : 0).join(" ");
}

/** @param name folded words of the name, given names first. */
export function authorOrderKey(name: string, { start, end }: FamilyPlace): string {
  if (end === 0) {
    return name + familyEndMark;
  }
  const words = name.split(" ");
  const family = words.slice(start, end).join(" ");
  return family + familyEndMark + [...words.slice(0, start), ...words.slice(end)].join(" ");
}
