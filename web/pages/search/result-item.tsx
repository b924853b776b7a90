import { memo } from "react";
import type { Book } from "#proto/bookfinder/v1/book_pb.ts";
import { Demotion } from "#proto/bookfinder/v1/book_pb.ts";
import type { SearchResult } from "#proto/bookfinder/v1/search_pb.ts";
import { AuthorLinks } from "#web/books/author-links.tsx";
import { BookCover } from "#web/books/book-cover.tsx";
import { BookLink } from "#web/books/book-link.tsx";
import { keyOf } from "#web/domain/book-facts.ts";
import { Highlight } from "#web/domain/highlight.tsx";
import { shorten } from "#web/domain/shorten.ts";
import { resultAttribute } from "#web/search/landmarks.ts";
import { preferredLanguages, useSettings } from "#web/settings/settings.ts";
import { Duplicates } from "./duplicates.tsx";
import { ResultFacts } from "./result-facts.tsx";
import styles from "./result-item.module.css";
import { Volumes } from "./volumes.tsx";
import { explain, type WhyLine } from "./why.ts";

type Props = {
  result: SearchResult;
  book: Book;
  /** The series whose books were asked for. */
  seriesTitle: string | undefined;
  /** It stands where it can be seen without scrolling. */
  isInSight: boolean;
};

/** One book found, with the reason why. */
export const ResultItem = memo(function ResultItem(props: Props) {
  const { result, book, seriesTitle, isInSight } = props;
  const settings = useSettings();
  const why = explain(result, book, preferredLanguages(settings));
  const key = keyOf(book.name);
  return (
    <li className={styles["item"]}>
      <BookLink book={book} tabIndex={-1} aria-hidden="true" className={styles["cover"]}>
        <BookCover
          book={book}
          coverId={result.edition?.coverId || book.coverId}
          isInSight={isInSight}
        />
      </BookLink>
      <article aria-labelledby={`result-${key}`} className={styles["text"]}>
        <h2 className={styles["title"]}>
          <BookLink book={book} id={`result-${key}`} {...{ [resultAttribute]: "" }} dir="auto">
            <Highlight text={book.title} spans={why.title} />
          </BookLink>
          {/* The space keeps the title's last word and the subtitle's first apart where they are read aloud or copied. */}
          {book.subtitle !== "" && " "}
          {book.subtitle !== "" && (
            <span className={styles["subtitle"]} dir="auto">
              <Highlight text={book.subtitle} spans={why.subtitle} />
            </span>
          )}
        </h2>
        {book.authors.length > 0 && (
          <p className={styles["authors"]}>
            <AuthorLinks
              authors={book.authors}
              show={(name) => <Highlight text={name} spans={why.authors.get(name) ?? []} />}
            />
          </p>
        )}
        <ResultFacts book={book} seriesTitle={seriesTitle} seriesSpans={why.series} />
        {why.lines.map((line) => (
          <Why key={line.label + line.text} line={line} />
        ))}
        <Snippet book={book} reason={why.description} />
        {book.demotion !== Demotion.UNSPECIFIED && (
          <p className={styles["demotion"]}>{demotions[book.demotion] ?? ""}</p>
        )}
        <Volumes volumes={result.volumes} shown={book} />
        <Duplicates books={result.duplicates} />
      </article>
    </li>
  );
});

const demotions: Readonly<Record<number, string>> = {
  [Demotion.REPRINT]: "A reprint on demand",
  [Demotion.SUMMARY]: "A summary or study guide",
  [Demotion.NOTEBOOK]: "A notebook",
};

function Why({ line }: { line: WhyLine }) {
  return (
    <p className={styles["why"]}>
      <span className={styles["label"]}>{line.label}</span>{" "}
      <bdi lang={line.lang}>
        <Highlight text={line.text} spans={line.spans} />
      </bdi>
    </p>
  );
}

/** Two lines hold no more; the rest would be laid out for nothing, and read out. */
const snippetLettersMax = 320;

/** A few lines of the description, around the match where that is the reason. */
function Snippet({ book, reason }: { book: Book; reason: WhyLine | undefined }) {
  if (book.description === "") {
    return null;
  }
  return (
    <p className={styles["snippet"]} dir="auto">
      {reason === undefined ? (
        shorten(book.description, snippetLettersMax)
      ) : (
        <Highlight text={reason.text} spans={reason.spans} />
      )}
    </p>
  );
}
