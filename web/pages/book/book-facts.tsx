import type { ReactNode } from "react";
import type { Book } from "#proto/bookfinder/v1/book_pb.ts";
import { seriesText } from "#web/domain/book-facts.ts";
import { numberText } from "#web/domain/counts.ts";
import { dateText } from "#web/domain/dates.ts";
import { languageName } from "#web/domain/languages.ts";
import { withValue } from "#web/pages/search/filters.ts";
import { emptySearch, formatSearch } from "#web/pages/search/search-params.ts";
import { searchPath } from "#web/paths.ts";
import { Link } from "#web/router/router.tsx";
import styles from "./book-page.module.css";

/** More languages than these are counted. */
const languagesShown = 6;

/** What the catalogue knows of a book, fact by fact; nothing for what it doesn't know. */
export function BookFacts({ book }: { book: Book }) {
  const facts = factsOf(book);
  if (facts.length === 0) return null;
  return (
    <dl className={styles["facts"]}>
      {facts.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

type Fact = { name: string; value: ReactNode };

function factsOf(book: Book): Fact[] {
  const facts: Fact[] = [];
  const add = (name: string, value: ReactNode) => facts.push({ name, value });
  const date = dateText(book.firstPublished);
  if (date !== "") add("First published", date);
  if (book.originalLanguage !== "") add("Written in", languageName(book.originalLanguage));
  for (const entry of book.series) {
    add(
      "Series",
      <Link href={seriesPath(entry.title)}>
        <bdi>{seriesText(entry)}</bdi>
      </Link>,
    );
  }
  if (book.languages.length > 0) add("Languages", languagesText(book.languages));
  if (book.editionCount > 0) add("Editions", numberText(book.editionCount));
  if (book.rating !== undefined) {
    const { average, count } = book.rating;
    add("Rating", `${average.toFixed(1)} of 5, by ${numberText(count)}`);
  }
  if (book.readerCount > 0) add("On shelves", `of ${numberText(book.readerCount)} readers`);
  if (book.isbn13 !== "") add("ISBN", book.isbn13);
  // Two series are two facts of one name; keys must differ.
  return facts.filter(
    (fact, index) => facts.findIndex((other) => other.name === fact.name) === index,
  );
}

function seriesPath(title: string): string {
  return searchPath(formatSearch(withValue(emptySearch(), "series", title, "include")));
}

function languagesText(codes: readonly string[]): string {
  const names = codes.slice(0, languagesShown).map(languageName).join(", ");
  const others = codes.length - languagesShown;
  return others > 0 ? `${names} and ${others} more` : names;
}
