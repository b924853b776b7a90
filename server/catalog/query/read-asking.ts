/**
 * Which words of a query speak of the asking: "can you recommend a book about" whales, dune "pdf",
 * harry potter "books in order". They stand at the edges, or around "by", one next to the other:
 * a chain begins at an edge and goes on while words ask; words that only join others ("a", "for")
 * belong to it where a word that asks by itself follows.
 *
 * Nothing is taken away: the probability says what it costs that a book lacks the word.
 */
import { numberValue } from "../text/number-value.ts";
import {
  type AskingRole,
  type AskingWord,
  askingWord,
  isNumberMarker,
  isPersonWord,
} from "./asking-words.ts";

export type Asking = {
  /** For each word the probability that it speaks of the asking. */
  probabilities: readonly number[];
  /** For each word what it tells of the question; undefined for words of a book. */
  roles: readonly (AskingRole | undefined)[];
};

/** "book" in "book three", "third" before it and all. */
const MARKER_PROBABILITY = 0.9;
/** Joints behind the last word that asks: "similar to", "author of", "what should i" read next. */
const TRAILING_JOINT_PROBABILITY = 0.5;
/** What may stand before "by": "novels written by". */
const namedBefore: ReadonlySet<AskingRole> = new Set(["object", "objects", "author", "series"]);
/** What a joint gains before a word that asks. */
const JOINED_PROBABILITY = 0.3;
/** "2004 paperback edition": of the edition. */
const year: AskingWord = { role: "joint", start: 0.3, end: 0.3 };
const SUBJECT_PROBABILITY = 0.6;
/** "by" between a title and a name. */
const BY_PROBABILITY = 0.7;
/** "about" between a name and what the book tells of; a title may have it, too. */
const ABOUT_PROBABILITY = 0.6;
/** "the guy who wrote". */
const PERSON_PROBABILITY = 0.8;

/**
 * Reads the folded words of a query. A query of nothing but such words asks for a book of that name;
 * `unfinished`: the last word is still being typed, so that it may become any.
 */
export function readAsking(tokens: readonly string[], unfinished: boolean): Asking {
  const reader = new AskingReader(tokens, unfinished);
  if (tokens.length > 1) {
    reader.read();
  }
  const { probabilities, roles } = reader;
  // "if you liked 1984" asks for a title.
  const isAll = () => probabilities.every((probability) => probability > 0);
  if (isAll()) {
    for (const [place, token] of tokens.entries()) {
      if (isYear(token)) {
        probabilities[place] = 0;
      }
    }
  }
  const asksForNothing = isAll();
  if (asksForNothing) {
    return { probabilities: tokens.map(() => 0), roles: tokens.map(() => undefined) };
  }
  return { probabilities, roles };
}

class AskingReader {
  readonly probabilities: number[];
  readonly roles: (AskingRole | undefined)[];
  #tokens: readonly string[];
  #unfinished: boolean;

  constructor(tokens: readonly string[], unfinished: boolean) {
    this.#tokens = tokens;
    this.#unfinished = unfinished;
    this.probabilities = tokens.map(() => 0);
    this.roles = tokens.map(() => undefined);
  }

  read(): void {
    const count = this.#tokens.length;
    this.#markers();
    this.#chain(0, 1, "start");
    this.#subjects();
    if (!this.#unfinished) {
      this.#chain(count - 1, -1, "end");
    }
    for (let place = 1; place < count - 1; place++) {
      const token = this.#tokens[place] ?? "";
      const role = askingWord(token)?.role;
      if (token === "by") {
        this.#by(place);
      } else if (role === "author") {
        this.#whoWrote(place);
      } else if (role === "about") {
        // Not as what follows a subject: what is before it speaks of the book, too.
        this.#set(place, ABOUT_PROBABILITY, "joint");
      }
    }
    // "the third dune book"
    const isPlace = isNumber(this.#tokens[1]) && this.roles.includes("object");
    if (isPlace && askingWord(this.#tokens[0] ?? "")?.role === "article") {
      this.#set(0, MARKER_PROBABILITY, "article");
    }
  }

  /** "anything on", "books set in": what follows is a subject. */
  #subjects(): void {
    for (const [place, token] of this.#tokens.entries()) {
      const before = this.roles[place - 1];
      const isJoined = token === "on" || token === "uber" || token === "sobre" || token === "sur";
      const isSet = token === "in" && this.#tokens[place - 1] === "set";
      if ((isJoined && namesBooks(before)) || isSet) {
        this.#set(place, SUBJECT_PROBABILITY, "about");
      }
    }
  }

  /** "book" before a number or behind an ordinal. */
  #markers(): void {
    for (const [place, token] of this.#tokens.entries()) {
      if (!isNumberMarker(token)) {
        continue;
      }
      const isBefore = isNumber(this.#tokens[place + 1]);
      const isBehind = place > 0 && isNumber(this.#tokens[place - 1]);
      if (isBefore || isBehind) {
        this.#set(place, MARKER_PROBABILITY, "number");
      }
    }
  }

  /** From an edge inwards. Numbers that say which book of a series are passed over. */
  #chain(edge: number, step: 1 | -1, side: "start" | "end"): void {
    let joints: number[] = [];
    for (let place = edge; place >= 0 && place < this.#tokens.length; place += step) {
      const token = this.#tokens[place] ?? "";
      if (isNumber(token) && this.#isMarked(place)) {
        continue;
      }
      const word = isYear(token) ? year : askingWord(token);
      if (word === undefined) {
        break;
      }
      if (word.role === "joint" || word.role === "article") {
        joints.push(place);
        continue;
      }
      // A word that asks, and what joined it to the edge.
      for (const joint of joints) {
        this.#setRole(joint, side);
      }
      joints = [];
      this.#set(place, word[side], word.role);
    }
    if (joints[0] === edge) {
      return;
    }
    for (const joint of joints) {
      if (askingWord(this.#tokens[joint] ?? "")?.role !== "joint") {
        return;
      }
      this.#set(joint, TRAILING_JOINT_PROBABILITY, "joint");
    }
  }

  /** "by" between words, and what before it says the same: "novel written by". */
  #by(place: number): void {
    this.#set(place, BY_PROBABILITY, "author");
    for (let before = place - 1; before > 0; before--) {
      const word = askingWord(this.#tokens[before] ?? "");
      if (word === undefined || !namedBefore.has(word.role)) {
        return;
      }
      this.#set(before, word.end, word.role);
    }
  }

  /** "the guy who wrote": from the beginning of the query on. */
  #whoWrote(place: number): void {
    const before = this.#tokens.slice(0, place);
    const person = before.findIndex(isPersonWord);
    const asks = (token: string) => isPersonWord(token) || askingWord(token) !== undefined;
    if (person < 0 || !before.every(asks)) {
      return;
    }
    for (const each of before.keys()) {
      this.#set(each, PERSON_PROBABILITY, "joint");
    }
    this.#set(place, PERSON_PROBABILITY, "author");
  }

  #isMarked(place: number): boolean {
    return [this.#tokens[place - 1], this.#tokens[place + 1]].some(
      (token) => token !== undefined && isNumberMarker(token),
    );
  }

  #setRole(place: number, side: "start" | "end"): void {
    const token = this.#tokens[place] ?? "";
    const word = isYear(token) ? year : askingWord(token);
    if (word !== undefined) {
      this.#set(place, word[side] + JOINED_PROBABILITY, word.role);
    }
  }

  #set(place: number, probability: number, role: AskingRole): void {
    if ((this.probabilities[place] ?? 0) >= probability) {
      return;
    }
    this.probabilities[place] = probability;
    this.roles[place] = role;
  }
}

function namesBooks(role: AskingRole | undefined): boolean {
  return role === "object" || role === "objects" || role === "request" || role === "about";
}

function isYear(token: string): boolean {
  return /^(?:1[4-9]|20)[0-9]{2}$/.test(token);
}

function isNumber(token: string | undefined): boolean {
  return token !== undefined && numberValue(token) !== undefined;
}
