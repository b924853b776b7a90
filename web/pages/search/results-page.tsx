import { memo } from "react";
import type { Count, SearchBooksResponse } from "#proto/bookfinder/v1/search_pb.ts";
import type { Place } from "#web/router/navigation.ts";
import { Failure } from "#web/rpc/failure.tsx";
import type { Search } from "#web/search/search-params.ts";
import { Button } from "#web/ui/button.tsx";
import { PageHeading } from "#web/ui/page-heading.tsx";
import { useMediaQuery } from "#web/ui/use-media-query.ts";
import { ConditionChips } from "./condition-chips.tsx";
import { EmptyResults } from "./empty-results.tsx";
import { FacetsColumn, FacetsSheet } from "./facets-panel.tsx";
import { Interpretation } from "./interpretation.tsx";
import { LiveCount } from "./live-count.tsx";
import { MoreResults } from "./more-results.tsx";
import { hasSeriesPlaces, OrderSelect } from "./order-select.tsx";
import { type ListProps, ResultList } from "./result-list.tsx";
import styles from "./results-page.module.css";
import { ResultsSkeleton } from "./results-skeleton.tsx";
import type { TypedSearches } from "./typed-searches.ts";
import { useLastAtRest } from "./use-last-at-rest.ts";
import {
  countSoFar,
  foundText,
  type ShownAnswer,
  stoppedWithNothing,
  useSearchBooks,
} from "./use-search-books.ts";
import { ViewSelect } from "./view-select.tsx";

type Props = {
  search: Search;
  /** Where the search stands. */
  place: Place;
  typed: TypedSearches;
};

/**
 * What was found, how it was understood, and ways to narrow it. While somebody types, only what an answer
 * changes is drawn: the list in sight and the count. What stands around them follows when typing pauses.
 */
export const ResultsPage = memo(function ResultsPage({ search, place, typed }: Props) {
  const { arrival, state } = place;
  const query = useSearchBooks(search, state.unfinished, typed);
  const { error, refetch, isFetching, isAtRest, hasNextPage } = query;
  const { shown } = query;
  const first = shown?.pages[0];
  const restedSearch = useLastAtRest(search, isAtRest);
  const facets = useLastAtRest(first?.facets ?? noFacets, isAtRest);
  const count = countSoFar(shown?.pages ?? [], !hasNextPage);
  const focusKey = arrival === "push" && state.focusHeading ? state.entry : undefined;
  const isStale = shown?.isStale ?? false;

  const isWide = useMediaQuery("(min-width: 62rem)");
  // Before the list in both places, so that Tab comes to it first.
  const panel = isWide ? (
    <FacetsColumn search={restedSearch} facets={facets} />
  ) : (
    <FacetsSheet
      search={restedSearch}
      facets={facets}
      booksText={first === undefined ? "books" : foundText(first, count)}
    />
  );

  return (
    <div className={styles["page"]}>
      {isWide && panel}
      <div className={styles["list"]}>
        <div className={styles["head"]}>
          <PageHeading
            className={styles["heading"]}
            focusKey={focusKey}
            documentTitle={
              restedSearch.query === ""
                ? "Browse · BookFinder"
                : `${restedSearch.query} · BookFinder`
            }
          >
            {error !== null && first === undefined ? "No answer" : totalText(first, count)}
          </PageHeading>
          {!isWide && panel}
          <ViewSelect />
          <OrderSelect order={search.order} hasPlace={hasSeriesPlaces(search)} />
        </div>
        <ConditionChips search={search} facets={facets} />
        {error !== null && (
          <Failure
            error={error}
            onRetry={refetch}
            isRetrying={isFetching}
            isBesideContent={first !== undefined}
          />
        )}
        {shown !== undefined ? (
          <Results
            shown={shown}
            isStale={isStale && error === null}
            isInFull={isAtRest}
            onRetry={refetch}
          />
        ) : (
          error === null && <ResultsSkeleton />
        )}
        {first !== undefined && hasNextPage && (
          <MoreResults
            search={search}
            isUnfinished={state.unfinished}
            shownCount={shown?.pages.reduce((sum, { results }) => sum + results.length, 0) ?? 0}
            isFetching={query.isFetchingNextPage}
          />
        )}
      </div>
      <LiveCount text={first === undefined || isStale ? "" : foundText(first, count)} />
    </div>
  );
});

const noFacets: SearchBooksResponse["facets"] = [];

function totalText(first: SearchBooksResponse | undefined, count: Count): string {
  if (first === undefined || stoppedWithNothing(first)) {
    return "Searching…";
  }
  return count.value === 0 ? "Nothing found" : foundText(first, count);
}

type ResultsProps = Pick<ListProps, "isStale" | "isInFull"> & {
  shown: ShownAnswer;
  onRetry: () => unknown;
};

const Results = memo(function Results({ shown, isStale, isInFull, onRetry }: ResultsProps) {
  const { search, pages } = shown;
  const [first] = pages;
  if (first === undefined) {
    return null;
  }
  return (
    <>
      <Interpretation search={search} interpretation={first.interpretation} />
      {stoppedWithNothing(first) ? (
        <Button onClick={onRetry}>Try again</Button>
      ) : first.results.length === 0 && pages.length === 1 ? (
        <EmptyResults search={search} />
      ) : (
        <ResultList pages={pages} search={search} isStale={isStale} isInFull={isInFull} />
      )}
    </>
  );
});
