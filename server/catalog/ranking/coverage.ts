/** How much of a title was typed, and in what order. */
import { plainArticles } from "#server/catalog/text/articles.ts";
import { WordSet } from "#server/catalog/text/text-hash.ts";
import type { Title } from "./indexed-book.ts";
import type { RankedWord } from "./ranked-work.ts";
import {
  LETTERS_OF_WORD,
  MAX_BREAKS,
  SMALL_WORD_WEIGHT,
  SUBTITLE_WEIGHT,
  WITHOUT_SUBTITLE_BITS,
} from "./weights.ts";

export type Coverage = {
  /** At most 0: -log2 of one plus the words of the title that were not typed. */
  bits: number;
  /** All of the title was typed, or all before a subtitle ("Emma: A Novel" for "emma"). */
  exact: boolean;
  /** The typed words are the beginning of the title. */
  fromStart: boolean;
  /** How often the typed words depart from the title's order: 1 for "rings lord of the". */
  breaks: number;
};

/** Words that readers often omit when they quote a title. */
export const smallWords: WordSet = new WordSet(
  (
    "a an and by das de der des die el en et for from in la las le les los of on the to und " +
    "with y"
  ).split(" "),
);

/** What "holy" stands before and readers leave it out. */
const scriptures: ReadonlySet<string> = new Set(["bible", "quran", "koran"]);

/** Measures a title against the words that matched it. */
export function coverageOf(title: Title, words: readonly RankedWord[]): Coverage {
  const typed = typedPlaces(words);
  let breaks = 0;
  let before = -1;
  let first = true;
  for (const { field, match } of words) {
    if (field !== "title" || match === undefined) {
      continue;
    }
    if (!first && !follows(title, before, match.position)) {
      breaks += 1;
    }
    first = false;
    before = match.position + match.length - 1;
  }
  const bits = untypedBits(title, typed);
  if (first) {
    return { bits, exact: false, fromStart: false, breaks: 0 };
  }
  const lastTyped = typed.length - 1;
  const end = title.ends.find((one) => one > lastTyped) ?? title.words.length;
  const exact = breaks === 0 && isTyped(title, typed, end);
  return {
    bits: exact ? bits / 2 - (end < title.words.length ? WITHOUT_SUBTITLE_BITS : 0) : bits,
    exact,
    fromStart: breaks === 0 && isTyped(title, typed, lastTyped + 1),
    breaks: Math.min(breaks, MAX_BREAKS),
  };
}

/** For each word of a title up to the last one typed: true if it was typed. */
export function typedPlaces(words: readonly RankedWord[]): boolean[] {
  const typed: boolean[] = [];
  for (const { field, match } of words) {
    if (field !== "title" || match === undefined) {
      continue;
    }
    for (let part = 0; part < match.length; part++) {
      typed[match.position + part] = true;
    }
  }
  return typed;
}

/** True if the word at `position` comes next in the title; "and" may be omitted ("pride prejudice"). */
function follows(title: Title, before: number, position: number): boolean {
  if (position === before + 1) {
    return true;
  }
  return (
    position === before + 2 && (title.words[before + 1] === "and" || isHoly(title, before + 1))
  );
}

/** True if all words before `end` were typed; a leading article and "and" may be missing. */
export function isTyped(title: Title, typed: readonly boolean[], end: number): boolean {
  for (let position = 0; position < end; position++) {
    if (typed[position]) {
      continue;
    }
    const word = title.words[position] ?? "";
    const isOmitted = position === 0 ? plainArticles.has(word) : word === "and";
    const mayLack = isOmitted || isHoly(title, position);
    if (!mayLack) {
      return false;
    }
  }
  return true;
}

/** True for the "holy" of "the Holy Bible". */
function isHoly({ words }: Title, position: number): boolean {
  return words[position] === "holy" && scriptures.has(words[position + 1] ?? "");
}

function untypedBits(title: Title, typed: readonly boolean[]): number {
  const [mainEnd = 0] = title.ends;
  let untyped = 0;
  for (let position = 0; position < title.words.length; position++) {
    if (typed[position]) {
      continue;
    }
    const word = title.words[position] ?? "";
    // Readers omit "complete" ("Complete Works"), so it doesn't count as untyped.
    if (word === "complete") {
      continue;
    }
    const letters = (1 + word.length) / LETTERS_OF_WORD;
    if (position >= mainEnd) {
      untyped += SUBTITLE_WEIGHT * letters;
    } else {
      untyped += smallWords.has(word) ? SMALL_WORD_WEIGHT : letters;
    }
  }
  return -Math.log2(1 + untyped);
}
