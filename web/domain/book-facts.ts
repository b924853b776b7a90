import type { CoverBook } from "#covers/cover.ts";
import type { Book, SeriesEntry } from "#proto/bookfinder/v1/book_pb.ts";

/** "books/OL27448W" → "OL27448W" */
export function keyOf(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}

/** "J. R. R. Tolkien", "Neil Gaiman & Terry Pratchett", "Ann Leckie and others"; empty if unknown. */
export function authorsText(book: Book): string {
  const [first, second, ...others] = book.authors.map((author) => author.displayName);
  if (first === undefined) {
    return "";
  }
  if (second === undefined) {
    return first;
  }
  return others.length === 0 ? `${first} & ${second}` : `${first} and others`;
}

/** "Discworld 8" */
export function seriesText(entry: SeriesEntry): string {
  return entry.position === "" ? entry.title : `${entry.title} ${entry.position}`;
}

/** "The Hobbit, by J. R. R. Tolkien": what a cover says to those who can't see it. */
export function bookLabel(book: Book): string {
  const authors = authorsText(book);
  return authors === "" ? book.title : `${book.title}, by ${authors}`;
}

/** What the book's cover is drawn from. */
export function coverBook(book: Book): CoverBook {
  const [series] = book.series;
  return {
    key: keyOf(book.name),
    title: book.title,
    author: authorsText(book),
    series: series?.title ?? "",
    position: series?.position ?? "",
    year: book.firstPublished?.year ?? 0,
    subjects: book.subjects,
  };
}

/**
 * Books by their place in a series: single volumes, then what collects several ("1-3"), then what has no
 * number, earlier years first.
 */
export function inSeriesOrder(books: readonly Book[], title: string): Book[] {
  return books.toSorted((one, other) => seriesPlace(one, title) - seriesPlace(other, title));
}

/** Where a book stands in a series, for sorting. */
export function seriesPlace(book: Book, title: string): number {
  const entry = book.series.find((series) => series.title === title);
  const text = entry?.position ?? "";
  const position = Number.parseFloat(text);
  if (Number.isNaN(position)) {
    return unnumbered + (book.firstPublished?.year ?? 0);
  }
  return collectsSeveral.test(text) ? collected + position : position;
}

/** Beyond the number of any volume, and of any collection. */
const collected = 1e6;
const unnumbered = 2e6;
const collectsSeveral = /^\s*[\d.]+\s*[-–—,&]\s*\d/;
