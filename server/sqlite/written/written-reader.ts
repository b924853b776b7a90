import { ROWID_GAP } from "#server/index-entries/row-numbers.ts";
import type { SearchIndex } from "#server/search/index-port.ts";
import { ReadDatabase } from "../database.ts";
import { readMeta } from "../read/meta.ts";
import { Records } from "../read/records.ts";
import { SqliteIndex } from "../read/sqlite-index.ts";
import { type ImportedIndex, SegmentedIndex } from "./segmented-index.ts";
import { WrittenTerms } from "./written-terms.ts";
import { WrittenTokens } from "./written-tokens.ts";

/** Mostly it is mapped, to its end, where the lists of words stand: 100,000 edits take 170 MB. */
const CACHE_BYTES = 16 * 1024 * 1024;
const MAP_BYTES = 512 * 1024 * 1024;

/** Reads an imported index with what was written over it, for one request after the other. */
export class WrittenReader {
  readonly #database: ReadDatabase;
  readonly #imported: ImportedIndex;
  readonly #hidden = new Set<number>();
  readonly #shown = new Set<number>();
  readonly #tokens: WrittenTokens;
  #index: SearchIndex;
  #version = 0;

  constructor(path: string, imported: ImportedIndex) {
    this.#imported = imported;
    this.#index = imported;
    this.#database = new ReadDatabase(path, {
      cacheBytes: CACHE_BYTES,
      mapBytes: MAP_BYTES,
      isChanging: true,
    });
    this.#tokens = new WrittenTokens(this.#database);
  }

  /** The index as it is now: it stays so until `end`. */
  begin(): SearchIndex {
    this.#database.beginSnapshot();
    try {
      const row = this.#database.row("SELECT value FROM meta WHERE name = 'version'");
      const version = Number(row?.[0] ?? 0);
      if (version !== this.#version || !this.#tokens.isWhole) {
        this.#tokens.readOn();
      }
      if (version !== this.#version) {
        this.#refresh(version);
      }
    } catch (error) {
      this.#database.endSnapshot();
      throw error;
    }
    return this.#index;
  }

  end(): void {
    this.#database.endSnapshot();
  }

  close(): void {
    this.#database.close();
  }

  #refresh(version: number): void {
    const changes = this.#database.rows(
      "SELECT id, hides, shows FROM change WHERE version > ?",
      this.#version,
    );
    for (const [id, hides, shows] of changes) {
      mark(this.#hidden, Number(id), hides === 1);
      mark(this.#shown, Number(id), shows === 1);
    }
    this.#index = this.#indexNow();
    this.#version = version;
  }

  #indexNow(): SearchIndex {
    const imported = this.#imported;
    // Nothing is left of what was written: searches go on as if nothing ever was.
    if (this.#hidden.size === 0 && this.#shown.size === 0) {
      return imported;
    }
    const changes = readMeta(this.#database);
    const change = (name: string) => Number(changes.get(name) ?? 0);
    const info = {
      ...imported.info,
      workCount: imported.info.workCount + change("workCount"),
      editionCount: imported.info.editionCount + change("editionCount"),
    };
    const { count, averageLength } = imported.described;
    const describedCount = count + change("describedCount");
    const describedWords = count * averageLength + change("describedWords");
    const terms = new WrittenTerms(this.#database, this.#tokens);
    const [lastId = 0] = this.#database.numbers("SELECT max(id) FROM change");
    const records = new Records(this.#database);
    return new SegmentedIndex({
      info,
      described: {
        count: describedCount,
        averageLength: describedWords / Math.max(1, describedCount),
      },
      imported: imported.without(this.#hidden, info.workCount, terms),
      written: new SqliteIndex(this.#database, {
        passage: { workCount: this.#shown.size, lastId: lastId + ROWID_GAP, isFenced: false },
        workCount: info.workCount,
      }),
      ids: { hidden: this.#hidden, shown: this.#shown },
      authorChange: (key) => records.authorChange(key),
      tokens: this.#tokens,
    });
  }
}

function mark(ids: Set<number>, id: number, isIn: boolean): void {
  if (isIn) {
    ids.add(id);
  } else {
    ids.delete(id);
  }
}
