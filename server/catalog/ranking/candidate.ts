import type { IndexedBook } from "./indexed-book.ts";

/** A book that may be meant, and what the index says of it beside its words. */
export type Candidate = {
  book: IndexedBook;
  /** Bit n: the index has word n of the query for it; if titles, names and series don't, topics do. */
  indexedWords: number;
  /** Words that are, together, a title of it by its title keys, whatever their spelling. */
  titleKeyRange: WordRange | undefined;
};

/** Words of a query from an index up to another one, which is not among them. */
export type WordRange = { start: number; end: number };
