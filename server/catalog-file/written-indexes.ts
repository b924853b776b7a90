import type { Logger } from "pino";
import type { Edits } from "#server/edits/edits.ts";
import { ImportedEntries, type ImportedWorks } from "#server/sqlite/written/imported-entries.ts";
import { WrittenIndex } from "./written-index.ts";

const POLL_MS = 1000;

/**
 * The index of what was written over the catalogue that is served; while an import takes its place, that
 * over the new one as well, which is ready before anybody searches it.
 */
export class WrittenIndexes {
  readonly #edits: Edits;
  readonly #log: Logger;
  readonly #openImported: (cataloguePath: string) => ImportedWorks;
  readonly #polling: NodeJS.Timeout;
  #indexes: WrittenIndex[] = [];
  #hasFailed = false;

  /** @param openImported opens what was imported, by the file that stands for it. */
  constructor(
    edits: Edits,
    log: Logger,
    openImported: (cataloguePath: string) => ImportedWorks = (path) => new ImportedEntries(path),
  ) {
    this.#edits = edits;
    this.#log = log;
    this.#openImported = openImported;
    // What commands write in another process, and what could not be indexed.
    this.#polling = setInterval(() => void this.update(), POLL_MS).unref();
  }

  /** Gets the index over the catalogue at a path ready. Where that fails, edits are not searched. */
  async prepare(cataloguePath: string): Promise<void> {
    try {
      const index = new WrittenIndex(cataloguePath, this.#openImported(cataloguePath), this.#edits);
      this.#indexes.push(index);
      await index.catchUp();
    } catch (error) {
      this.#log.error({ err: error }, "What was written here can't be indexed for searches");
    }
  }

  /** The last write that is found in the catalogue that is served; undefined if none is indexed. */
  get generation(): number | undefined {
    return this.#indexes[0]?.generation;
  }

  /** Brings what was just written into searches. */
  async update(): Promise<void> {
    for (const index of this.#indexes) {
      try {
        await index.update();
        this.#hasFailed = false;
      } catch (error) {
        this.#note(error);
      }
    }
  }

  /** Brings the many books that were just written into searches, and answers others in between. */
  async catchUp(): Promise<void> {
    for (const index of this.#indexes.filter(({ isServed }) => isServed)) {
      try {
        await index.catchUp();
        this.#hasFailed = false;
      } catch (error) {
        this.#note(error);
      }
    }
  }

  #note(error: unknown): void {
    // The write itself is kept, and tried again.
    if (!this.#hasFailed) {
      this.#hasFailed = true;
      this.#log.error({ err: error }, "What was written isn't found by searches yet");
    }
  }

  /** Ends what belongs to earlier imports. */
  async retireOthers(): Promise<void> {
    const others = this.#indexes;
    const latest = others.pop();
    this.#indexes = latest === undefined ? [] : [latest];
    try {
      for (const index of others) {
        await index[Symbol.asyncDispose]();
      }
      latest?.removeOthers();
    } catch (error) {
      this.#log.warn({ err: error }, "Indexes of earlier imports can't be removed");
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#polling);
    const indexes = this.#indexes;
    this.#indexes = [];
    for (const index of indexes) {
      await index[Symbol.asyncDispose]();
    }
  }
}
