import type { Work } from "#server/catalog/records.ts";
import { decodeAuthor, decodeWork } from "#server/index-entries/documents.ts";
import { identifierToken } from "#server/index-entries/entry-keys.ts";
import { EditionRow, StoredEditions } from "#server/index-entries/stored-editions.ts";
import type { AuthorRecord, BookRecord } from "#server/search/index-port.ts";
import type { ReadDatabase } from "../database.ts";

/** Merged keys may lead to merged keys; a chain longer than this is a cycle. */
const MAX_REDIRECTS = 10;

/** Works of results that are remembered, those shown last; see Books. */
const MAX_SHOWN = 12_288;

/** Of a work's editions only the first row: the others are large. */
type CachedRecord = { work: Work; firstEditions: EditionRow };

/** Reads whole records by id or key. */
export class Records {
  #database: ReadDatabase;
  #shown = new Map<number, CachedRecord>();

  constructor(database: ReadDatabase) {
    this.#database = database;
  }

  work(id: number): Work {
    const row = this.#database.row("SELECT document FROM work WHERE id = ?", id);
    if (row === undefined) {
      throw missing(id);
    }
    return decodeWork(String(row[0]));
  }

  editions(id: number): StoredEditions {
    return new StoredEditions(this.#editionRow(id, 0), (row) => this.#editionRow(id, row));
  }

  /**
   * What a result shows; the work may be of other results, too, and is not to be changed. While
   * somebody types, most results were those of the letter before.
   */
  shown(id: number): BookRecord {
    const { work, firstEditions } = this.#remembered(id);
    const editions = new StoredEditions(firstEditions, (row) => this.#editionRow(id, row));
    return { id, work, editions };
  }

  #remembered(id: number): CachedRecord {
    const known = this.#shown.get(id) ?? this.#readShown(id);
    this.#shown.delete(id);
    this.#shown.set(id, known);
    const [oldest] = this.#shown.keys();
    if (this.#shown.size > MAX_SHOWN && oldest !== undefined) {
      this.#shown.delete(oldest);
    }
    return known;
  }

  #readShown(id: number): CachedRecord {
    const row = this.#database.row(
      "SELECT document, documents FROM work LEFT JOIN edition USING (id) WHERE work.id = ?",
      id,
    );
    if (row === undefined) {
      throw missing(id);
    }
    const work = decodeWork(String(row[0]));
    const firstEditions = new EditionRow(String(row[1] ?? ""));
    return { work, firstEditions };
  }

  #editionRow(id: number, row: number): EditionRow {
    const found = this.#database.row("SELECT documents FROM edition WHERE id = ?", id + row);
    return new EditionRow(String(found?.[0] ?? ""));
  }

  /** Ids of works that have an identifier, most popular first. */
  workIds(type: string, text: string): number[] {
    const token = identifierToken(type, text);
    if (token === "") {
      return [];
    }
    return this.#database.numbers(
      "SELECT rowid FROM identifiers WHERE identifiers MATCH ? LIMIT 20",
      `"${token}"`,
    );
  }

  /** How many works of an author more, or fewer, there are than were imported. */
  authorChange(key: string): number {
    const number = Number(/^OL([0-9]{1,15})A$/.exec(key)?.[1] ?? 0);
    const row = this.#database.row("SELECT work_count FROM author WHERE number = ?", number);
    return Number(row?.[0] ?? 0);
  }

  /** Id of the work of a key, following redirects. */
  workId(key: string): number | undefined {
    let current = key;
    for (let step = 0; step < MAX_REDIRECTS; step++) {
      const [id] = this.workIds("", current);
      if (id !== undefined) {
        return id;
      }
      const target = this.#redirect(current);
      if (target === undefined) {
        return undefined;
      }
      current = target;
    }
    return undefined;
  }

  author(key: string): AuthorRecord | undefined {
    let current = key;
    for (let step = 0; step < MAX_REDIRECTS; step++) {
      const number = Number(/^OL([0-9]{1,15})A$/.exec(current)?.[1] ?? 0);
      const row = this.#database.row(
        "SELECT document, work_count FROM author WHERE number = ?",
        number,
      );
      if (row !== undefined) {
        return { ...decodeAuthor(current, String(row[0])), workCount: Number(row[1]) };
      }
      const target = this.#redirect(current);
      if (target === undefined) {
        return undefined;
      }
      current = target;
    }
    return undefined;
  }

  #redirect(key: string): string | undefined {
    const row = this.#database.row("SELECT target FROM redirect WHERE source = ?", key);
    return row === undefined ? undefined : String(row[0]);
  }
}

function missing(id: number): Error {
  return new Error(`the index names work ${id}, which is not stored`);
}
