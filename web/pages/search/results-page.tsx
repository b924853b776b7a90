import { useState } from "react";
import type { Count, SearchBooksResponse } from "#proto/bookfinder/v1/search_pb.ts";
import { booksText, numberText } from "#web/domain/counts.ts";
import { searchPath } from "#web/paths.ts";
import { useNavigation, usePlace } from "#web/router/router.tsx";
import { Failure } from "#web/rpc/failure.tsx";
import { Button } from "#web/ui/button.tsx";
import { PageHeading } from "#web/ui/page-heading.tsx";
import { ConditionChips } from "./condition-chips.tsx";
import { EmptyResults } from "./empty-results.tsx";
import { FacetsPanel } from "./facets-panel.tsx";
import { Interpretation } from "./interpretation.tsx";
import { Jumps } from "./jumps.tsx";
import { LiveCount } from "./live-count.tsx";
import { OrderSelect } from "./order-select.tsx";
import { ResultItem } from "./result-item.tsx";
import styles from "./results-page.module.css";
import { ResultsSkeleton } from "./results-skeleton.tsx";
import { formatSearch, pagesMax, type Search } from "./search-params.ts";
import { countSoFar, stoppedWithNothing, useSearchBooks } from "./use-search-books.ts";

type Props = { search: Search; isUnfinished: boolean };

/** What was found, how it was understood, and ways to narrow it. */
export function ResultsPage({ search, isUnfinished }: Props) {
  const { arrival, state } = usePlace();
  const query = useSearchBooks(search, isUnfinished);
  const { data, error, isPlaceholderData } = query;
  const first = data?.pages[0];
  const count = countSoFar(data?.pages ?? [], !query.hasNextPage);
  const focusKey = arrival === "push" && state.focusHeading ? state.entry : undefined;

  return (
    <div className={styles["page"]}>
      <div className={styles["list"]}>
        <div className={styles["head"]}>
          <PageHeading
            className={styles["heading"]}
            focusKey={focusKey}
            documentTitle={
              search.query === "" ? "Browse · BookFinder" : `${search.query} · BookFinder`
            }
          >
            {error !== null ? "No answer" : totalText(first, count)}
          </PageHeading>
          <Jumps search={search} />
          <OrderSelect search={search} />
        </div>
        <ConditionChips search={search} facets={first?.facets ?? []} />
        {error !== null ? (
          <Failure error={error} onRetry={() => query.refetch()} isRetrying={query.isFetching} />
        ) : first === undefined ? (
          <ResultsSkeleton />
        ) : (
          <Results search={search} query={query} first={first} isStale={isPlaceholderData} />
        )}
      </div>
      <FacetsPanel search={search} facets={first?.facets ?? []} />
      <LiveCount text={first === undefined || isPlaceholderData ? "" : booksText(count)} />
    </div>
  );
}

function totalText(first: SearchBooksResponse | undefined, count: Count): string {
  if (first === undefined || stoppedWithNothing(first)) return "Searching…";
  return count.value === 0 ? "Nothing found" : booksText(count);
}

type ResultsProps = {
  search: Search;
  query: ReturnType<typeof useSearchBooks>;
  first: SearchBooksResponse;
  isStale: boolean;
};

function Results({ search, query, first, isStale }: ResultsProps) {
  const results = query.data?.pages.flatMap((page) => page.results) ?? [];
  return (
    <>
      <Interpretation search={search} interpretation={first.interpretation} />
      {stoppedWithNothing(first) ? (
        <Button onClick={() => query.refetch()} disabled={query.isFetching}>
          Try again
        </Button>
      ) : results.length === 0 && !isStale ? (
        <EmptyResults search={search} />
      ) : (
        // biome-ignore lint/a11y/noRedundantRoles: Safari drops the role of lists without bullets.
        <ol className={styles["results"]} role="list" aria-busy={isStale} aria-label="Books found">
          {results.map((result) =>
            result.book === undefined ? null : (
              <ResultItem key={result.book.name} result={result} book={result.book} />
            ),
          )}
        </ol>
      )}
      <More search={search} query={query} shown={results.length} />
    </>
  );
}

function More({
  search,
  query,
  shown,
}: { shown: number } & Pick<ResultsProps, "search" | "query">) {
  const navigation = useNavigation();
  const { state } = usePlace();
  const [isAsked, setAsked] = useState(false);
  if (!query.hasNextPage || shown === 0) return null;
  if (search.pages >= pagesMax) {
    return (
      <p className={styles["end"]}>To see further, narrow the search by a word or a filter.</p>
    );
  }
  const showMore = () => {
    setAsked(true);
    navigation.navigate(searchPath(formatSearch({ ...search, pages: search.pages + 1 })), {
      replace: true,
      unfinished: state.unfinished,
    });
  };
  return (
    <div className={styles["more"]}>
      <Button onClick={showMore} disabled={query.isFetchingNextPage}>
        {query.isFetchingNextPage ? "Fetching more…" : "Show more"}
      </Button>
      <p role={isAsked ? "status" : undefined}>{numberText(shown)} shown</p>
    </div>
  );
}
