/**
 * Which tokens a catalogue has at all, so that nobody is asked for what can't be there: most titles that
 * a query might be, most acronyms, most corrections. A Bloom filter in blocks of the size of a few
 * cache lines: a token is looked up in one row, 12 bits for each of them let one in 200 pass in vain.
 * (Putze, Sanders, Singler: Cache-, Hash- and Space-Efficient Bloom Filters, 2007.)
 */
import type { DatabaseSync } from "node:sqlite";
import { hash53 } from "#server/catalog/text/hash53.ts";
import { isLeaf, tokenOf } from "#server/index-entries/expression-tokens.ts";
import type { Expression } from "#server/search/expression.ts";
import type { ReadDatabase } from "#server/sqlite/database.ts";

const BITS_PER_TOKEN = 12;
const BLOCK_BITS = 4096;
/** Bits that each token sets. */
const BIT_COUNT = 7;

const TABLE = "known_token";

/** Writes the filter of all tokens of an attached catalogue file. */
export function writeKnownTokens(database: DatabaseSync, schema: string): void {
  database.exec(`
    CREATE VIRTUAL TABLE temp.all_tokens USING fts5vocab(${schema}, words, 'row');
    CREATE TABLE ${TABLE} (block INTEGER PRIMARY KEY, bits BLOB NOT NULL) STRICT;
  `);
  const row = database.prepare("SELECT count(*) AS count FROM temp.all_tokens").get();
  const tokenCount = Number(row?.["count"] ?? 0);
  const blockCount = Math.max(1, Math.ceil((tokenCount * BITS_PER_TOKEN) / BLOCK_BITS));
  const bits = new Uint8Array((blockCount * BLOCK_BITS) / 8);
  for (const { term } of database.prepare("SELECT term FROM temp.all_tokens").iterate()) {
    const { block, places } = placesOf(String(term), blockCount);
    for (const place of places) {
      const bit = block * BLOCK_BITS + place;
      bits[bit >> 3] = (bits[bit >> 3] ?? 0) | (1 << (bit & 7));
    }
  }
  const insert = database.prepare(`INSERT INTO ${TABLE} (block, bits) VALUES (?, ?)`);
  for (let block = 0; block < blockCount; block++) {
    const start = (block * BLOCK_BITS) / 8;
    insert.run(block, bits.subarray(start, start + BLOCK_BITS / 8));
  }
  database.exec("DROP TABLE temp.all_tokens");
}

export class KnownTokens {
  readonly #database: ReadDatabase;
  readonly #blockCount: number;

  constructor(database: ReadDatabase) {
    this.#database = database;
    this.#blockCount = Number(database.row(`SELECT count(*) FROM ${TABLE}`)?.[0] ?? 0);
  }

  /** False if no work has a token; true nearly always only if one has. */
  has(token: string): boolean {
    const { block, places } = placesOf(token, this.#blockCount);
    const bits = this.#database.row(`SELECT bits FROM ${TABLE} WHERE block = ?`, block)?.[0];
    if (!(bits instanceof Uint8Array)) {
      return true;
    }
    return places.every((place) => ((bits[place >> 3] ?? 0) & (1 << (place & 7))) !== 0);
  }

  /** An expression without what no work has; undefined if no work can match. */
  without(expression: Expression): Expression | undefined {
    switch (expression.kind) {
      case "everything":
      case "years":
        return expression;
      case "all": {
        const parts = expression.parts.map((part) => this.without(part));
        const known = parts.filter((part) => part !== undefined);
        return known.length < parts.length ? undefined : { ...expression, parts: known };
      }
      case "any": {
        const parts = expression.parts.flatMap((part) => this.without(part) ?? []);
        return parts.length === 0 ? undefined : { ...expression, parts };
      }
      case "except": {
        const wanted = this.without(expression.wanted);
        const unwanted = this.without(expression.unwanted);
        return wanted === undefined || unwanted === undefined
          ? wanted
          : { ...expression, wanted, unwanted };
      }
      case "inFields": {
        const part = this.without(expression.part);
        return part === undefined ? undefined : { ...expression, part };
      }
      default: {
        const token = isLeaf(expression) ? tokenOf(expression) : undefined;
        return token !== undefined && this.has(token) ? expression : undefined;
      }
    }
  }
}

/** The block of a token, and its bits there. */
function placesOf(token: string, blockCount: number): { block: number; places: number[] } {
  const hash = hash53(token);
  const block = Math.floor(hash / 2 ** 12) % blockCount;
  // Two hashes make as many as are wanted (Kirsch, Mitzenmacher 2006).
  const other = hash53(`${token} `);
  const first = other % BLOCK_BITS;
  const step = (Math.floor(other / BLOCK_BITS) % BLOCK_BITS) | 1;
  const places = Array.from(
    { length: BIT_COUNT },
    (_, index) => (first + index * step) % BLOCK_BITS,
  );
  return { block, places };
}
