import type { IndexedBook } from "#server/catalog/ranking/indexed-book.ts";
import type { Lane } from "./index-port.ts";

/** Which works the lanes of one retrieval have returned because a title of theirs begins as asked. */
export class BegunTitles {
  readonly #ids = new Map<string, Set<number>>();

  /** True if a lane returns this work; over all lanes, at most `limit` works of the same letters. */
  admit(book: IndexedBook, { titleBegun }: Lane): boolean {
    if (titleBegun === undefined) {
      return true;
    }
    const { letters, limit } = titleBegun;
    const ids = this.#ids.get(letters) ?? new Set();
    this.#ids.set(letters, ids);
    if (ids.size < limit && book.hasTitleBegun(letters)) {
      ids.add(book.id);
    }
    return ids.has(book.id);
  }
}
