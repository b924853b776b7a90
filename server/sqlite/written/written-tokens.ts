/**
 * What stands in the index of what was written at all: its words and keys, the words whose counts
 * differ from the imported ones, the forms of its spelling. Most searches ask for little of it, and a
 * look into memory costs less than a microsecond where a statement of SQL is some, a walk some tens.
 *
 * A token never leaves the file. So a reader keeps a filter of their hashes, to which it adds what came
 * since, and that may know more than the state that is read, never less.
 */
import { hash53 } from "#server/catalog/text/hash53.ts";
import { isLeaf, tokenOf } from "#server/index-entries/expression-tokens.ts";
import { yearRangeTokens } from "#server/index-entries/key-tokens.ts";
import type { Expression } from "#server/search/expression.ts";
import type { ReadDatabase } from "../database.ts";
import type { CountTable } from "../read/terms.ts";
import { HashFilter } from "./hash-filter.ts";

/** Hashes that are read before one search: some milliseconds. */
const READ_AT_ONCE = 20_000;

/** Stands for a word whose count differs. No token of a work has a space in it. */
export function countToken(table: CountTable, word: string): string {
  return `${table} ${word}`;
}

/** Stands for a stem of a description. */
export function descriptionToken(stem: string): string {
  return `description ${stem}`;
}

/** Stands for a form under which a word is found that may be meant. */
export function formToken(form: string): string {
  return `form ${form}`;
}

export class WrittenTokens {
  readonly #database: ReadDatabase;
  #filter = new HashFilter(0);
  /** Tokens are numbered as they come. */
  #lastRead = 0;
  #isWhole = false;

  constructor(database: ReadDatabase) {
    this.#database = database;
  }

  /** False as long as `readOn` has more to read; then anything may be there. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  /** Reads some of what came since. To be called in the state that is read next. */
  readOn(): void {
    const [last = 0] = this.#database.numbers("SELECT max(number) FROM token");
    if (last > this.#filter.room) {
      this.#filter = new HashFilter(last);
      this.#lastRead = 0;
    }
    const row = this.#database.row(
      "SELECT json_group_array(hash) FROM " +
        "(SELECT hash FROM token WHERE number > ? AND number <= ? ORDER BY number)",
      this.#lastRead,
      this.#lastRead + READ_AT_ONCE,
    );
    // SQLite makes an array of numbers; those of 53 bits are exact.
    for (const hash of JSON.parse(String(row?.[0] ?? "[]")) as number[]) {
      this.#filter.add(hash);
    }
    this.#lastRead = Math.min(last, this.#lastRead + READ_AT_ONCE);
    this.#isWhole = this.#lastRead === last;
  }

  /** False only if nothing that was written has a token. */
  mayHave(token: string): boolean {
    return !this.#isWhole || this.#filter.mayHave(hash53(token));
  }

  /** False only if no work that was written matches. */
  mayMatch(expression: Expression): boolean {
    switch (expression.kind) {
      case "everything":
        return true;
      case "all":
        return expression.parts.every((part) => this.mayMatch(part));
      case "any":
        return expression.parts.some((part) => this.mayMatch(part));
      case "except":
        return this.mayMatch(expression.wanted);
      case "inFields":
        return this.mayMatch(expression.part);
      case "years":
        return yearRangeTokens(expression.from, expression.to).some((token) => this.mayHave(token));
      default: {
        const token = isLeaf(expression) ? tokenOf(expression) : undefined;
        return token !== undefined && this.mayHave(token);
      }
    }
  }
}
