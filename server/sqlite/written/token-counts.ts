/**
 * How many works more or fewer than were imported have a word: the tables of counts of what was written
 * here. Counted as term-builder.ts counts a whole catalogue.
 */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { memoise } from "#server/catalog/text/text-hash.ts";
import { BEGINNING_MARK } from "#server/index-entries/beginnings.ts";
import type { PreparedEntry } from "#server/index-entries/prepare-entry.ts";
import { spellingForms } from "#server/index-entries/spelling-forms.ts";
import type { CountTable } from "../read/terms.ts";
import type { ImportedWorks } from "./imported-entries.ts";
import type { TokenWriter } from "./token-writer.ts";
import { countToken, formToken } from "./written-tokens.ts";

/** The texts of a work of which words are counted. */
export type CountedTexts = Pick<PreparedEntry, "words" | "description">;

/** The columns whose words are names, and that of topics, by their places in `words`. */
const nameColumns = [0, 1, 2];
const topicColumn = 3;

/** What of an import is asked for. */
export type ImportedCounts = Pick<ImportedWorks, "hasHeading" | "corrects">;

const tables: readonly CountTable[] = ["term", "topic_term", "stem", "heading"];

/** Headings and words of which it is remembered what the import has of them. */
const REMEMBERED = 65_536;

export class TokenCounts {
  readonly #tokens: TokenWriter;
  readonly #statements: Record<CountTable, StatementSync>;
  readonly #addSpelling: StatementSync;
  readonly #removeSpelling: StatementSync;
  readonly #isCounted: (heading: string) => boolean;
  readonly #isSpelt: (word: string) => boolean;
  /** What is not written yet: most edits leave most words as they were. */
  #pending = new Map<CountTable, Map<string, number>>();

  constructor(database: DatabaseSync, imported: ImportedCounts, tokens: TokenWriter) {
    this.#tokens = tokens;
    const counting = (table: string, column: string) =>
      database.prepare(
        `INSERT INTO ${table} (${column}, work_count) VALUES (?1, ?2) ` +
          `ON CONFLICT (${column}) DO UPDATE SET work_count = work_count + ?2`,
      );
    const words = (table: string) =>
      database.prepare(
        `INSERT OR REPLACE INTO ${table} (id, word, work_count) ` +
          `SELECT max(id), ?1, ?2 + coalesce(max(work_count), 0) FROM ${table} WHERE word = ?1 ` +
          "RETURNING id, work_count",
      );
    this.#statements = {
      term: words("term"),
      topic_term: words("topic_term"),
      stem: counting("stem", "word"),
      heading: counting("heading", "token"),
    };
    this.#addSpelling = database.prepare("INSERT INTO spelling (rowid, form) VALUES (?, ?)");
    this.#removeSpelling = database.prepare("DELETE FROM spelling WHERE rowid = ?");
    this.#isCounted = memoise((heading) => imported.hasHeading(heading), REMEMBERED);
    this.#isSpelt = memoise((word) => imported.corrects(word), REMEMBERED);
    this.forget();
  }

  /** Counts the words of a work once more, or once less; `write` writes them. */
  add({ words, description }: CountedTexts, by: 1 | -1): void {
    for (const column of nameColumns) {
      for (const token of distinctTokens(words[column])) {
        this.#note(token.startsWith(BEGINNING_MARK) ? "heading" : "term", token, by);
      }
    }
    for (const token of distinctTokens(words[topicColumn])) {
      this.#note("topic_term", token, by);
    }
    for (const token of distinctTokens(words[5])) {
      this.#note("heading", token, by);
    }
    for (const stem of distinctTokens(description)) {
      this.#note("stem", stem, by);
    }
  }

  /** Writes what was counted. */
  write(): void {
    for (const [table, counts] of this.#pending) {
      const statement = this.#statements[table];
      for (const [token, by] of counts) {
        if (by === 0 || (table === "heading" && !this.#isCounted(token))) {
          continue;
        }
        const row = statement.get(token, by);
        this.#tokens.add(countToken(table, token));
        if (table === "term" && row !== undefined) {
          this.#spell(token, Number(row["id"]), Number(row["work_count"]), by);
        }
      }
    }
    this.forget();
  }

  /** Forgets what was not written. */
  forget(): void {
    this.#pending = new Map(tables.map((table) => [table, new Map<string, number>()]));
  }

  #note(table: CountTable, token: string, by: number): void {
    const counts = this.#pending.get(table);
    counts?.set(token, (counts.get(token) ?? 0) + by);
  }

  /** Words that are in more works than were imported are spelt here, unless the import has done it. */
  #spell(word: string, id: number, count: number, by: number): void {
    if (!/^[a-z]{3,30}$/.test(word)) {
      return;
    }
    const before = count - by;
    if (count > 0 && before <= 0 && !this.#isSpelt(word)) {
      const forms = spellingForms(word);
      this.#addSpelling.run(id, forms.join(" "));
      for (const form of forms) {
        this.#tokens.add(formToken(form));
      }
    }
    if (count <= 0 && before > 0) {
      this.#removeSpelling.run(id);
    }
  }
}

function distinctTokens(text: string | undefined): Set<string> {
  const tokens = new Set((text ?? "").split(" "));
  tokens.delete("");
  return tokens;
}
