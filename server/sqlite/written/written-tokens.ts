import { hash53 } from "#server/catalog/text/hash53.ts";
import { isLeaf, tokenOf } from "#server/index-entries/expression-tokens.ts";
import { yearRangeTokens } from "#server/index-entries/key-tokens.ts";
import type { Expression } from "#server/search/expression.ts";
import type { ReadDatabase } from "../database.ts";

/** Tokens that many searches have are looked up once. */
const REMEMBERED = 20_000;

/**
 * Which expressions can match anything that was written at all. Most can't, and a look at a hash is
 * some microseconds where a full-text search is some tens.
 */
export class WrittenTokens {
  readonly #database: ReadDatabase;
  readonly #known = new Map<string, boolean>();

  constructor(database: ReadDatabase) {
    this.#database = database;
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
        return yearRangeTokens(expression.from, expression.to).some((token) => this.#has(token));
      default: {
        const token = isLeaf(expression) ? tokenOf(expression) : undefined;
        return token !== undefined && this.#has(token);
      }
    }
  }

  #has(token: string): boolean {
    const known = this.#known.get(token);
    if (known !== undefined) {
      return known;
    }
    const sql = "SELECT 1 FROM token WHERE hash = ?";
    const isThere = this.#database.row(sql, hash53(token)) !== undefined;
    if (this.#known.size >= REMEMBERED) {
      this.#known.clear();
    }
    this.#known.set(token, isThere);
    return isThere;
  }
}
