import type { DatabaseSync, StatementSync } from "node:sqlite";
import { hash53 } from "#server/catalog/text/hash53.ts";

/** Most works that are written have words of those before. */
const REMEMBERED = 100_000;

/** Writes the tokens that written-tokens.ts reads. */
export class TokenWriter {
  readonly #insert: StatementSync;
  /** Hashes that are in already. */
  readonly #known = new Set<number>();

  constructor(database: DatabaseSync) {
    this.#insert = database.prepare("INSERT OR IGNORE INTO token (hash) VALUES (?)");
  }

  add(token: string): void {
    const hash = hash53(token);
    if (this.#known.has(hash)) {
      return;
    }
    if (this.#known.size >= REMEMBERED) {
      this.#known.clear();
    }
    this.#known.add(hash);
    this.#insert.run(hash);
  }

  /** To be called when a transaction was taken back. */
  forget(): void {
    this.#known.clear();
  }
}
