/**
 * The one reader of text behind every search token: index and query go through it alike, so what it
 * decides need not be right about a language, only the same on both sides. It walks the characters
 * once and hands over folded words:
 *
 *     "L'Étranger & C++: 20,000 Ænima's ノルウェイの森"
 *      l etranger and cplusplus 20000 aenimas のる るう うぇ ぇい いの の森
 *
 * Words in scripts without spaces come as overlapping pairs of characters (a lone character as it
 * is): pairs need no dictionary, never change with one, and find any part of a title.
 */

import {
  ampersand,
  asterisk,
  backtick,
  comma,
  dot,
  hash,
  isDigit,
  isPlain,
  lowerCase,
  plus,
  quote,
} from "./ascii-units.ts";
import { characterOf } from "./characters.ts";
import { elisions, maxElisionLength } from "./elisions.ts";
import { groupsThousands } from "./thousands.ts";
import { uncensored } from "./uncensored.ts";
import { UnspacedRun, type WordSink } from "./unspaced-run.ts";

export class WordScanner {
  #source = "";
  #sink: WordSink;
  /** True to hand over runs of an unspaced script whole instead of in pairs. */
  #wholeRuns: boolean;
  /** The word so far is `#word` and the units from `#pending` (if not negative) to the cursor. */
  #word = "";
  #pending = -1;
  #start = -1;
  #end = -1;
  /** A consonant of an Indic script waits for its vowel. */
  #owesVowel = false;
  #censored = false;
  #run = new UnspacedRun();

  constructor(sink: WordSink, wholeRuns: boolean) {
    this.#sink = sink;
    this.#wholeRuns = wholeRuns;
  }

  /** @param text in NFC. */
  scan(text: string): void {
    const source = lowerCase(text);
    this.#source = source;
    for (let index = 0; index < source.length; index++) {
      const unit = source.charCodeAt(index);
      if (isPlain(unit)) {
        if (this.#pending < 0) {
          this.#open(index);
        }
        while (isPlain(source.charCodeAt(index + 1))) {
          index++;
        }
      } else if (unit === 0x20) {
        this.#space(index);
      } else if (unit < 0x80) {
        index += this.#sign(unit, index);
      } else {
        const codePoint = source.codePointAt(index) ?? unit;
        const next = codePoint > 0xffff ? index + 2 : index + 1;
        this.#foreign(codePoint, index, next);
        index = next - 1;
      }
    }
    this.#close(source.length);
  }

  /** Ends a word; but "20 000" is one number, where "10 20" and "7 100" need not be. */
  #space(index: number): void {
    if (!this.#run.isEmpty) {
      this.#close(index);
    }
    if (this.#start < 0) {
      return;
    }
    if (this.#source.startsWith("000", index + 1) && this.#groupsThousands(index)) {
      this.#flush(index);
    } else {
      this.#close(index);
    }
  }

  #open(index: number): void {
    if (!this.#run.isEmpty) {
      this.#close(index);
    }
    if (this.#owesVowel) {
      this.#payVowel();
    }
    if (this.#start < 0) {
      this.#start = index;
    }
    this.#pending = index;
  }

  /** Takes what is pending into the word, up to `index`. */
  #flush(index: number): void {
    if (this.#pending < 0) {
      return;
    }
    this.#word += this.#source.slice(this.#pending, index);
    this.#pending = -1;
    this.#end = index;
  }

  #append(text: string, start: number, end: number): void {
    if (!this.#run.isEmpty) {
      this.#close(start);
    }
    this.#flush(start);
    if (this.#start < 0) {
      this.#start = start;
    }
    this.#word += text;
    this.#end = end;
  }

  #payVowel(): void {
    this.#word += "a";
    this.#owesVowel = false;
  }

  #close(index: number): void {
    if (!this.#run.isEmpty) {
      this.#run.close(this.#sink, this.#wholeRuns);
    }
    if (this.#start < 0) {
      return;
    }
    this.#flush(index);
    let word = this.#word;
    if (this.#owesVowel && !/[aeiou]/.test(word)) {
      word += "a";
    }
    if (this.#censored) {
      word = uncensored(word);
    }
    const start = this.#start;
    this.#word = "";
    this.#start = -1;
    this.#owesVowel = false;
    this.#censored = false;
    if (word !== "") {
      this.#sink(word, start, this.#end);
    }
  }

  /** Handles an ASCII sign. @returns how many units after it are used up. */
  #sign(unit: number, index: number): number {
    const source = this.#source;
    if (unit === quote || unit === backtick) {
      this.#apostrophe(index);
      return 0;
    }
    if (unit === ampersand) {
      this.#close(index);
      const skipped = source.startsWith("amp;", index + 1) ? 4 : 0;
      this.#sink("and", index, index + 1 + skipped);
      return skipped;
    }
    if (this.#start >= 0 && this.#run.isEmpty) {
      if ((unit === comma || unit === dot) && this.#groupsThousands(index)) {
        this.#flush(index);
        return 0;
      }
      if (unit === asterisk && !this.#owesVowel) {
        this.#censored = true;
        if (this.#pending < 0) {
          this.#pending = index;
        }
        return 0;
      }
      if (unit === plus && source.charCodeAt(index + 1) === plus && this.#isLoneLetter(index)) {
        this.#append("plusplus", index, index + 2);
        return 1;
      }
      if (unit === hash && this.#isLoneLetter(index)) {
        this.#append("sharp", index, index + 1);
      }
    }
    this.#close(index);
    return 0;
  }

  /** Dropped inside a word ("don't"), but it ends an elided one ("l'étranger"). */
  #apostrophe(index: number): void {
    if (!this.#run.isEmpty) {
      this.#run.close(this.#sink, this.#wholeRuns);
    }
    if (this.#start < 0) {
      return;
    }
    this.#flush(index);
    if (this.#word.length > maxElisionLength || !elisions.has(this.#word)) {
      return;
    }
    const next = this.#source.codePointAt(index + 1);
    if (next === undefined) {
      return;
    }
    const text = next < 0x80 ? String.fromCharCode(next) : characterOf(next).text;
    if (/^[aeiouh]/.test(text)) {
      this.#close(index);
    }
  }

  #isLoneLetter(index: number): boolean {
    const length = this.#word.length + (this.#pending < 0 ? 0 : index - this.#pending);
    return length === 1 && !isDigit(this.#source.charCodeAt(index - 1));
  }

  #groupsThousands(index: number): boolean {
    const group = this.#pending < 0 ? "" : this.#source.slice(this.#pending, index);
    return groupsThousands(this.#source, index, this.#word, group);
  }

  #foreign(codePoint: number, index: number, next: number): void {
    const character = characterOf(codePoint);
    switch (character.kind) {
      case "letter":
        this.#letter(codePoint, character.text, index, next);
        return;
      case "separator":
        // Thousands are also grouped by a no-break space, or a narrow one.
        if (codePoint === 0xa0 || codePoint === 0x202f || codePoint === 0x2009) {
          this.#space(index);
        } else {
          this.#close(index);
        }
        return;
      case "joiner":
        this.#flush(index);
        return;
      case "apostrophe":
        this.#apostrophe(index);
        return;
      case "unspaced":
        if (this.#start >= 0) {
          this.#close(index);
        }
        this.#run.push(character.text, index, next);
        return;
      case "ampersand":
        this.#close(index);
        this.#sink(character.text, index, next);
        return;
      case "parts":
        this.#close(index);
        for (const part of character.text.split(" ")) {
          this.#sink(part, index, next);
        }
        return;
      case "consonant":
        if (this.#owesVowel) {
          this.#payVowel();
        }
        this.#append(character.text, index, next);
        this.#owesVowel = true;
        return;
      case "vowelSign":
        this.#owesVowel = false;
        this.#append(character.text, index, next);
        return;
      case "virama":
        this.#owesVowel = false;
        return;
    }
  }

  #letter(codePoint: number, text: string, index: number, next: number): void {
    if (this.#owesVowel) {
      this.#payVowel();
    }
    this.#append(text, index, next);
    const word = this.#word;
    // Greek αυ, ευ, ου and Armenian ու are read together; Russian ий and ый as in "Dostoevsky".
    const isUpsilon = codePoint === 0x3c5 || codePoint === 0x3cd;
    if (isUpsilon && /[aeo]y$/.test(word)) {
      this.#word = `${word.slice(0, -1)}u`;
    }
    if (codePoint === 0x582 && word.endsWith("ov")) {
      this.#word = `${word.slice(0, -2)}u`;
    }
    if (codePoint === 0x439 && /[iy]y$/.test(word)) {
      this.#word = `${word.slice(0, -2)}y`;
    }
  }
}
