/**
 * Whether words stand together, which the index does not know: it has the columns of words, not their
 * places, and is half as large for it. The titles, names and series of a book tell.
 */
import type { IndexedBook } from "#server/catalog/ranking/indexed-book.ts";
import type { SearchRun } from "../search-run.ts";
import type { PlannedPhrase } from "../understand/plan-builder.ts";

/** The phrases that a book must have, and those that it must not. */
export type Phrases = { wanted: readonly PlannedPhrase[]; unwanted: readonly PlannedPhrase[] };

/** True if a book has every phrase wanted and none of the others. */
export function meets({ wanted, unwanted }: Phrases, book: IndexedBook): boolean {
  // One word alone stands together anywhere, in a subject, too.
  const has = ({ tokens, field }: PlannedPhrase) =>
    tokens.length === 1 || book.hasPhrase(tokens, field);
  return wanted.every(has) && !unwanted.some(has);
}

/** Those of some works that meet the phrases, in the same order. */
export async function idsMeeting(
  { index, effort }: SearchRun,
  phrases: Phrases,
  ids: readonly number[],
): Promise<number[]> {
  if (ids.length === 0 || phrases.wanted.length + phrases.unwanted.length === 0) {
    return [...ids];
  }
  const books = await index.books(ids, effort);
  return ids.filter((_, place) => {
    const book = books[place];
    return book !== undefined && meets(phrases, book);
  });
}
