/**
 * How many works more or fewer than were imported have a word: the tables of counts of what was written
 * here. Counted as term-builder.ts counts a whole catalogue.
 */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { BEGINNING_MARK } from "../beginnings.ts";
import type { PreparedEntry } from "../prepare-entry.ts";
import { spellingForms } from "../spelling-forms.ts";

/** The texts of a work of which words are counted. */
export type CountedTexts = Pick<PreparedEntry, "words" | "description">;

/** The columns whose words are names, and that of topics, by their places in `words`. */
const nameColumns = [0, 1, 2];
const topicColumn = 3;

type WordTable = "term" | "topic_term";

export class TokenCounts {
  readonly #statements: Record<WordTable, StatementSync>;
  readonly #stem: StatementSync;
  readonly #heading: StatementSync;
  readonly #addSpelling: StatementSync;
  readonly #removeSpelling: StatementSync;
  readonly #isCounted: (heading: string) => boolean;

  /** @param isCounted whether the imported catalogue keeps a count of a heading. */
  constructor(database: DatabaseSync, isCounted: (heading: string) => boolean) {
    const counting = (table: string, column: string) =>
      database.prepare(
        `INSERT INTO ${table} (${column}, work_count) VALUES (?1, ?2) ` +
          `ON CONFLICT (${column}) DO UPDATE SET work_count = work_count + ?2`,
      );
    const words = (table: WordTable) =>
      database.prepare(
        `INSERT OR REPLACE INTO ${table} (id, word, work_count) ` +
          `SELECT max(id), ?1, ?2 + coalesce(max(work_count), 0) FROM ${table} WHERE word = ?1 ` +
          "RETURNING id, work_count",
      );
    this.#statements = { term: words("term"), topic_term: words("topic_term") };
    this.#stem = counting("stem", "word");
    this.#heading = counting("heading", "token");
    this.#addSpelling = database.prepare("INSERT INTO spelling (rowid, form) VALUES (?, ?)");
    this.#removeSpelling = database.prepare("DELETE FROM spelling WHERE rowid = ?");
    this.#isCounted = isCounted;
  }

  /** Counts the words of a work once more, or once less. */
  add({ words, description }: CountedTexts, by: 1 | -1): void {
    for (const column of nameColumns) {
      for (const token of distinctTokens(words[column])) {
        if (!token.startsWith(BEGINNING_MARK)) this.#count("term", token, by);
        else this.#countHeading(token, by);
      }
    }
    for (const token of distinctTokens(words[topicColumn])) {
      this.#count("topic_term", token, by);
    }
    for (const token of distinctTokens(words[5])) this.#countHeading(token, by);
    for (const stem of distinctTokens(description)) this.#stem.run(stem, by);
  }

  #count(table: WordTable, word: string, by: number): void {
    const row = this.#statements[table].get(word, by);
    if (table === "topic_term" || !/^[a-z]{3,30}$/.test(word)) return;
    const count = Number(row?.["work_count"]);
    if (count === 1 && by === 1) {
      this.#addSpelling.run(Number(row?.["id"]), spellingForms(word).join(" "));
    } else if (count === 0 && by === -1) this.#removeSpelling.run(Number(row?.["id"]));
  }

  #countHeading(token: string, by: number): void {
    if (this.#isCounted(token)) this.#heading.run(token, by);
  }
}

function distinctTokens(text: string | undefined): Set<string> {
  const tokens = new Set((text ?? "").split(" "));
  tokens.delete("");
  return tokens;
}
