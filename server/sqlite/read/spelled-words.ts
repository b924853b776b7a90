import type { CountedWord } from "#server/search/index-port.ts";
import type { ReadDatabase } from "../database.ts";
import { anyToken } from "./fts5.ts";

/** The commonest words are kept in memory: about 20 MB. The table has them first. */
const MAX_KEPT_WORDS = 262_144;
/** Words that are read at once to be kept: some milliseconds. */
const READ_AT_ONCE = 32_768;

/**
 * The words that have one of some spelling forms. A misspelt word shares forms with a hundred or two,
 * most of them common: to read a row for each takes as long as to find them.
 */
export class SpelledWords {
  #database: ReadDatabase;
  /** By id. */
  #kept: (CountedWord | undefined)[] = [];
  /** All up to this id are kept, and more with every misspelt word. */
  #keptTo = 0;

  constructor(database: ReadDatabase) {
    this.#database = database;
  }

  /** The commonest words that have one of the forms, at most `limit`. */
  withForms(forms: readonly string[], limit: number): CountedWord[] {
    const row = this.#database.row(
      "SELECT json_group_array(rowid) FROM " +
        "(SELECT rowid FROM spelling WHERE spelling MATCH ? LIMIT ?)",
      anyToken(forms),
      limit,
    );
    if (this.#keptTo < MAX_KEPT_WORDS) {
      this.#keepMore();
    }
    const words: CountedWord[] = [];
    const others: number[] = [];
    for (const id of arrayIn<number>(row?.[0])) {
      const word = this.#kept[id];
      if (word !== undefined) {
        words.push(word);
      } else if (id > this.#keptTo) {
        others.push(id);
      }
    }
    return others.length === 0 ? words : [...words, ...this.#read(others)];
  }

  /** As three texts: a row for each word takes several times as long. */
  #keepMore(): void {
    const from = this.#keptTo;
    this.#keptTo += READ_AT_ONCE;
    const row = this.#database.row(
      "SELECT json_group_array(id), json_group_array(word), json_group_array(work_count) " +
        "FROM (SELECT id, word, work_count FROM term WHERE id > ? AND id <= ?)",
      from,
      this.#keptTo,
    );
    const words = arrayIn<string>(row?.[1]);
    const counts = arrayIn<number>(row?.[2]);
    for (const [place, id] of arrayIn<number>(row?.[0]).entries()) {
      this.#kept[id] = { word: words[place] ?? "", workCount: counts[place] ?? 0 };
    }
  }

  #read(ids: readonly number[]): CountedWord[] {
    const sql = "SELECT word, work_count FROM json_each(?) JOIN term ON term.id = json_each.value";
    const rows = this.#database.rows(sql, JSON.stringify(ids));
    return rows.map(([word, count]) => ({ word: String(word), workCount: Number(count) }));
  }
}

/** What SQLite made with json_group_array of one column. */
function arrayIn<Value>(text: unknown): Value[] {
  return JSON.parse(String(text ?? "[]")) as Value[];
}
