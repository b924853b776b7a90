import type { CountedWord, WordScope } from "#server/search/index-port.ts";
import type { ReadDatabase } from "../database.ts";
import type { TermChanges } from "../read/terms.ts";

const tables = { names: "term", topics: "topic_term" } as const satisfies Record<WordScope, string>;

/** Differences of counts as a WrittenWriter keeps them. */
/** Counts that are kept in memory: about 2 MB. */
const MAX_REMEMBERED = 20_000;

export class WrittenTerms implements TermChanges {
  readonly #database: ReadDatabase;
  /** Searches ask for the same words again and again; a WrittenTerms is of one state of the file. */
  readonly #known = new Map<string, number>();

  constructor(database: ReadDatabase) {
    this.#database = database;
  }

  word(word: string, scope: WordScope): number {
    return this.#number(`SELECT work_count FROM ${tables[scope]} WHERE word = ?`, word);
  }

  stem(stem: string): number {
    return this.#number("SELECT work_count FROM stem WHERE word = ?", stem);
  }

  heading(token: string): number {
    return this.#number("SELECT work_count FROM heading WHERE token = ?", token);
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

  spelling(expression: string, limit: number): CountedWord[] {
    return this.#words(
      "SELECT term.word, term.work_count FROM spelling JOIN term ON term.id = spelling.rowid " +
        "WHERE spelling MATCH ? LIMIT ?",
      expression,
      limit,
    );
  }

  #number(sql: string, parameter: string): number {
    const key = `${sql} ${parameter}`;
    const known = this.#known.get(key);
    if (known !== undefined) {
      return known;
    }
    const number = Number(this.#database.row(sql, parameter)?.[0] ?? 0);
    if (this.#known.size >= MAX_REMEMBERED) {
      this.#known.clear();
    }
    this.#known.set(key, number);
    return number;
  }

  #words(sql: string, ...parameters: (string | number)[]): CountedWord[] {
    const rows = this.#database.rows(sql, ...parameters);
    return rows.map(([word, count]) => ({ word: String(word), workCount: Number(count) }));
  }
}
