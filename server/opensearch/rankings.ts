/** What the ranking function and orders read of works, kept parsed as long as it may be asked for again. */
import { IndexedBook, parseAuthor, parseTitle } from "#server/catalog/ranking/indexed-book.ts";
import { authorOrderKey, titleOrderKey } from "#server/catalog/shelf-order.ts";
import type { PreparedEntry } from "#server/index-entries/prepare-entry.ts";
import { ROWID_GAP } from "#server/index-entries/row-numbers.ts";
import type { Effort } from "#server/search/effort.ts";
import type { SortKeys } from "#server/search/index-port.ts";
import type { Hit, Searcher } from "./searcher.ts";

/** As many as SQLite's: some hundred megabytes where most have many titles. */
const PLACES = 32_768;
/** Works that are read in one search. */
const BATCH = 10_000;

type RankingRow = PreparedEntry["ranking"];
type Ranking = { text: string; row: RankingRow; book: IndexedBook };

export function encodeRanking(row: RankingRow): string {
  return Buffer.from(JSON.stringify(row)).toString("base64");
}

/** True if a hit came with this ranking. OpenSearch wants base64 with its padding, and returns it without. */
export function hasRanking({ ranking }: Hit, row: RankingRow): boolean {
  return ranking === encodeRanking(row).replace(/=+$/, "");
}

export class Rankings {
  readonly #searcher: Searcher;
  readonly #known: (Ranking | undefined)[] = new Array(PLACES).fill(undefined);

  constructor(searcher: Searcher) {
    this.#searcher = searcher;
  }

  /** The book of a hit that came with its ranking. */
  bookOf({ id, ranking }: Hit): IndexedBook | undefined {
    return ranking === undefined ? undefined : this.#parse(id, ranking).book;
  }

  /** Rankings of works, read in one round trip unless all are known; those of unknown ids are missing. */
  async read(ids: readonly number[], effort: Effort): Promise<Map<number, Ranking>> {
    const found = new Map<number, Ranking>();
    const missing: number[] = [];
    for (const id of ids) {
      const known = this.#known[placeOf(id)];
      if (known?.book.id === id) {
        found.set(id, known);
      } else {
        missing.push(id);
      }
    }
    const searches = [];
    for (let start = 0; start < missing.length; start += BATCH) {
      const some = missing.slice(start, start + BATCH);
      const query = { terms: { position: some } };
      searches.push({ query, limit: some.length, withRanking: true });
    }
    for (const hits of await this.#searcher.run(searches, effort)) {
      for (const { id, ranking } of hits) {
        if (ranking !== undefined) {
          found.set(id, this.#parse(id, ranking));
        }
      }
    }
    return found;
  }

  #parse(id: number, text: string): Ranking {
    const place = placeOf(id);
    const known = this.#known[place];
    if (known?.book.id === id && known.text === text) {
      return known;
    }
    // Written by encodeRanking; the index's format is checked when it is opened.
    const row = JSON.parse(Buffer.from(text, "base64").toString()) as RankingRow;
    const [titles, authors, series, , popularity, , demotion, duplicate] = row;
    const demoted = demotion !== 0;
    const book = new IndexedBook({ id, titles, authors, series, popularity, demoted, duplicate });
    const ranking = { text, row, book };
    this.#known[place] = ranking;
    return ranking;
  }
}

function placeOf(id: number): number {
  return Math.floor(id / ROWID_GAP) % PLACES;
}

/** What orders other than relevance compare. */
export function sortKeysOf({ row, book }: Ranking): SortKeys {
  const [titles, authors, , year, , rating, , duplicateGroup, , articles, start, end] = row;
  return {
    id: book.id,
    duplicateGroup,
    year,
    rating,
    title: titleOrderKey(parseTitle(firstLine(titles)).words, articles),
    author: authorOrderKey(parseAuthor(firstLine(authors)).forms[0] ?? "", { start, end }),
  };
}

/** How many different words the description has. */
export function describedLengthOf({ row }: Ranking): number {
  return row[8];
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}
