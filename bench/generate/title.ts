/** Titles: as long as those of the real catalogue, cased as publishers and as libraries do. */
import type { Lexicon } from "./lexicon.ts";
import type { Random } from "./random.ts";

/** Per mille of titles with at most 1, 2, 3 … words, measured on the shared real catalogue. */
const lengthSteps = [
  54, 173, 327, 470, 582, 663, 727, 779, 823, 859, 886, 908, 925, 938, 949, 957, 964, 971, 977, 981,
  985, 988, 990, 992, 994, 995, 996, 997, 998, 1000,
];

/** How often an article opens the title, a little word follows another word, an article follows that. */
const littleShare = { first: 0.36, inner: 0.6, article: 0.28 };

const rates = {
  titleCase: 0.5,
  colon: 0.5,
  shout: 0.006,
  ending: 0.06,
  quotes: 0.006,
};

/** Cumulative: 1.6 % of words are possessives, 1.2 % compounds, 1.8 % numbers, 0.8 % slips. */
const limits = { possessive: 0.016, hyphen: 0.028, number: 0.046, slip: 0.054 };

const endings = [".", ".", ".", "...", "?", "!", " /", ",", " :", " (Paperback)", " [microform]"];

export function titleWordCount(random: Random): number {
  const point = random.below(1000);
  let words = 1;
  for (const step of lengthSteps) {
    if (point < step) {
      break;
    }
    words++;
  }
  return words;
}

/** A title, escaped as in JSON. */
export function makeTitle(random: Random, lexicon: Lexicon, topic: number): string {
  const count = titleWordCount(random);
  const isTitleCase = random.chance(rates.titleCase);
  const colonAt = count > 6 && random.chance(rates.colon) ? random.between(3, count - 3) : 0;
  const title = phrase(random, lexicon, topic, count, isTitleCase, colonAt);
  const unit = random.unit();
  if (unit < rates.ending) {
    return title + random.pick(endings);
  }
  if (unit < rates.ending + rates.quotes) {
    return `\\"${title}\\"`;
  }
  const isShouted = unit > 1 - rates.shout && !title.includes("\\");
  return isShouted ? title.toUpperCase() : title;
}

/** Words in a row that read like a phrase: it never ends on a little word. */
export function phrase(
  random: Random,
  lexicon: Lexicon,
  topic: number,
  count: number,
  isTitleCase: boolean,
  colonAt = 0,
): string {
  const { separator } = lexicon.language;
  let text = "";
  let before: Part = "word";
  for (let i = 0; i < count; i++) {
    const isPart = i === colonAt;
    const isCapital = i === 0 || (isPart && isTitleCase);
    const isLast = i === count - 1 || i === colonAt - 1;
    if (i > 0) {
      text += isPart ? ": " : separator;
    }
    const next: Part = isLast ? "word" : nextPart(random, i === 0 ? "start" : before);
    if (next === "article") {
      text += lexicon.article(random, isCapital);
    } else if (next === "little") {
      text += lexicon.little(random, isCapital);
    } else {
      text += titleWord(random, lexicon, topic, isCapital || isTitleCase);
    }
    before = next;
  }
  return text;
}

type Part = "word" | "little" | "article";

function nextPart(random: Random, before: Part | "start"): Part {
  if (before === "start") {
    return random.chance(littleShare.first) ? "article" : "word";
  }
  if (before === "little") {
    return random.chance(littleShare.article) ? "article" : "word";
  }
  return before === "word" && random.chance(littleShare.inner) ? "little" : "word";
}

function titleWord(random: Random, lexicon: Lexicon, topic: number, isCapital: boolean): string {
  const word = lexicon.word(lexicon.draw(random, topic), isCapital);
  const unit = random.unit();
  if (lexicon.language.separator === "") {
    return word;
  }
  if (unit < limits.possessive) {
    return word.endsWith("s") ? `${word}'` : `${word}'s`;
  }
  if (unit < limits.hyphen) {
    return `${word}-${lexicon.word(lexicon.draw(random, topic))}`;
  }
  if (unit < limits.number) {
    return someNumber(random);
  }
  return unit < limits.slip ? slip(random, word) : word;
}

function someNumber(random: Random): string {
  const unit = random.unit();
  if (unit < 0.45) {
    return String(random.between(1, 12));
  }
  return unit < 0.9 ? String(random.between(1700, 2024)) : String(random.between(13, 5000));
}

/** One slip of the finger: a letter left out, doubled, exchanged with the next, or another one. */
export function slip(random: Random, word: string): string {
  if (word.length < 4 || word.includes("\\")) {
    return word;
  }
  const at = random.between(1, word.length - 2);
  const before = word.slice(0, at);
  const letter = word.charAt(at);
  const after = word.slice(at + 1);
  switch (random.below(4)) {
    case 0:
      return before + after;
    case 1:
      return before + letter + letter + after;
    case 2:
      return before + after.charAt(0) + letter + after.slice(1);
    default:
      return before + String.fromCharCode(97 + random.below(26)) + after;
  }
}
