import type { Logger } from "pino";
import type { Edits } from "#server/edits/edits.ts";
import { WrittenIndex } from "./written-index.ts";

/**
 * The index of what was written over the catalogue that is served; while an import takes its place, that
 * over the new one as well, which is ready before anybody searches it.
 */
export class WrittenIndexes {
  readonly #edits: Edits;
  readonly #log: Logger;
  #indexes: WrittenIndex[] = [];

  constructor(edits: Edits, log: Logger) {
    this.#edits = edits;
    this.#log = log;
  }

  /** Gets the index over the catalogue at a path ready. Where that fails, edits are not searched. */
  async prepare(cataloguePath: string): Promise<void> {
    try {
      const index = new WrittenIndex(cataloguePath, this.#edits);
      this.#indexes.push(index);
      await index.catchUp();
    } catch (error) {
      this.#log.error({ err: error }, "What was written here can't be indexed for searches");
    }
  }

  /** Brings what was just written into searches. */
  update(): void {
    for (const index of this.#indexes) {
      try {
        index.update();
      } catch (error) {
        // The write itself is kept: the next one indexes both, or the next start.
        this.#log.error({ err: error }, "A write isn't found by searches yet");
      }
    }
  }

  /** Ends what belongs to earlier imports. */
  retireOthers(): void {
    const latest = this.#indexes.pop();
    this[Symbol.dispose]();
    if (latest === undefined) return;
    this.#indexes = [latest];
    try {
      latest.removeOthers();
    } catch (error) {
      this.#log.warn({ err: error }, "Indexes of earlier imports can't be removed");
    }
  }

  [Symbol.dispose](): void {
    for (const index of this.#indexes) index[Symbol.dispose]();
    this.#indexes = [];
  }
}
