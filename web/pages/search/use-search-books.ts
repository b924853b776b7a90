import { create } from "@bufbuild/protobuf";
import { useInfiniteQuery } from "@connectrpc/connect-query";
import { keepPreviousData } from "@tanstack/react-query";
import { useEffect } from "react";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import {
  type Count,
  CountSchema,
  type SearchBooksResponse,
} from "#proto/bookfinder/v1/search_pb.ts";
import { preferredLanguages, useSettings } from "#web/settings/settings.ts";
import { type Search, toRequest } from "./search-params.ts";

/** How often a search that its deadline stopped before it found anything is asked again. */
const earlyStopsMax = 3;
const earlyStopPauseMs = 250;

/**
 * Between two keystrokes the server may answer with the few books at hand; who stops typing for so
 * long gets the others, too.
 */
const typingPauseMs = 300;
const shortPage = 10;

/**
 * The results of a search, page by page. While the next search is under way the last one's stay; a
 * request that has become stale is cancelled. After a reload or Back, as many pages are fetched as
 * the address says were shown.
 */
export function useSearchBooks(search: Search, isUnfinished: boolean) {
  const settings = useSettings();
  const query = useInfiniteQuery(
    BookService.method.searchBooks,
    toRequest(search, isUnfinished, preferredLanguages(settings)),
    {
      pageParamKey: "pageToken",
      getNextPageParam: (last) => last.nextPageToken || undefined,
      placeholderData: keepPreviousData,
      refetchInterval: ({ state }) =>
        state.dataUpdateCount <= earlyStopsMax && stoppedWithNothing(state.data?.pages[0])
          ? earlyStopPauseMs
          : false,
    },
  );
  const { data, isPlaceholderData, isFetching, isError, hasNextPage, fetchNextPage } = query;
  const pageCount = data?.pages.length ?? 0;
  const isShort = isUnfinished && (data?.pages[0]?.results.length ?? 0) < shortPage;
  const pagesShort = search.pages + (isShort ? 1 : 0) - pageCount;
  const mustFetch = pagesShort > 0 && hasNextPage && !isFetching && !isError && !isPlaceholderData;
  const pauseMs = isShort && pageCount === 1 ? typingPauseMs : 0;
  useEffect(() => {
    if (!mustFetch) return;
    // Pages hang on the token of the page before, so they can't be asked for at once.
    const timer = setTimeout(fetchNextPage, pauseMs);
    return () => clearTimeout(timer);
  }, [mustFetch, pauseMs, fetchNextPage]);
  return query;
}

/** How many books there are, by all pages so far. */
export function countSoFar(pages: readonly SearchBooksResponse[], isComplete: boolean): Count {
  const shown = pages.reduce((sum, { results }) => sum + results.length, 0);
  const total = pages[0]?.total;
  const value = Math.max(total?.value ?? 0, shown);
  return create(CountSchema, {
    value,
    lowerBound: (total?.lowerBound ?? false) && !(isComplete && shown === value),
  });
}

/** A busy or just started server may stop early; then "nothing found" would be a lie. */
export function stoppedWithNothing(first: SearchBooksResponse | undefined): boolean {
  const notices = first?.interpretation?.notices ?? [];
  return first?.results.length === 0 && notices.some(({ reason }) => reason === "deadline");
}
