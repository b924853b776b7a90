/**
 * The keys under which a title is found exactly, however it is cited: with or without its article,
 * its subtitle, its brackets; with numbers in words or figures. A title and a query that share a key
 * name the same title; the first key is the whole text, the others are looser.
 */
import { articleWords } from "./articles.ts";
import { foldWords, squash } from "./fold.ts";
import { numberWords, withDigits } from "./number-words.ts";
import { WordSet } from "./text-hash.ts";

/** Words for "and" that a title may print as "&". */
const connectiveWords = ["und", "et", "y", "e", "och", "og"];
const articles = new WordSet(articleWords);
const connectives = new WordSet(connectiveWords);

/** Words for which a title has a second form; most have none. */
const changing = new WordSet([...articleWords, ...connectiveWords, ...numberWords]);

function mayChange(word: string): boolean {
  return word.charCodeAt(0) <= 0x39 || changing.has(word);
}

/** A longer title is a description; its looser forms would find nothing that the whole doesn't. */
const maxWords = 40;

const brackets = /\([^()]*\)|\[[^[\]]*\]|\{[^{}]*\}|<[^<>]*>/gu;
/** What separates a title from what follows it; a colon between figures is a time of day. */
const subtitleStart =
  /:(?!\d)|;|(?<=,)\s+or,?\s+(?=\p{Lu})|\sor,\s|\s[-–—/=|~]+\s|[–—]|(?<=\s\S*[\p{L}\d]{4})\.\s+(?=\S)|(?<=\p{L}{4})[?!]\s+(?=\p{Lu}.*\s)/u;
/** Quick looks before the long ones. */
const mayHaveSubtitle = /[:;,=|~.?!/–—-]/;
const mayHaveParts = /[:;,=|~.?!/–—()[\]{}<>-]/;
const invertedArticle = /^(.+),\s*(\p{L}{1,4}['’]?)$/u;
/** What publishers add to say what kind of book it is. */
const genre = /^(.+\S)[\s:,;–—-]+(?:an?|eine?|une?) \p{L}+[.!]?$/iu;
const genres = new WordSet(
  "novel memoir biography novella story thriller mystery romance roman romanzo erzahlung".split(
    " ",
  ),
);

/**
 * Keys of a title, or of a query that may be one; the whole first, no duplicates, at most 24, never
 * empty ones. An index stores them all and a query looks up all of its own.
 */
export function titleKeys(title: string): string[] {
  return titleKeysOf(title, foldWords(title));
}

/** As `titleKeys`, for who has the title's `foldWords` already. */
export function titleKeysOf(title: string, words: readonly string[]): string[] {
  const keys: string[] = [];
  if (words.length === 0) {
    const key = squash(title);
    return key === "" ? [] : [key];
  }
  addForms(words, keys);
  if (words.length > maxWords) {
    return keys;
  }
  if (mayHaveParts.test(title)) {
    addParts(title, keys);
  }
  if (words.length > 2 && genres.has(words[words.length - 1] ?? "")) {
    const plain = genre.exec(title.trim());
    if (plain !== null) {
      addForms(foldWords(plain[1] ?? ""), keys);
    }
  }
  return keys;
}

/** The title without its brackets, without its subtitle, and with its article in front. */
function addParts(title: string, keys: string[]): void {
  const unbracketed = withoutBrackets(title);
  if (unbracketed !== title) {
    addForms(foldWords(unbracketed), keys);
  }
  const main = mainTitle(unbracketed);
  if (main !== unbracketed) {
    addForms(foldWords(main), keys);
  }
  addUninverted(main, keys);
  if (main !== unbracketed) {
    addUninverted(unbracketed, keys);
  }
}

/** "Hobbit, The" as "The Hobbit". */
function addUninverted(title: string, keys: string[]): void {
  if (!title.includes(",")) {
    return;
  }
  const inverted = invertedArticle.exec(title.trim());
  if (inverted === null || !articles.has(squash(inverted[2] ?? ""))) {
    return;
  }
  addForms(foldWords(`${inverted[2]} ${inverted[1]}`), keys);
}

/** The title up to its subtitle; itself if it has none or begins with the separator. */
export function mainTitle(title: string): string {
  if (!mayHaveSubtitle.test(title)) {
    return title;
  }
  const start = title.search(subtitleStart);
  if (start <= 0) {
    return title;
  }
  const main = title.slice(0, start);
  return foldWords(main).length === 0 ? title : main;
}

function withoutBrackets(title: string): string {
  if (!/[([{<]/.test(title)) {
    return title;
  }
  const rest = title.replace(brackets, " ").trim();
  return foldWords(rest).length === 0 ? title : rest;
}

/** The words as one key; without leading article; each with numbers as digits, "&" as "and". */
function addForms(words: readonly string[], keys: string[]): void {
  if (words.length === 0) {
    return;
  }
  if (!words.some(mayChange)) {
    addKey(words, keys);
    return;
  }
  const forms = [words];
  if (words.length > 1 && articles.has(words[0] ?? "")) {
    forms.push(words.slice(1));
  }
  for (const form of forms) {
    addKey(form, keys);
  }
  if (words.length > maxWords) {
    return;
  }
  for (const form of forms) {
    const digits = withDigits(form);
    if (digits !== form) {
      addKey(digits, keys);
    }
    if (form.some((word, place) => place > 0 && connectives.has(word))) {
      addKey(
        form.map((word) => (connectives.has(word) ? "and" : word)),
        keys,
      );
    }
  }
}

function addKey(words: readonly string[], keys: string[]): void {
  const key = words.join("");
  if (!keys.includes(key)) {
    keys.push(key);
  }
}
