/**
 * Whether words stand together, which the index does not know: it has the columns of words, not their
 * places, and is half as large for it. The titles, names and series of a book tell.
 */
import type { IndexedBook } from "#server/catalog/ranking/indexed-book.ts";
import type { Books } from "#server/sqlite/read/books.ts";
import type { PlannedPhrase } from "../understand/plan.ts";

/** The phrases that a book must have, and those that it must not. */
export type Phrases = { wanted: readonly PlannedPhrase[]; unwanted: readonly PlannedPhrase[] };

/** True if a book has every phrase wanted and none of the others. */
export function meets({ wanted, unwanted }: Phrases, book: IndexedBook): boolean {
  const has = ({ tokens, field }: PlannedPhrase) => book.hasPhrase(tokens, field);
  return wanted.every(has) && !unwanted.some(has);
}

/** Those of some works that meet the phrases, in the same order. */
export function idsMeeting(books: Books, phrases: Phrases, ids: readonly number[]): number[] {
  if (phrases.wanted.length + phrases.unwanted.length === 0) return [...ids];
  return ids.filter((id) => {
    const book = books.read(id);
    return book !== undefined && meets(phrases, book);
  });
}
