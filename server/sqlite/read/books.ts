import { IndexedBook } from "#server/catalog/ranking/indexed-book.ts";
import { ROWID_GAP } from "#server/index-entries/row-numbers.ts";
import type { ReadDatabase } from "../database.ts";

/** Books that are remembered: with Records' some hundred megabytes where most have many titles. */
const PLACES = 32_768;

/**
 * Books as the ranking function reads them. Those of the letter typed before are candidates again, and
 * so are the most read ones: they are kept parsed, each in one place, where a newer one takes over.
 * Ids go by popularity, so that the most read ones never share a place.
 */
export class Books {
  #database: ReadDatabase;
  #known: (IndexedBook | undefined)[] = new Array(PLACES).fill(undefined);

  constructor(database: ReadDatabase) {
    this.#database = database;
  }

  /** The book of an id; undefined if there is none. It is of other searches, too: not to be changed. */
  read(id: number): IndexedBook | undefined {
    const place = Math.floor(id / ROWID_GAP) % PLACES;
    const known = this.#known[place];
    if (known?.id === id) {
      return known;
    }
    const row = this.#database.row(
      "SELECT titles, authors, series, popularity, demotion, duplicate FROM ranking WHERE id = ?",
      id,
    );
    if (row === undefined) {
      return undefined;
    }
    const [titles, authors, series, popularity, demotion, duplicate] = row;
    const book = new IndexedBook({
      id,
      titles: String(titles),
      authors: String(authors),
      series: String(series),
      popularity: Number(popularity),
      demoted: Number(demotion) !== 0,
      duplicate: Number(duplicate),
    });
    this.#known[place] = book;
    return book;
  }
}
