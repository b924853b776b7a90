import { useDeferredValue } from "react";
import type { SearchBooksResponse, SearchResult } from "#proto/bookfinder/v1/search_pb.ts";
import { seriesPlace } from "#web/domain/book-facts.ts";
import type { Search } from "#web/search/search-params.ts";
import { useSettings } from "#web/settings/settings.ts";
import { useMediaQuery } from "#web/ui/use-media-query.ts";
import { ResultItem } from "./result-item.tsx";
import styles from "./result-list.module.css";

/** As many as a window shows without scrolling; the others are drawn after them. */
const inSight = { narrow: 4, wide: 7 } as const;

export type ListProps = {
  pages: readonly SearchBooksResponse[];
  /** What was searched. */
  search: Search;
  /** The list of an earlier search, while the next is under way. */
  isStale: boolean;
  /** False while somebody types: what is out of sight then isn't drawn. */
  isInFull: boolean;
};

/** The books found, those in sight first. */
export function ResultList({ pages, search, isStale, isInFull }: ListProps) {
  const { view } = useSettings();
  const results = inOrder(
    pages.flatMap((page) => page.results),
    search,
  );
  const isNarrow = useMediaQuery("(max-width: 39.99rem)");
  const seenCount = isNarrow ? inSight.narrow : inSight.wide;
  const drawn = useDeferredValue(isInFull ? pages : noPages, noPages);
  return (
    <ol
      className={styles[view]}
      // biome-ignore lint/a11y/noRedundantRoles: Safari drops the role of lists without bullets.
      role="list"
      aria-busy={isStale}
      aria-label="Books found"
      // Whose list this is: tests and bench/typing tell lists of successive keys apart by it.
      data-query={search.query}
    >
      {(drawn === pages ? results : results.slice(0, seenCount)).map((result, place) =>
        item(result, search.filter.series.anyOf[0], place < seenCount),
      )}
    </ol>
  );
}

const noPages: readonly SearchBooksResponse[] = [];

/** In the order in which they came, or by their places in the series that was asked for. */
function inOrder(results: SearchResult[], search: Search): SearchResult[] {
  const [series] = search.filter.series.anyOf;
  if (search.order !== "series" || series === undefined) {
    return results;
  }
  const place = ({ book }: SearchResult) => (book === undefined ? 0 : seriesPlace(book, series));
  return results.toSorted((one, other) => place(one) - place(other));
}

function item(result: SearchResult, seriesTitle: string | undefined, isInSight: boolean) {
  const { book } = result;
  if (book === undefined) {
    return null;
  }
  const shown = { result, book, seriesTitle, isInSight };
  return <ResultItem key={book.name} {...shown} />;
}
