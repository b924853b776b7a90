import type { CountedWord } from "#server/search/index-port.ts";
import type { ReadDatabase } from "../database.ts";

/** Words that are read together: neighbours in the table are about as common. */
const BLOCK_WORDS = 64;
/** The commonest words are kept once they were read: about 10 MB. The table has them first. */
const MAX_KEPT_WORDS = 131_072;

type Block = (CountedWord | undefined)[];

/**
 * The words that have one of some spelling forms. A misspelt word shares forms with a hundred or two,
 * mostly the same common ones: to make a row of each takes longer than to find them.
 */
export class SpelledWords {
  #database: ReadDatabase;
  #blocks = new Map<number, Block>();

  constructor(database: ReadDatabase) {
    this.#database = database;
  }

  /** The commonest words that have one of the forms, at most `limit`. */
  withForms(forms: readonly string[], limit: number): CountedWord[] {
    const row = this.#database.row(
      "SELECT json_group_array(rowid) FROM " +
        "(SELECT rowid FROM spelling WHERE spelling MATCH ? LIMIT ?)",
      anyForm(forms),
      limit,
    );
    // SQLite makes an array of numbers, empty if nothing matches.
    const ids = JSON.parse(String(row?.[0] ?? "[]")) as number[];
    const words: CountedWord[] = [];
    const rare: number[] = [];
    for (const id of ids) {
      if (id > MAX_KEPT_WORDS) {
        rare.push(id);
        continue;
      }
      const word = this.#block(Math.floor(id / BLOCK_WORDS))[id % BLOCK_WORDS];
      if (word !== undefined) {
        words.push(word);
      }
    }
    return rare.length === 0 ? words : [...words, ...this.#rareWords(rare)];
  }

  #block(number: number): Block {
    const known = this.#blocks.get(number);
    if (known !== undefined) {
      return known;
    }
    const first = number * BLOCK_WORDS;
    const block: Block = Array.from({ length: BLOCK_WORDS });
    const sql = "SELECT id, word, work_count FROM term WHERE id >= ? AND id < ?";
    for (const [id, word, count] of this.#database.rows(sql, first, first + BLOCK_WORDS)) {
      block[Number(id) - first] = { word: String(word), workCount: Number(count) };
    }
    this.#blocks.set(number, block);
    return block;
  }

  #rareWords(ids: readonly number[]): CountedWord[] {
    const sql = "SELECT word, work_count FROM json_each(?) JOIN term ON term.id = json_each.value";
    const rows = this.#database.rows(sql, JSON.stringify(ids));
    return rows.map(([word, count]) => ({ word: String(word), workCount: Number(count) }));
  }
}

/** What matches each word that has one of the forms. */
export function anyForm(forms: readonly string[]): string {
  return forms.map((form) => `"${form}"`).join(" OR ");
}
