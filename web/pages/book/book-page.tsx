import { Code } from "@connectrpc/connect";
import { useQuery } from "@connectrpc/connect-query";
import { useEffect } from "react";
import type { Book } from "#proto/bookfinder/v1/book_pb.ts";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import { AuthorLinks } from "#web/books/author-links.tsx";
import { BookCover } from "#web/books/book-cover.tsx";
import { authorsText, bookLabel } from "#web/domain/book-facts.ts";
import { languageTag } from "#web/domain/languages.ts";
import { NotFoundPage } from "#web/pages/missing/not-found-page.tsx";
import { bookPath } from "#web/paths.ts";
import { useNavigation, usePlace } from "#web/router/router.tsx";
import { Failure } from "#web/rpc/failure.tsx";
import { PageHeading } from "#web/ui/page-heading.tsx";
import { BookFacts } from "./book-facts.tsx";
import styles from "./book-page.module.css";
import { BookSkeleton } from "./book-skeleton.tsx";
import { Editions } from "./editions.tsx";
import { MoreByAuthor, SeriesShelves, SimilarBooks } from "./neighbours.tsx";
import { OtherTitles } from "./other-titles.tsx";
import { Topics } from "./topics.tsx";

/** Everything about one book. `name` is "books/OL…W". */
export function BookPage({ name }: { name: string }) {
  const navigation = useNavigation();
  const { data, error, refetch, isFetching } = useQuery(BookService.method.getBook, { name });
  const book = data?.book;
  const currentName = book?.name;
  useEffect(() => {
    // The book was merged into another: the address follows.
    if (currentName !== undefined && currentName !== name) {
      navigation.navigate(bookPath(currentName), { replace: true });
    }
  }, [currentName, name, navigation]);

  if (error?.code === Code.NotFound) {
    return <NotFoundPage what="book" />;
  }
  if (book === undefined) {
    if (error === null) {
      return <BookSkeleton />;
    }
    return <Failure error={error} onRetry={refetch} isRetrying={isFetching} />;
  }
  return <BookView book={book} />;
}

function BookView({ book }: { book: Book }) {
  const { arrival, state } = usePlace();
  const authors = authorsText(book);
  return (
    <article className={styles["page"]} aria-labelledby="book-title">
      <div className={styles["side"]}>
        <div className={styles["cover"]}>
          <BookCover book={book} isLarge />
        </div>
      </div>
      <div className={styles["main"]}>
        <header className={styles["header"]}>
          <PageHeading
            id="book-title"
            className={styles["title"]}
            dir="auto"
            lang={languageTag(book.originalLanguage)}
            focusKey={arrival === "push" ? state.entry : undefined}
            documentTitle={`${bookLabel(book)} · BookFinder`}
          >
            {book.title}
          </PageHeading>
          {book.subtitle !== "" && (
            <p className={styles["subtitle"]} dir="auto">
              {book.subtitle}
            </p>
          )}
          <p className={styles["authors"]}>
            {authors === "" ? (
              "Author unknown"
            ) : (
              <AuthorLinks authors={book.authors} namesMax={20} />
            )}
          </p>
        </header>
        {book.description !== "" && (
          <p className={styles["description"]} dir="auto">
            {book.description}
          </p>
        )}
        <BookFacts book={book} />
        <Topics book={book} />
        <OtherTitles book={book} />
      </div>
      <div className={styles["wide"]}>
        <Editions book={book} />
        <SeriesShelves book={book} />
        <MoreByAuthor book={book} />
        <SimilarBooks book={book} />
      </div>
    </article>
  );
}
