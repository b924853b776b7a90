/**
 * How long the lists of the full-text index are, by the tables of terms: which of them a walk is to read
 * first, and which lead nowhere.
 */
import { BEGINNING_MARK } from "#server/index-entries/beginnings.ts";
import { isLeaf, tokenCount, tokenOf } from "#server/index-entries/expression-tokens.ts";
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

/** To seek a work in the lists of a condition takes as long as to pass so many entries one by one … */
const ENTRIES_OF_SEEK = 33;
/** … and to seek all works in the longest list so many for each work, and some more for each that is sought. */
const LONGEST_LIST_SHARE = 0.1;
const ENTRIES_OF_NEAR_SEEK = 1.5;

/** Entries in which as much time goes by as in seeking some works in the lists of a condition. */
function soughtEntries(sought: number, workCount: number): number {
  const rows = Math.min(sought, workCount);
  return Math.min(
    rows * ENTRIES_OF_SEEK,
    workCount * LONGEST_LIST_SHARE + rows * ENTRIES_OF_NEAR_SEEK,
  );
}

/** To find a place in a list takes as long as to read so many entries, one by one: half a page. */
export const ENTRIES_OF_PAGE = 250;

/** Of a word's entries in other fields a walk in publishers, which are not counted, passes about so many. */
const PART_OF_OTHERS = 0.25;

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

  /** Entries that a walk to the end reads of the lists of words; see `passedBeside` for others. */
  entriesRead(expression: Expression): number {
    switch (expression.kind) {
      case "all": {
        const most = ENTRIES_OF_PAGE * this.lengthOf(expression);
        return expression.parts.reduce(
          (sum, part) => sum + Math.min(most, this.entriesRead(part)),
          0,
        );
      }
      case "any":
        return expression.parts.reduce((sum, part) => sum + this.entriesRead(part), 0);
      case "except":
        return this.entriesRead(expression.wanted);
      case "inFields":
        return this.entriesRead(expression.part);
      case "everything":
      case "years":
        return 0;
      default:
        return this.lengthOf(expression);
    }
  }

  /** Works that match at most, as far as their words are counted. */
  mostMatches(expression: Expression, fields?: readonly WordField[]): number {
    switch (expression.kind) {
      case "all":
        return Math.min(...expression.parts.map((part) => this.mostMatches(part, fields)));
      case "any":
        return expression.parts.reduce((sum, part) => sum + this.mostMatches(part, fields), 0);
      case "except":
        return this.mostMatches(expression.wanted, fields);
      case "inFields":
        return this.mostMatches(expression.part, expression.fields);
      case "word": {
        const { names, topics } = this.#counts.word(expression.word);
        if (fields?.includes("publisher") === true) {
          // Of publishers words are not counted.
          return Number.POSITIVE_INFINITY;
        }
        const inNames = fields?.every((field) => field === "topic") ? 0 : names;
        return inNames + (fields?.includes("topic") === false ? 0 : topics);
      }
      default:
        return this.lengthOf(expression);
    }
  }

  /**
   * Entries that a walk to the end passes beside those of the words it is to find: of conditions ("in
   * German", "of these years"), of what is unwanted, and of words in other fields than they are wanted in.
   */
  passedBeside(expression: Expression, workCount: number): number {
    switch (expression.kind) {
      case "all": {
        const sought = soughtEntries(this.mostMatches(expression), workCount);
        return expression.parts.reduce(
          (sum, part) =>
            sum + (isCondition(part) ? sought : 0) + this.passedBeside(part, workCount),
          0,
        );
      }
      case "any":
        return expression.parts.reduce((sum, part) => sum + this.passedBeside(part, workCount), 0);
      case "except": {
        const { wanted, unwanted } = expression;
        const sought = tokenCount(unwanted) * soughtEntries(this.mostMatches(wanted), workCount);
        return sought + this.passedBeside(wanted, workCount);
      }
      case "inFields":
        return this.#passedInOthers(expression.part, expression.fields);
      default:
        return 0;
    }
  }

  /** Entries of words in other fields, which a walk in some fields passes. */
  #passedInOthers(expression: Expression, fields: readonly WordField[]): number {
    switch (expression.kind) {
      case "all":
      case "any":
        return expression.parts.reduce((sum, part) => sum + this.#passedInOthers(part, fields), 0);
      case "word": {
        const most = this.mostMatches(expression, fields);
        const all = this.lengthOf(expression);
        return most === Number.POSITIVE_INFINITY ? all * PART_OF_OTHERS : all - most;
      }
      default:
        return 0;
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

/** True for what is no word: a value, years, or one of several values. */
function isCondition(expression: Expression): boolean {
  switch (expression.kind) {
    case "value":
    case "years":
    case "demoted":
      return true;
    case "any":
      return expression.parts.every(isCondition);
    default:
      return false;
  }
}
