import { useInfiniteQuery } from "@connectrpc/connect-query";
import type { Author } from "#proto/bookfinder/v1/author_pb.ts";
import type { Book } from "#proto/bookfinder/v1/book_pb.ts";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import { BookCover } from "#web/books/book-cover.tsx";
import { BookLink } from "#web/books/book-link.tsx";
import { keyOf } from "#web/domain/book-facts.ts";
import { dateText } from "#web/domain/dates.ts";
import { searchPath } from "#web/paths.ts";
import { Link } from "#web/router/router.tsx";
import { Failure } from "#web/rpc/failure.tsx";
import { withValue } from "#web/search/filters.ts";
import { emptySearch, formatSearch, toRequest } from "#web/search/search-params.ts";
import { preferredLanguages, useSettings } from "#web/settings/settings.ts";
import { Button } from "#web/ui/button.tsx";
import styles from "./author-page.module.css";

const pageSize = 40;

/** An author's books, the most read first. */
export function AuthorBooks({ author }: { author: Author }) {
  const settings = useSettings();
  const search = {
    ...withValue(emptySearch(), "author", keyOf(author.name), "include"),
    order: "popularity" as const,
  };
  const { data, error, refetch, isFetching, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useInfiniteQuery(
      BookService.method.searchBooks,
      { ...toRequest(search, false, preferredLanguages(settings)), pageSize, facets: [] },
      {
        pageParamKey: "pageToken",
        getNextPageParam: (last) => last.nextPageToken || undefined,
      },
    );
  const books = data?.pages
    .flatMap((page) => page.results)
    .flatMap(({ book }) => (book === undefined ? [] : [book]));
  const failure = error !== null && (
    <Failure
      error={error}
      onRetry={refetch}
      isRetrying={isFetching}
      isBesideContent={books !== undefined}
    />
  );
  return (
    <section aria-labelledby="books-title">
      <div className={styles["head"]}>
        <h2 id="books-title">Books, the most read first</h2>
        <Link href={searchPath(formatSearch(search))}>Filter and order</Link>
      </div>
      {failure}
      {/* biome-ignore lint/a11y/noRedundantRoles: Safari drops the role of lists without bullets. */}
      <ul role="list" className={styles["grid"]} aria-busy={books === undefined && error === null}>
        {books?.map((book) => (
          <GridBook key={book.name} book={book} />
        ))}
      </ul>
      {hasNextPage && (
        <div className={styles["more"]}>
          <Button onClick={() => fetchNextPage()} disabled={isFetchingNextPage}>
            {isFetchingNextPage ? "Fetching more…" : "Show more books"}
          </Button>
        </div>
      )}
    </section>
  );
}

function GridBook({ book }: { book: Book }) {
  const date = dateText(book.firstPublished);
  return (
    <li className={styles["book"]}>
      <BookLink book={book}>
        <BookCover book={book} />
        <span>
          <strong dir="auto">{book.title}</strong>
          {date !== "" && <small>{date}</small>}
        </span>
      </BookLink>
    </li>
  );
}
