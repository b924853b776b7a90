/**
 * How long the lists of the full-text index are, by the tables of terms: which of them a walk is to read
 * first, and which lead nowhere.
 */
import { BEGINNING_MARK } from "#server/index-entries/beginnings.ts";
import { isLeaf, tokenOf } from "#server/index-entries/expression-tokens.ts";
import type { Expression, WordField } from "#server/search/expression.ts";
import { FEW_WORKS } from "#server/search/index-port.ts";

/** Entries of lists as the file has them; 0 for a word that no work has. */
export interface ListCounts {
  word(word: string): { names: number; topics: number };
  /** Of a key or beginning; undefined: few, and not counted. */
  heading(token: string): number | undefined;
}

/** Words from here on are among the keys, and not counted. */
const FIRST_UNCOUNTED = BEGINNING_MARK.codePointAt(0) ?? 0;

export class ListLengths {
  readonly #counts: ListCounts;

  constructor(counts: ListCounts) {
    this.#counts = counts;
  }

  /** About how many entries are read for an expression, in whatever field. */
  lengthOf(expression: Expression): number {
    switch (expression.kind) {
      case "everything":
      case "years":
        return Number.POSITIVE_INFINITY;
      case "all":
        return Math.min(...expression.parts.map((part) => this.lengthOf(part)));
      case "any":
        return expression.parts.reduce((sum, part) => sum + this.lengthOf(part), 0);
      case "except":
        return this.lengthOf(expression.wanted);
      case "inFields":
        return this.lengthOf(expression.part);
      case "word": {
        const { names, topics } = this.#counts.word(expression.word);
        return names + topics;
      }
      default: {
        const token = isLeaf(expression) ? tokenOf(expression) : undefined;
        return token === undefined ? 0 : (this.#counts.heading(token) ?? FEW_WORKS);
      }
    }
  }

  /**
   * False only if no work matches: a word that no field of those wanted has. To find that out by a walk,
   * FTS5 would read the word's list to its end ("fiction" in titles: all books of that subject).
   */
  mayMatch(expression: Expression, fields?: readonly WordField[]): boolean {
    switch (expression.kind) {
      case "all":
        return expression.parts.every((part) => this.mayMatch(part, fields));
      case "any":
        return expression.parts.some((part) => this.mayMatch(part, fields));
      case "except":
        return this.mayMatch(expression.wanted, fields);
      case "inFields":
        return this.mayMatch(
          expression.part,
          expression.fields.filter((field) => fields?.includes(field) ?? true),
        );
      case "word":
        return fields === undefined || this.#isIn(expression.word, fields);
      default:
        return true;
    }
  }

  #isIn(word: string, fields: readonly WordField[]): boolean {
    if ((word.codePointAt(0) ?? 0) >= FIRST_UNCOUNTED) {
      return true;
    }
    const { names, topics } = this.#counts.word(word);
    // Of publishers words are not counted.
    return fields.some(
      (field) => field === "publisher" || (field === "topic" ? topics : names) > 0,
    );
  }
}
