/**
 * The ways in which one personal name is written: "Tolkien, J. R. R. (John Ronald Reuel), 1892-1973",
 * "J.R.R. Tolkien", "JRR Tolkien", "John Ronald Reuel Tolkien".
 */
import { foldWords } from "./fold.ts";
import { WordSet } from "./text-hash.ts";

/** Words that belong to the surname after them. */
const particles = new WordSet(
  (
    "de del della dello degli di da dal das do dos du des la le les lo van vande vander vanden von vom " +
    "zu zur zum den der ten ter af av al el ul ibn bin ben bint abu mac mc o st saint san santa"
  ).split(" "),
);
const suffixes = new WordSet(["jr", "sr", "ii", "iii", "iv"]);
const honorifics = new WordSet(["sir", "dr", "prof", "rev", "mr", "mrs", "lord", "lady", "saint"]);
/** Words without vowels that are no initials. */
const vowelless = new WordSet(["st", "mr", "ms", "dr", "mc", "jr", "sr", "mrs", "ng", "sz"]);

const maxForms = 8;
const maxWords = 12;

/**
 * Alternative token lists of a name, given names first, the plainest form first; at most 8. Dates,
 * and what brackets explain, are taken out of it. Empty if the name has no words.
 */
export function nameForms(name: string): string[][] {
  const forms: string[][] = [];
  const add = (words: string[]): void => {
    if (words.length === 0 || forms.length >= maxForms) {
      return;
    }
    if (!forms.some((form) => areEqual(form, words))) {
      forms.push(words);
    }
  };
  const { plain, explained } = withoutBrackets(name);
  const { given, family } = givenAndFamily(plain);
  const words = [...given, ...family];
  add(words);
  if (words.length > maxWords) {
    return forms;
  }
  const bare = words.filter((word) => !suffixes.has(word));
  if (bare.length > 1) {
    add(bare);
  }
  if (words.some((word) => word.length === 1)) {
    add(runsOfInitials(words));
  }
  if (mayRunInitials.test(plain)) {
    add(spelledInitials(words, plain));
  }
  const joined = withJoinedParticles(words);
  if (joined.length < words.length) {
    add(joined);
    add(runsOfInitials(joined));
  }
  if (/['’ʼ]/.test(plain)) {
    // L'Engle is one word to some, two to `foldWords`.
    const elided = givenAndFamily(plain.replace(/['’ʼ]/g, ""));
    add([...elided.given, ...elided.family]);
  }
  if (explained !== "" && given.length > 0) {
    add([...foldWords(explained), ...family]);
  }
  const initials = given.filter((word) => !particles.has(word));
  if (initials.length > 1 && initials.some((word) => word.length > 1)) {
    add([initials.map((word) => word.charAt(0)).join(""), ...family]);
  }
  return forms;
}

function areEqual(one: string[], other: string[]): boolean {
  return one.length === other.length && one.every((word, place) => word === other[place]);
}

/** The name, and the words in its first brackets if they spell it out: no dates, no roles. */
function withoutBrackets(name: string): { plain: string; explained: string } {
  if (!/[([]/.test(name)) {
    return { plain: name, explained: "" };
  }
  const explained = /[([]([^()[\]\d]*)[)\]]/u.exec(name)?.[1] ?? "";
  const plain = name.replace(/[([][^()[\]]*[)\]]?/gu, " ");
  return plain.trim() === "" ? { plain: name, explained: "" } : { plain, explained };
}

/** Of "Family, Given, 1812-1870"; of a name without comma the last word and its particles are the family's. */
export function givenAndFamily(name: string): { given: string[]; family: string[] } {
  const [first = "", ...others] = /[,،、，]/u.test(name) ? name.split(/[,،、，]/u) : [name];
  const given: string[] = [];
  const suffix: string[] = [];
  for (const part of others) {
    if (/\d/.test(part)) {
      continue;
    }
    const words = foldWords(part).filter((word) => !honorifics.has(word));
    if (words.length > 0 && words.every((word) => suffixes.has(word))) {
      suffix.push(...words);
    } else {
      given.push(...words);
    }
  }
  const words = foldWords(
    /\s\d{3}/.test(first) ? first.replace(/\s\d{3,4}\s?[-–].*$/u, "") : first,
  );
  if (given.length > 0) {
    return { given, family: [...words, ...suffix] };
  }
  words.push(...suffix);
  let start = words.length - 1;
  while (start > 1 && suffixes.has(words[start] ?? "")) {
    start--;
  }
  while (start > 1 && particles.has(words[start - 1] ?? "")) {
    start--;
  }
  return { given: words.slice(0, Math.max(start, 0)), family: words.slice(Math.max(start, 0)) };
}

/** Initials that stand side by side in one word: j r r tolkien → jrr tolkien. */
function runsOfInitials(words: readonly string[]): string[] {
  const result: string[] = [];
  let run = "";
  for (const word of words) {
    if (word.length === 1 && /[a-z]/.test(word)) {
      run += word;
      continue;
    }
    if (run !== "") {
      result.push(run);
    }
    run = "";
    result.push(word);
  }
  if (run !== "") {
    result.push(run);
  }
  return result;
}

const mayRunInitials = /(?<!\p{L})(?:\p{Lu}{2,4}|[bcdfghjklmnpqrstvwxz]{2,3})(?!\p{L})/iu;

/** Initials typed as one word, one by one: "JRR Tolkien", "jrr tolkien" → j r r tolkien. */
function spelledInitials(words: readonly string[], name: string): string[] {
  const hasLowerCase = /\p{Ll}/u.test(name);
  return words.flatMap((word) => {
    if (suffixes.has(word) || vowelless.has(word)) {
      return [word];
    }
    const hasNoVowel = /^[bcdfghjklmnpqrstvwxz]{2,3}$/.test(word);
    const isCapitals =
      hasLowerCase && /^[a-z]{2,4}$/.test(word) && standsAlone(word.toUpperCase(), name);
    return hasNoVowel || isCapitals ? [...word] : [word];
  });
}

/** Whether a word of capitals is in a name, and not as part of a longer one. */
function standsAlone(word: string, name: string): boolean {
  for (let at = name.indexOf(word); at >= 0; at = name.indexOf(word, at + 1)) {
    if (!/\w/.test(name.charAt(at - 1)) && !/\w/.test(name.charAt(at + word.length))) {
      return true;
    }
  }
  return false;
}

/** Le Guin → leguin, van der Waals → vanderwaals. */
function withJoinedParticles(words: readonly string[]): string[] {
  const result: string[] = [];
  let prefix = "";
  for (const [place, word] of words.entries()) {
    if (place > 0 && place < words.length - 1 && particles.has(word)) {
      prefix += word;
    } else {
      result.push(prefix + word);
      prefix = "";
    }
  }
  return result;
}
