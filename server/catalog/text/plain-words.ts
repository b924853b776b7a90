/**
 * The short way through word-scanner.ts for most of the world's titles: text of ASCII letters,
 * figures and signs of which none needs more than a look. It yields the same words.
 */
import { elisions, maxElisionLength } from "./elisions.ts";

const separator = 0;
const wordPart = 1;
const figure = 2;
/** Between figures it may group thousands. */
const grouping = 3;
const apostrophe = 4;
/** Has a rule of its own behind a word ("C++", "F*ck"). */
const special = 5;
/** Has a rule of its own anywhere. */
const foreign = 6;

const kinds = new Uint8Array(128).fill(separator);
for (let code = 0x61; code <= 0x7a; code++) {
  kinds[code] = wordPart;
}
for (let code = 0x30; code <= 0x39; code++) {
  kinds[code] = figure;
}
for (const sign of " ,.") {
  kinds[sign.charCodeAt(0)] = grouping;
}
for (const sign of "'`") {
  kinds[sign.charCodeAt(0)] = apostrophe;
}
for (const sign of "*+#") {
  kinds[sign.charCodeAt(0)] = special;
}
kinds["&".charCodeAt(0)] = foreign;

/** The words of a text; undefined if it needs the scanner. */
export function plainWords(text: string): string[] | undefined {
  const source = text.toLowerCase();
  const words: string[] = [];
  /** What stands before the last apostrophe of a word. */
  let before = "";
  let start = -1;
  for (let index = 0; index < source.length; index++) {
    const kind = kinds[source.charCodeAt(index)] ?? foreign;
    if (kind === wordPart || kind === figure) {
      if (start < 0) {
        start = index;
      }
      continue;
    }
    if (kind === foreign) {
      return undefined;
    }
    if (start < 0) {
      if (before === "" || kind === apostrophe) {
        continue;
      }
    }
    if (kind === special) {
      return undefined;
    }
    if (kind === grouping && isFigure(source, index - 1) && isFigure(source, index + 1)) {
      return undefined;
    }
    const word = start < 0 ? before : before + source.slice(start, index);
    start = -1;
    before = "";
    if (kind === apostrophe && !isElided(word, source, index + 1)) {
      before = word;
    } else {
      words.push(word);
    }
  }
  if (start >= 0) {
    words.push(before + source.slice(start));
  } else if (before !== "") {
    words.push(before);
  }
  return words;
}

function isFigure(source: string, index: number): boolean {
  return kinds[source.charCodeAt(index)] === figure;
}

function isElided(word: string, source: string, next: number): boolean {
  if (word.length > maxElisionLength || !elisions.has(word)) {
    return false;
  }
  const letter = source.charAt(next);
  return letter !== "" && "aeiouh".includes(letter);
}
