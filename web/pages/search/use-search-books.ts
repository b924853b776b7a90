import { create } from "@bufbuild/protobuf";
import { createInfiniteQueryOptions, useTransport } from "@connectrpc/connect-query";
import { type InfiniteData, useInfiniteQuery } from "@tanstack/react-query";
import { startTransition, useEffect, useMemo, useRef, useState } from "react";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import {
  type Count,
  CountSchema,
  type SearchBooksResponse,
} from "#proto/bookfinder/v1/search_pb.ts";
import { booksText, numberText } from "#web/domain/counts.ts";
import { recoveryDelayMs } from "#web/rpc/query-client.ts";
import { formatSearch, type Search } from "#web/search/search-params.ts";
import { preferredLanguages, useSettings } from "#web/settings/settings.ts";
import { type Answer, hasBooks } from "./recent-answers.ts";
import { type Question, questionOf, type TypedSearches } from "./typed-searches.ts";
import { useLastAtRest } from "./use-last-at-rest.ts";

/** How often a search that its deadline stopped before it found anything is asked again. */
const earlyStopsMax = 3;
const earlyStopPauseMs = 250;

/** Typing has paused: the page's query is asked, and what is out of sight or beside the list is drawn. */
const restMs = 200;
/**
 * Between two keystrokes the server may answer with the few books at hand; who rests for so long gets
 * the others, too.
 */
const shortPagePauseMs = 100;
const shortPage = 10;
/** After this pause "nothing found" is said; before, the next letter may well find something. */
const nothingPauseMs = 700;

/** What the page shows: an answer, which may be of an earlier search while the next is under way. */
export type ShownAnswer = Answer & { isStale: boolean };

/**
 * The results of a search, page by page. While somebody types, the newest answer to something that
 * begins what is typed is shown; otherwise the last list stays until the next one is there. After a
 * reload or Back, as many pages are fetched as the address says were shown.
 */
export function useSearchBooks(search: Search, isUnfinished: boolean, typed: TypedSearches) {
  const isAtRest = useHasPaused(search.query, isUnfinished, restMs);
  const question = useQuestion(search, isUnfinished);
  const asked = useQuestion(useLastAtRest(search, isAtRest), useLastAtRest(isUnfinished, isAtRest));
  const query = useSearchQuery(asked, typed);
  const { data, isFetching, isError, hasNextPage, fetchNextPage, isFetchingNextPage } = query;
  const shown = useShownAnswer(
    question,
    asked.key === question.key ? data : undefined,
    typed,
    isAtRest,
  );
  const pageCount = data?.pages.length ?? 0;
  const isShort = isUnfinished && (data?.pages[0]?.results.length ?? 0) < shortPage;
  const pagesShort = search.pages + (isShort ? 1 : 0) - pageCount;
  const canFetch = isAtRest && hasNextPage && !isFetching && !isError;
  const mustFetch = canFetch && pagesShort > 0 && pageCount > 0;
  const pauseMs = isShort && pageCount === 1 ? shortPagePauseMs : 0;
  useEffect(() => {
    if (!mustFetch) {
      return;
    }
    // Pages hang on the token of the page before, so they can't be asked for at once.
    const timer = setTimeout(fetchNextPage, pauseMs);
    return () => clearTimeout(timer);
  }, [mustFetch, pauseMs, fetchNextPage]);
  return {
    shown,
    isAtRest,
    isFetching,
    isFetchingNextPage,
    error: query.error,
    refetch: query.refetch,
    /** More pages follow those shown. */
    hasNextPage: hasNextPage && shown?.pages === data?.pages,
  };
}

function useQuestion(search: Search, isUnfinished: boolean): Question {
  const languages = preferredLanguages(useSettings());
  return useMemo(
    () => questionOf(search, isUnfinished, languages),
    [search, isUnfinished, languages],
  );
}

/** The page's query, which asks only while nobody types. */
function useSearchQuery(asked: Question, typed: TypedSearches) {
  const transport = useTransport();
  const options = useMemo(
    () =>
      createInfiniteQueryOptions(BookService.method.searchBooks, asked.request, {
        transport,
        pageParamKey: "pageToken",
        getNextPageParam: (last) => last.nextPageToken || undefined,
      }),
    [asked.request, transport],
  );
  const query = useInfiniteQuery({
    ...options,
    queryFn: (context) =>
      context.pageParam === "" ? typed.answerTo(asked, context.signal) : options.queryFn(context),
    refetchInterval: ({ state }) => {
      if (state.status === "error") {
        return recoveryDelayMs(state);
      }
      const stoppedEarly =
        state.dataUpdateCount <= earlyStopsMax && stoppedWithNothing(state.data?.pages[0]);
      return stoppedEarly && earlyStopPauseMs;
    },
  });
  const { data } = query;
  useEffect(() => {
    if (data !== undefined) {
      typed.answers.keep(asked.scope, { search: asked.search, pages: data.pages });
    }
  }, [typed, asked, data]);
  return query;
}

/** Chooses which answer to show; undefined before the first. */
function useShownAnswer(
  { search, scope, isUnfinished }: Question,
  data: InfiniteData<SearchBooksResponse> | undefined,
  typed: TypedSearches,
  isAtRest: boolean,
): ShownAnswer | undefined {
  const { answers } = typed;
  const { query } = search;
  const hasPaused = useHasPaused(query, isUnfinished, nothingPauseMs);
  const [, setNewest] = useState<Answer>();
  useEffect(
    () =>
      // Not in a transition: on a slow processor the keys would interrupt it again and again, and no
      // list would ever be there. The same answer as before draws nothing.
      typed.subscribe(() => setNewest(answers.newestFor(scope, query))),
    [typed, answers, scope, query],
  );
  const last = useRef<Answer>(undefined);
  const fetched = useMemo(() => data && { search, pages: data.pages }, [search, data]);
  const own = fetched ?? (isUnfinished ? answers.answerTo(scope, query) : undefined);
  const kept = answers.newestFor(scope, query) ?? last.current;
  const isNothing = own !== undefined && !hasBooks(own) && isUnfinished && !hasPaused;
  const isOwnShown = own !== undefined && !(isNothing && kept !== undefined && hasBooks(kept));
  const shown = isOwnShown ? own : kept;
  useEffect(() => {
    last.current = shown;
  }, [shown]);
  // While somebody types, a list of other letters is nothing to wait for: the next is never far.
  const isStale = shown !== undefined && isAtRest && subjectOf(shown.search) !== subjectOf(search);
  return useMemo(() => shown && { ...shown, isStale }, [shown, isStale]);
}

/** Searches with the same are answered by the same books. */
function subjectOf(search: Search): string {
  return formatSearch({ ...search, query: search.query.trim(), pages: 1 });
}

/** False from each key on until typing has paused. */
function useHasPaused(query: string, isUnfinished: boolean, pauseMs: number): boolean {
  const [paused, setPaused] = useState<string>();
  useEffect(() => {
    if (!isUnfinished) {
      return;
    }
    const timer = setTimeout(() => startTransition(() => setPaused(query)), pauseMs);
    return () => clearTimeout(timer);
  }, [query, isUnfinished, pauseMs]);
  return !isUnfinished || paused === query;
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

/** "15 books"; of more than an order takes, the most read: "4,998 most read books". */
export function foundText(first: SearchBooksResponse | undefined, count: Count): string {
  const notices = first?.interpretation?.notices ?? [];
  const isCut = notices.some(({ reason }) => reason === "ordered_within");
  return isCut ? `${numberText(count.value)} most read books` : booksText(count);
}

/** A busy or just started server may stop early; then "nothing found" would be a lie. */
export function stoppedWithNothing(first: SearchBooksResponse | undefined): boolean {
  const notices = first?.interpretation?.notices ?? [];
  return first?.results.length === 0 && notices.some(({ reason }) => reason === "deadline");
}
