import type { CountedWord, WordScope } from "#server/search/index-port.ts";
import type { ReadDatabase } from "../database.ts";
import { anyToken } from "../read/fts5.ts";
import { type CountTable, countStatements, type TermChanges } from "../read/terms.ts";
import { countToken, formToken, type WrittenTokens } from "./written-tokens.ts";

const tables = { names: "term", topics: "topic_term" } as const satisfies Record<WordScope, string>;

/** Counts that are kept in memory: about 2 MB. */
const MAX_REMEMBERED = 20_000;

/** Differences of counts as a WrittenWriter keeps them, in one state of its file. */
export class WrittenTerms implements TermChanges {
  readonly #database: ReadDatabase;
  readonly #tokens: WrittenTokens;
  /** Searches ask for the same words again and again. */
  readonly #known = new Map<string, number>();

  constructor(database: ReadDatabase, tokens: WrittenTokens) {
    this.#database = database;
    this.#tokens = tokens;
  }

  word(word: string, scope: WordScope): number {
    return this.#count(tables[scope], word);
  }

  stem(stem: string): number {
    return this.#count("stem", stem);
  }

  heading(token: string): number {
    return this.#count("heading", token);
  }

  beginning(letters: string, scope: WordScope, limit: number): CountedWord[] {
    return this.#words(
      `SELECT word, work_count FROM ${tables[scope]} WHERE word >= ? AND word < ? ` +
        "AND work_count > 0 ORDER BY work_count DESC LIMIT ?",
      letters,
      `${letters}\u{10ffff}`,
      limit,
    );
  }

  spelling(forms: readonly string[], limit: number): CountedWord[] {
    const known = forms.filter((form) => this.#tokens.mayHave(formToken(form)));
    if (known.length === 0) {
      return [];
    }
    return this.#words(
      "SELECT term.word, term.work_count FROM spelling JOIN term ON term.id = spelling.rowid " +
        "WHERE spelling MATCH ? LIMIT ?",
      anyToken(known),
      limit,
    );
  }

  #count(table: CountTable, word: string): number {
    const token = countToken(table, word);
    if (!this.#tokens.mayHave(token)) {
      return 0;
    }
    const known = this.#known.get(token);
    if (known !== undefined) {
      return known;
    }
    const count = Number(this.#database.row(countStatements[table], word)?.[0] ?? 0);
    if (this.#known.size >= MAX_REMEMBERED) {
      this.#known.clear();
    }
    this.#known.set(token, count);
    return count;
  }

  #words(sql: string, ...parameters: (string | number)[]): CountedWord[] {
    const rows = this.#database.rows(sql, ...parameters);
    return rows.map(([word, count]) => ({ word: String(word), workCount: Number(count) }));
  }
}
