import { memo, useCallback, useDeferredValue, useState } from "react";
import type { Count, SearchBooksResponse } from "#proto/bookfinder/v1/search_pb.ts";
import { booksText } from "#web/domain/counts.ts";
import { usePlace } from "#web/router/router.tsx";
import { Failure } from "#web/rpc/failure.tsx";
import type { Search } from "#web/search/search-params.ts";
import { Button } from "#web/ui/button.tsx";
import { PageHeading } from "#web/ui/page-heading.tsx";
import { useMediaQuery } from "#web/ui/use-media-query.ts";
import { ConditionChips } from "./condition-chips.tsx";
import { EmptyResults } from "./empty-results.tsx";
import { FacetsPanel } from "./facets-panel.tsx";
import { Interpretation } from "./interpretation.tsx";
import { LiveCount } from "./live-count.tsx";
import { MoreResults } from "./more-results.tsx";
import { OrderSelect } from "./order-select.tsx";
import { type ListProps, ResultList } from "./result-list.tsx";
import styles from "./results-page.module.css";
import { ResultsSkeleton } from "./results-skeleton.tsx";
import {
  countSoFar,
  type ShownAnswer,
  stoppedWithNothing,
  useSearchBooks,
} from "./use-search-books.ts";
import { ViewSelect } from "./view-select.tsx";

type Props = { search: Search; isUnfinished: boolean };

/**
 * What was found, how it was understood, and ways to narrow it. Renders at every key, so it is cheap;
 * what is expensive follows deferred, and the field never waits for it.
 */
export function ResultsPage({ search, isUnfinished }: Props) {
  const { arrival, state } = usePlace();
  const query = useSearchBooks(search, isUnfinished);
  const { error, refetch, isFetching } = query;
  const shown = useDeferredValue(query.shown);
  const deferredSearch = useDeferredValue(search);
  // A click on a filter shows at once; only typing must not wait for the filters.
  const filteredSearch = isUnfinished ? deferredSearch : search;
  const first = shown?.pages[0];
  const isInFull = useDeferredValue(query.isAtRest);
  const facets = useLastAtRest(first?.facets ?? noFacets, isInFull);
  const count = countSoFar(shown?.pages ?? [], !query.hasNextPage);
  const focusKey = arrival === "push" && state.focusHeading ? state.entry : undefined;
  const retry = useCallback(() => refetch(), [refetch]);
  const isStale = query.shown?.isStale ?? false;

  const isWide = useMediaQuery("(min-width: 62rem)");
  // Before the list in both places, so that Tab comes to it first.
  const panel = (
    <FacetsPanel
      search={filteredSearch}
      facets={facets}
      booksText={first === undefined ? "books" : booksText(count)}
      isWide={isWide}
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
              search.query === "" ? "Browse · BookFinder" : `${search.query} · BookFinder`
            }
          >
            {error !== null && first === undefined ? "No answer" : totalText(first, count)}
          </PageHeading>
          {!isWide && panel}
          <ViewSelect />
          <OrderSelect search={search} />
        </div>
        <ConditionChips search={filteredSearch} facets={facets} />
        {error !== null && (
          <Failure
            error={error}
            onRetry={retry}
            isRetrying={isFetching}
            isBesideContent={first !== undefined}
          />
        )}
        {shown !== undefined ? (
          <Results
            shown={shown}
            isStale={isStale && error === null}
            isInFull={isInFull}
            onRetry={retry}
          />
        ) : (
          error === null && <ResultsSkeleton />
        )}
        {shown !== undefined && <MoreResults search={search} query={query} shown={shown} />}
      </div>
      <LiveCount text={first === undefined || isStale ? "" : booksText(count)} />
    </div>
  );
}

const noFacets: SearchBooksResponse["facets"] = [];

function totalText(first: SearchBooksResponse | undefined, count: Count): string {
  if (first === undefined || stoppedWithNothing(first)) {
    return "Searching…";
  }
  return count.value === 0 ? "Nothing found" : booksText(count);
}

/** The value as it was when typing last paused: filters don't flicker at every key. */
function useLastAtRest<Value>(value: Value, isAtRest: boolean): Value {
  const [last, setLast] = useState(value);
  if (isAtRest && last !== value) {
    setLast(value);
  }
  return isAtRest ? value : last;
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
