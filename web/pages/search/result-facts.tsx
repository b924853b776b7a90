import { Fragment, type ReactNode } from "react";
import type { Book } from "#proto/bookfinder/v1/book_pb.ts";
import { seriesText } from "#web/domain/book-facts.ts";
import { countOf, numberText } from "#web/domain/counts.ts";
import { dateText } from "#web/domain/dates.ts";
import { Highlight, type Span } from "#web/domain/highlight.tsx";
import { languageName } from "#web/domain/languages.ts";
import { VisuallyHidden } from "#web/ui/visually-hidden.tsx";
import styles from "./result-item.module.css";

type Props = {
  book: Book;
  /** Of several series, this one is shown: its books were asked for. */
  seriesTitle: string | undefined;
  /** What matched in the series. */
  seriesSpans: readonly Span[];
};

/** Year, series, languages, editions and rating in one line; only what is known. */
export function ResultFacts({ book, seriesTitle, seriesSpans }: Props) {
  const series = book.series.find(({ title }) => title === seriesTitle) ?? book.series[0];
  const date = dateText(book.firstPublished);
  const facts: { name: string; value: ReactNode }[] = [];
  if (date !== "") {
    facts.push({ name: "First published", value: date });
  }
  if (series !== undefined) {
    facts.push({
      name: "Series",
      value: (
        <bdi>
          <Highlight text={seriesText(series)} spans={seriesSpans} />
        </bdi>
      ),
    });
  }
  if (book.languages.length > 0) {
    facts.push({ name: "Languages", value: languagesText(book.languages) });
  }
  if (book.editionCount > 0) {
    facts.push({ name: "Editions", value: countOf(book.editionCount, "edition") });
  }
  if (book.rating !== undefined) {
    facts.push({
      name: "Rating",
      // In one piece: a star at the end of a line rates nothing.
      value: `★\u00a0${book.rating.average.toFixed(1)}\u00a0(${numberText(book.rating.count)})`,
    });
  }
  return (
    <p className={styles["facts"]} data-facts>
      {facts.map((fact) => (
        <Fragment key={fact.name}>
          <span>
            <VisuallyHidden>{fact.name}: </VisuallyHidden>
            {fact.value}
          </span>{" "}
        </Fragment>
      ))}
    </p>
  );
}

/** "English, German and 12 more" */
function languagesText(codes: readonly string[]): string {
  const names = codes.slice(0, 2).map(languageName).join(", ");
  const others = codes.length - 2;
  return others > 0 ? `${names} + ${others}` : names;
}
