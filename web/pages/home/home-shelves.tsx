import { useQuery } from "@connectrpc/connect-query";
import type { Book } from "#proto/bookfinder/v1/book_pb.ts";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import { FacetField, SearchOrder } from "#proto/bookfinder/v1/search_pb.ts";
import { Shelf } from "#web/books/shelf.tsx";
import { inSeriesOrder } from "#web/domain/book-facts.ts";
import { subjectText } from "#web/domain/subjects.ts";
import { searchPath } from "#web/paths.ts";
import { Failure } from "#web/rpc/failure.tsx";
import { seriesPath, withValue } from "#web/search/filters.ts";
import { emptySearch, formatSearch, type Search, toRequest } from "#web/search/search-params.ts";
import { preferredLanguages, useSettings } from "#web/settings/settings.ts";
import { useNear } from "#web/ui/use-near.ts";
import { BrowseLinks } from "./browse-links.tsx";
import styles from "./home-page.module.css";

/** A hundred years ago, to the decade, of the day the page is opened. */
const centuryAgo = Math.floor(new Date().getFullYear() / 10) * 10 - 100;

/** Headings that half of all books have. */
const tooWide = /^(fiction|non-?fiction|literature|general|open library.*|novels?)$/i;
const subjectShelves = 3;

/**
 * Shelves worth browsing. Which series and subjects there are depends on the catalogue, so the
 * largest ones are asked for along with the most read books.
 */
export function HomeShelves() {
  const settings = useSettings();
  const popular: Search = { ...emptySearch(), order: "popularity" };
  const { data, error, refetch, isFetching } = useQuery(BookService.method.searchBooks, {
    ...toRequest(popular, false, preferredLanguages(settings)),
    // Without words this is by popularity, too.
    order: SearchOrder.UNSPECIFIED,
    facets: [FacetField.SERIES, FacetField.SUBJECT, FacetField.LANGUAGE, FacetField.DECADE],
  });
  if (error !== null && data === undefined) {
    return <Failure error={error} onRetry={refetch} isRetrying={isFetching} />;
  }
  const values = (field: FacetField) =>
    data?.facets.find((facet) => facet.field === field)?.values ?? [];
  const [series] = values(FacetField.SERIES);
  const subjects = values(FacetField.SUBJECT)
    .filter(({ label }) => !tooWide.test(label))
    .slice(0, subjectShelves);
  return (
    <div className={styles["shelves"]}>
      <Shelf
        title="Most read"
        href={searchPath(formatSearch(popular))}
        books={data === undefined ? undefined : booksOf(data.results)}
      />
      <SearchShelf
        title="A hundred years ago"
        note={`First published ${centuryAgo} to ${centuryAgo + 9}`}
        search={{ ...popular, from: centuryAgo, to: centuryAgo + 9 }}
      />
      {series !== undefined && (
        <SearchShelf
          title={series.label}
          note="A series, in its order"
          search={withValue(popular, "series", series.value, "include")}
          series={series.label}
        />
      )}
      <SearchShelf
        title="Before the printing press"
        note="First written before 1450"
        search={{ ...popular, to: 1449 }}
      />
      {subjects.map((subject) => (
        <SearchShelf
          key={subject.value}
          title={subjectText(subject.label)}
          note="A subject"
          search={withValue(popular, "subject", subject.value, "include")}
        />
      ))}
      <BrowseLinks facets={data?.facets ?? []} />
    </div>
  );
}

type SearchShelfProps = {
  title: string;
  note: string;
  search: Search;
  /** Puts the books into the order of this series. */
  series?: string;
};

function SearchShelf({ title, note, search, series }: SearchShelfProps) {
  const settings = useSettings();
  const [place, isNear] = useNear<HTMLDivElement>();
  const { data, error } = useQuery(
    BookService.method.searchBooks,
    {
      ...toRequest(search, false, preferredLanguages(settings)),
      order: SearchOrder.POPULARITY,
      facets: [],
    },
    { enabled: isNear },
  );
  const found = data === undefined ? undefined : booksOf(data.results);
  // One shelf less is no reason to alarm; if the server is gone, the first shelf says so.
  if (error !== null && data === undefined) {
    return null;
  }
  const href = series === undefined ? searchPath(formatSearch(search)) : seriesPath(series);
  return (
    <div ref={place}>
      <Shelf
        title={title}
        note={note}
        href={href}
        books={found !== undefined && series !== undefined ? inSeriesOrder(found, series) : found}
      />
    </div>
  );
}

function booksOf(results: readonly { book?: Book | undefined }[]): Book[] {
  return results.flatMap(({ book }) => (book === undefined ? [] : [book]));
}
