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
import {
  dates,
  isAuthorNoun,
  isCountedBy,
  isPlaceJoint,
  isYear,
  joinsSubject,
  leastAsking,
} from "./words-beside.ts";

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
const yearOfEdition: AskingWord = { role: "request", start: 0.3, end: 0.6 };
const SUBJECT_PROBABILITY = 0.6;
/** So many words that join others are no title: "i think the name is". */
const MANY_JOINTS = 3;
/** "the best classic books about": of so many words at most. */
const MAX_BEFORE_BOOKS = 4;

/** What one edge of a query asks with, and the words that join others there and nothing else. */
type Chain = { asks: boolean; joints: readonly number[] };
const NO_CHAIN: Chain = { asks: false, joints: [] };
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
  const isAll = () => probabilities.every((probability) => probability > 0);
  if (isAll()) {
    for (const place of leastAsking(tokens, reader)) {
      probabilities[place] = 0;
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
    const atStart = this.#chain(0, 1, "start");
    this.#subjects();
    const atEnd: Chain = this.#unfinished ? NO_CHAIN : this.#chain(count - 1, -1, "end");
    const isMany = atStart.joints.length >= MANY_JOINTS && atStart.joints.length < count;
    if (atEnd.asks || isMany) {
      this.#bareJoints(atStart);
    }
    if (atStart.asks) {
      this.#bareJoints(atEnd);
    }
    for (let place = 1; place < count - 1; place++) {
      const token = this.#tokens[place] ?? "";
      const role = askingWord(token)?.role;
      if (token === "by") {
        this.#by(place);
      } else if (role === "author") {
        this.#whoWrote(place);
        if (isAuthorNoun(token)) {
          this.#set(place, BY_PROBABILITY, "author");
        }
      } else if (role === "about" && this.#namesBooksBefore(place)) {
        this.#set(place - 1, MARKER_PROBABILITY, askingWord(this.#tokens[place - 1] ?? "")?.role);
        this.#set(place, MARKER_PROBABILITY, "about");
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
      const isJoined = joinsSubject(token);
      const isSet = isPlaceJoint(token) && this.#tokens[place - 1] === "set";
      const isNamed = namesBooks(before) || this.#namesBooksBefore(place);
      if ((isJoined && isNamed) || isSet) {
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
  #chain(edge: number, step: 1 | -1, side: "start" | "end"): Chain {
    let joints: number[] = [];
    let asks = false;
    for (let place = edge; place >= 0 && place < this.#tokens.length; place += step) {
      const token = this.#tokens[place] ?? "";
      if (isNumber(token) && this.#isMarked(place)) {
        continue;
      }
      if (isNumber(token) && joints.length + Number(asks) > 0 && this.#isCount(place)) {
        joints.push(place);
        continue;
      }
      const word = isYear(token)
        ? this.#yearAt(place, side)
        : askingWord(token, this.#tokens[place - 1]);
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
      asks = true;
      this.#set(place, word[side], word.role);
    }
    if (joints[0] === edge) {
      return { asks, joints };
    }
    for (const joint of joints) {
      if (askingWord(this.#tokens[joint] ?? "")?.role !== "joint") {
        break;
      }
      this.#set(joint, TRAILING_JOINT_PROBABILITY, "joint");
    }
    return { asks, joints: [] };
  }

  /**
   * Joints that nothing at their edge asks with: "when was [naked] published", "i think it is [emma]".
   * They ask where the other edge does, or where a query begins with many.
   */
  #bareJoints({ asks, joints }: Chain): void {
    if (asks) {
      return;
    }
    for (const joint of joints) {
      const token = this.#tokens[joint] ?? "";
      const word = askingWord(token, this.#tokens[joint - 1]);
      if (word?.role === "joint" && !isNumber(token)) {
        this.#set(joint, TRAILING_JOINT_PROBABILITY, "joint");
      }
    }
  }

  /** "from around 1997", "originally 2011": behind words about the asking a year is of the edition. */
  #yearAt(place: number, side: "start" | "end"): AskingWord {
    const before = this.#tokens[place - 1] ?? "";
    const role = askingWord(before)?.role;
    const isOfEdition = role === "request" || role === "object" || dates(before);
    return side === "end" && isOfEdition ? yearOfEdition : year;
  }

  /** "top ten", "a 12 year old": no number of a book. */
  #isCount(place: number): boolean {
    return isCountedBy(this.#tokens[place - 1] ?? "", this.#tokens[place + 1] ?? "");
  }

  /** "classic books about", "beginner books on": what stands before the books says which. */
  #namesBooksBefore(place: number): boolean {
    const before = askingWord(this.#tokens[place - 1] ?? "")?.role;
    return place <= MAX_BEFORE_BOOKS && (before === "object" || before === "objects");
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
    const word = isYear(token) ? year : askingWord(token, this.#tokens[place - 1]);
    if (word !== undefined) {
      this.#set(place, word[side] + JOINED_PROBABILITY, word.role);
    }
  }

  #set(place: number, probability: number, role: AskingRole | undefined): void {
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

function isNumber(token: string | undefined): boolean {
  return token !== undefined && numberValue(token) !== undefined;
}
