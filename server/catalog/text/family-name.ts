/**
 * The part of a name that a shelf files an author under. Particles after AACR2 22.5 and IFLA's "Names
 * of Persons", where the language of the name is not known and its spelling has to tell: "Ursula K. Le
 * Guin" under Le Guin, "Vincent van Gogh" under Gogh, "Daphne du Maurier" under du Maurier.
 */
import { foldTokens } from "./fold.ts";

/** Written small, these are left with the given names: Balzac, Honoré de. */
const detached = new Set(
  "de da do dos das di of van von vom zu zur zum ten den der af av og och al el ul und aan op".split(
    " ",
  ),
);
/** However written, these are part of the family name: La Fontaine, Jean de; Le Carré, John. */
const attached = new Set(
  "la le les lo los las du des della dello degli del dal dalla ter st saint san santa mac mc ibn abu bin ben bint".split(
    " ",
  ),
);
const suffixes = new Set(["jr", "sr", "ii", "iii", "iv", "junior", "senior", "phd", "md", "esq"]);
const honorifics = new Set(
  "sir dr prof professor rev reverend mr mrs ms miss lord lady dame saint st captain".split(" "),
);
/** "Catherine the Great", "Francis of Assisi": the name is filed as it stands. */
const givenNamesOnly = /(?:^the|\s(?:the|of))\s/iu;
/** Bodies, whose name is filed as it stands. */
const body =
  /\b(?:university|universit[àáäey]t?|press|institut[eo]?|museum|society|association|department|ministry|council|committee|company|corporation|inc|ltd|llc|gmbh|commission|office|bureau|cent(?:er|re|ro)|foundation|library|staff|editors?|group|agency|board|conference|congress|academy|college|school|services|books|publish(?:ers|ing)|magazine|authors?|union|army|navy|united states|great britain)\b|\.\s+\p{L}{4,}.*\.|&/iu;
/** Scripts whose names begin with the family. */
const familyFirst = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u;
const comma = /[,،、，]/u;
const longestName = 200;

export type FiledName = {
  /** Folded words of the family name, or of the whole where it has none. */
  family: string[];
  /** Folded words of the rest: given names, particles that are not filed under. */
  given: string[];
};

/**
 * Splits a name as it is filed.
 * @param alternateNames other names of the author; one in the order "Family, Given" with the same
 * words says which of them are the family's ("García Márquez, Gabriel"; "Mao, Zedong").
 */
export function filedName(name: string, alternateNames: readonly string[] = []): FiledName {
  const plain = withoutNotes(name);
  const inverted = invertedParts(plain);
  if (inverted !== undefined) {
    return inverted;
  }
  const [main = ""] = plain.split(comma);
  const words = main.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  if (words.length < 2) {
    return { family: foldTokens(main), given: [] };
  }
  if (isFiledAsItStands(main)) {
    return { family: foldTokens(main.replace(/^the\s/i, "")), given: [] };
  }
  return fromAlternates(main, alternateNames) ?? splitBySpelling(words);
}

function isFiledAsItStands(name: string): boolean {
  return familyFirst.test(name) || body.test(name) || givenNamesOnly.test(name);
}

/** "Tolkien, J. R. R., 1892-1973"; undefined if nothing but a suffix or dates follows the comma. */
function invertedParts(name: string): FiledName | undefined {
  const [family = "", given = ""] = name.split(comma);
  const givenWords = foldTokens(given);
  if (foldTokens(family).length === 0 || givenWords.length === 0 || /\d/.test(given)) {
    return undefined;
  }
  // "Leo Tolstoy, graf": a title, not given names.
  if (/^\s*\p{Ll}/u.test(given)) {
    return undefined;
  }
  if (givenWords.every((word) => suffixes.has(word) || honorifics.has(word))) {
    return undefined;
  }
  return body.test(name) ? undefined : { family: foldTokens(family), given: givenWords };
}

/** The split of an alternate name that is the same name in the other order. */
function fromAlternates(name: string, alternateNames: readonly string[]): FiledName | undefined {
  const sorted = sortedWords(foldTokens(name));
  for (const alternate of alternateNames) {
    if (!comma.test(alternate) || alternate.length > longestName) {
      continue;
    }
    const parts = invertedParts(withoutNotes(alternate));
    if (parts === undefined) {
      continue;
    }
    if (sortedWords([...parts.family, ...parts.given]) === sorted) {
      return parts;
    }
  }
  return undefined;
}

function sortedWords(words: string[]): string {
  return words.toSorted().join(" ");
}

/** The last word with the particles before it that belong to it. */
function splitBySpelling(words: readonly string[]): FiledName {
  let end = words.length;
  while (end > 1 && suffixes.has(squashed(words[end - 1]))) {
    end--;
  }
  let first = 0;
  while (first < end - 1 && honorifics.has(squashed(words[first]))) {
    first++;
  }
  let start = end - 1;
  while (start > first + 1 && isAttached(words[start - 1] ?? "")) {
    start--;
  }
  // "Ibn Khaldun" is all family; "Van Morrison" and "Don DeLillo" have given names.
  if (start === first + 1 && /^(?:ibn|abu|al|el)$/.test(squashed(words[first]))) {
    start = first;
  }
  const family = withoutElision(words.slice(start, end));
  return {
    family: foldTokens(family),
    given: foldTokens([...words.slice(first, start), ...words.slice(end)].join(" ")),
  };
}

/** Particles written with a capital belong to the name, except where a small one comes before. */
function isAttached(word: string): boolean {
  // "E. L. James": an initial.
  if (/^\p{Lu}\.?$/u.test(word)) {
    return false;
  }
  const particle = squashed(word);
  if (attached.has(particle)) {
    return true;
  }
  return detached.has(particle) && /^\P{L}*\p{Lu}/u.test(word);
}

/** "d'Alembert" is filed under Alembert, "D'Annunzio" and "O'Brien" under D and O; "al-Ghazali" under G. */
function withoutElision(words: readonly string[]): string {
  return words.join(" ").replace(/^(?:d['’ʼ]|(?:al|el|ad|an|ar|as|ash|at|az)-)(?=\p{Lu})/u, "");
}

function squashed(word: string | undefined): string {
  return foldTokens(word ?? "").join("");
}

/** Without brackets, dates and what stands behind a slash. */
function withoutNotes(name: string): string {
  const plain = name
    .slice(0, longestName)
    .replace(/[([][^()[\]]*[)\]]?/gu, " ")
    .replace(/\s\d{3,4}\s?[-–].*$/u, "")
    .trim();
  return plain === "" ? name.slice(0, longestName) : plain;
}
