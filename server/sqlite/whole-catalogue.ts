/** All that a catalogue file holds, one after the other, for whoever puts it into another engine. */

import { type PreparedEntry, prepareEntry } from "#server/index-entries/prepare-entry.ts";
import { ROWID_GAP } from "#server/index-entries/row-numbers.ts";
import { ReadDatabase } from "./database.ts";
import { ImportedEntries } from "./written/imported-entries.ts";

/** Everything is read once, in order. */
const CACHE_BYTES = 16 * 1024 * 1024;
const MAX_REDIRECTS = 10;

export type WholeAuthor = { key: string; workCount: number; document: string };
export type WholeRedirect = { key: string; target: string };

export class WholeCatalogue {
  readonly #entries: ImportedEntries;
  readonly #database: ReadDatabase;

  /** @throws {Error} when the file is missing, unfinished, no catalogue or of another version. */
  constructor(path: string) {
    this.#entries = new ImportedEntries(path);
    this.#database = new ReadDatabase(path, { cacheBytes: CACHE_BYTES, mapBytes: 0 });
  }

  get info() {
    return this.#entries.info;
  }

  /** Works, most popular first, from the nth on, counted from 0. */
  *works(first: number, count: number): Iterable<{ id: number; prepared: PreparedEntry }> {
    const end = Math.min(first + count, this.info.workCount);
    for (let place = first; place < end; place++) {
      const id = (place + 1) * ROWID_GAP;
      yield { id, prepared: prepareEntry(this.#entries.entry(id)) };
    }
  }

  *authors(): Iterable<WholeAuthor> {
    const sql =
      "SELECT number, work_count, document FROM author WHERE number > ? ORDER BY number LIMIT 1000";
    for (let last = 0; ; ) {
      const rows = this.#database.rows(sql, last);
      for (const [number, workCount, document] of rows) {
        yield { key: `OL${number}A`, workCount: Number(workCount), document: String(document) };
        last = Number(number);
      }
      if (rows.length === 0) {
        return;
      }
    }
  }

  /** Keys that lead to others, each with the last it leads to. */
  *redirects(): Iterable<WholeRedirect> {
    const sql = "SELECT source, target FROM redirect WHERE source > ? ORDER BY source LIMIT 1000";
    for (let last = ""; ; ) {
      const rows = this.#database.rows(sql, last);
      for (const [source, target] of rows) {
        last = String(source);
        yield { key: last, target: this.#endOf(String(target)) };
      }
      if (rows.length === 0) {
        return;
      }
    }
  }

  count(table: "author" | "redirect"): number {
    return Number(this.#database.row(`SELECT count(*) FROM ${table}`)?.[0] ?? 0);
  }

  close(): void {
    this.#entries.close();
    this.#database.close();
  }

  #endOf(key: string): string {
    let current = key;
    for (let step = 1; step < MAX_REDIRECTS && !this.#exists(current); step++) {
      const row = this.#database.row("SELECT target FROM redirect WHERE source = ?", current);
      if (row === undefined) {
        break;
      }
      current = String(row[0]);
    }
    return current;
  }

  /** A key that has a record of its own leads nowhere else. */
  #exists(key: string): boolean {
    const number = Number(/^OL([0-9]{1,15})A$/.exec(key)?.[1] ?? 0);
    return number === 0
      ? this.#entries.idOf(key) !== undefined
      : this.#database.row("SELECT 1 FROM author WHERE number = ?", number) !== undefined;
  }
}
