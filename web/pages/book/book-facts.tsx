import { Fragment, type ReactNode } from "react";
import type { Book } from "#proto/bookfinder/v1/book_pb.ts";
import { seriesText } from "#web/domain/book-facts.ts";
import { countOf, numberText } from "#web/domain/counts.ts";
import { dateText } from "#web/domain/dates.ts";
import { languageName } from "#web/domain/languages.ts";
import { Link } from "#web/router/router.tsx";
import { seriesPath } from "#web/search/filters.ts";
import styles from "./book-page.module.css";

/** More languages than these are counted. */
const languagesShown = 6;

/** What the catalogue knows of a book, fact by fact; nothing for what it doesn't know. */
export function BookFacts({ book }: { book: Book }) {
  const facts = factsOf(book);
  if (facts.length === 0) {
    return null;
  }
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
  if (date !== "") {
    add("First published", date);
  }
  if (book.originalLanguage !== "") {
    add("Written in", languageName(book.originalLanguage));
  }
  if (book.series.length > 0) {
    add("Series", <SeriesLinks series={book.series} />);
  }
  if (book.languages.length > 0) {
    add("Languages", languagesText(book.languages));
  }
  if (book.editionCount > 0) {
    add("Editions", numberText(book.editionCount));
  }
  if (book.rating !== undefined) {
    const { average, count } = book.rating;
    add("Rating", `${average.toFixed(1)} of 5, by ${numberText(count)}`);
  }
  if (book.readerCount > 0) {
    add("Kept by", countOf(book.readerCount, "reader"));
  }
  if (book.isbn13 !== "") {
    add("ISBN", book.isbn13);
  }
  return facts;
}

function SeriesLinks({ series }: Pick<Book, "series">) {
  return series.map((entry, index) => (
    <Fragment key={entry.title}>
      {index > 0 && ", "}
      <Link href={seriesPath(entry.title)}>
        <bdi>{seriesText(entry)}</bdi>
      </Link>
    </Fragment>
  ));
}

function languagesText(codes: readonly string[]): string {
  const names = codes.slice(0, languagesShown).map(languageName).join(", ");
  const others = codes.length - languagesShown;
  return others > 0 ? `${names} and ${others} more` : names;
}
