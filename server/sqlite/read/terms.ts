/**
 * The catalogue's own words: how many works have each, and which of them a misspelt one may mean.
 * All from tables of the catalogue file; nothing is kept in memory.
 */
import { typoBits } from "#server/catalog/ranking/typo-cost.ts";
import type { ReadDatabase } from "../database.ts";
import { spellingForms } from "../spelling-forms.ts";

/** A word that a typed one may mean. */
export type Alternative = { word: string; workCount: number; bits: number };

/** Forms of a typed word are shared by at most so many words that are then compared. */
const MAX_COMPARED_WORDS = 600;

/** Words whose neighbours are kept in memory: about 2 MB. */
const MAX_REMEMBERED_WORDS = 2_000;
const MAX_ALTERNATIVES = 8;

/** Of the many words with so short a beginning only the commonest are looked through. */
const MAX_SHORT_BEGINNING = 2;
/** The table of terms has the commonest first. */
const COMMON_TERMS = 20_000;

/** A word further away than this is another word. */
const MAX_BITS = 13;

/** A word of few works must be nearer than one of many: a factor of 2 in works is worth this. */
const FREQUENCY_WEIGHT = 0.5;

/** Words of titles, names and series, or of topics. */
type WordTable = "term" | "topic_term";

export class Terms {
  #database: ReadDatabase;
  /** Searches as somebody types ask for the same words again and again. */
  #known = new Map<string, readonly Alternative[]>();

  constructor(database: ReadDatabase) {
    this.#database = database;
  }

  /** In how many works' titles, names and series, or topics, a word stands; 0 if in none. */
  workCount(word: string, table: WordTable = "term"): number {
    const row = this.#database.row(`SELECT work_count FROM ${table} WHERE word = ?`, word);
    return Number(row?.[0] ?? 0);
  }

  /** Words that begin so, the commonest first, and in how many works they are. */
  beginningWith(
    letters: string,
    limit: number,
    table: WordTable = "term",
  ): { word: string; workCount: number }[] {
    const where = "word >= ? AND word < ?";
    const rows = this.#database.rows(
      letters.length <= MAX_SHORT_BEGINNING
        ? `SELECT word, work_count FROM ${table} NOT INDEXED WHERE ${where} AND id <= ${COMMON_TERMS} LIMIT ?`
        : `SELECT word, work_count FROM ${table} WHERE ${where} ORDER BY work_count DESC LIMIT ?`,
      letters,
      `${letters}\u{10ffff}`,
      limit,
    );
    return rows.map((row) => ({ word: String(row[0]), workCount: Number(row[1]) }));
  }

  /** In how many works a key or beginning stands; undefined for those of few works. */
  headingCount(token: string): number | undefined {
    const row = this.#database.row("SELECT work_count FROM heading WHERE token = ?", token);
    return row === undefined ? undefined : Number(row[0]);
  }

  /** In how many described works a stem stands. */
  stemCount(stem: string): number {
    const row = this.#database.row("SELECT work_count FROM stem WHERE word = ?", stem);
    return Number(row?.[0] ?? 0);
  }

  /** The words that a typed one most probably means, best first; without itself. */
  alternatives(typed: string, limit: number): readonly Alternative[] {
    const known = this.#known.get(typed) ?? this.#compare(typed);
    if (this.#known.size >= MAX_REMEMBERED_WORDS) this.#known.clear();
    this.#known.set(typed, known);
    return known.slice(0, limit);
  }

  #compare(typed: string): Alternative[] {
    if (typed.length < 3 || typed.length > 30 || /[^a-z]/.test(typed)) return [];
    const expression = spellingForms(typed)
      .map((form) => `"${form}"`)
      .join(" OR ");
    const rows = this.#database.rows(
      "SELECT term.word, term.work_count FROM spelling JOIN term ON term.id = spelling.rowid " +
        "WHERE spelling MATCH ? LIMIT ?",
      expression,
      MAX_COMPARED_WORDS,
    );
    const found: (Alternative & { score: number })[] = [];
    for (const row of rows) {
      const word = String(row[0]);
      const workCount = Number(row[1]);
      if (word === typed) continue;
      const bits = typoBits(typed, word, Math.min(MAX_BITS, 3 * typed.length), false);
      if (bits === Number.POSITIVE_INFINITY) continue;
      const score = FREQUENCY_WEIGHT * Math.log2(1 + workCount) - bits;
      found.push({ word, workCount, bits, score });
    }
    found.sort((one, other) => other.score - one.score || (one.word < other.word ? -1 : 1));
    return found
      .slice(0, MAX_ALTERNATIVES)
      .map(({ word, workCount, bits }) => ({ word, workCount, bits }));
  }
}
