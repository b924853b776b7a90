import { useQuery } from "@connectrpc/connect-query";
import type { Book } from "#proto/bookfinder/v1/book_pb.ts";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import { BookField, SearchOrder } from "#proto/bookfinder/v1/search_pb.ts";
import { Shelf } from "#web/books/shelf.tsx";
import { inSeriesOrder, keyOf } from "#web/domain/book-facts.ts";
import { authorPath } from "#web/paths.ts";
import { seriesPath, withValue } from "#web/search/filters.ts";
import { emptySearch, toRequest } from "#web/search/search-params.ts";
import { preferredLanguages, useSettings } from "#web/settings/settings.ts";

/** A series longer than this is shown by its most read books. */
const seriesBooksMax = 60;
/** A book of many series belongs to none really. */
const seriesMax = 2;

/** The other books of the series, in its order. */
export function SeriesShelves({ book }: { book: Book }) {
  return book.series
    .slice(0, seriesMax)
    .map(({ title }) => <SeriesShelf key={title} book={book} title={title} />);
}

function SeriesShelf({ book, title }: { book: Book; title: string }) {
  const settings = useSettings();
  const search = withValue(emptySearch(), "series", title, "include");
  const { data, error } = useQuery(BookService.method.searchBooks, {
    ...toRequest(search, false, preferredLanguages(settings)),
    order: SearchOrder.POPULARITY,
    pageSize: seriesBooksMax,
    facets: [],
  });
  const found = data?.results.flatMap((result) => (result.book === undefined ? [] : [result.book]));
  const books = found === undefined ? undefined : inSeriesOrder(found, title);
  if (error !== null || (books !== undefined && books.length < 2)) {
    return null;
  }
  return (
    <Shelf
      title={title}
      note="The series, in order"
      href={seriesPath(title)}
      books={books}
      currentName={book.name}
    />
  );
}

/** The best known other books of the main author. */
export function MoreByAuthor({ book }: { book: Book }) {
  const settings = useSettings();
  const [author] = book.authors;
  const key = keyOf(author?.author ?? "");
  const search = withValue(emptySearch(), "author", key, "include");
  const { data, error } = useQuery(
    BookService.method.searchBooks,
    {
      ...toRequest(search, false, preferredLanguages(settings)),
      order: SearchOrder.POPULARITY,
      facets: [],
    },
    { enabled: key !== "" },
  );
  if (author === undefined || key === "" || error !== null) {
    return null;
  }
  const books = data?.results.flatMap(({ book: other }) =>
    other === undefined || other.name === book.name ? [] : [other],
  );
  return (
    <Shelf title={`More by ${author.displayName}`} href={authorPath(author.author)} books={books} />
  );
}

/** So many similar books are asked for that some are left beside those of the other shelves. */
const similarMax = 40;
/** The rows of the series and the author show the books that share these. */
const shownAbove: ReadonlySet<BookField> = new Set([BookField.SERIES, BookField.AUTHOR]);

/** Books of other authors with the same rare subjects, people, places or times. */
export function SimilarBooks({ book }: { book: Book }) {
  const { data, error } = useQuery(BookService.method.listSimilarBooks, {
    parent: book.name,
    pageSize: similarMax,
  });
  if (error !== null) {
    return null;
  }
  const books = data?.similarBooks.flatMap(({ book: similar, reasons }) =>
    similar === undefined || reasons.some(({ field }) => shownAbove.has(field)) ? [] : [similar],
  );
  return <Shelf title="Similar books" note="With the same subjects" books={books} />;
}
