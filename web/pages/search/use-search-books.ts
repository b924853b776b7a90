import { create } from "@bufbuild/protobuf";
import {
  callUnaryMethod,
  createInfiniteQueryOptions,
  useTransport,
} from "@connectrpc/connect-query";
import { type InfiniteData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import {
  type Count,
  CountSchema,
  type SearchBooksResponse,
} from "#proto/bookfinder/v1/search_pb.ts";
import { recoveryDelayMs } from "#web/rpc/query-client.ts";
import { endsInWord, formatSearch, type Search, toRequest } from "#web/search/search-params.ts";
import { preferredLanguages, useSettings } from "#web/settings/settings.ts";
import { type Answer, hasBooks, RecentAnswers } from "./recent-answers.ts";
import { TypingQueue } from "./typing-queue.ts";

/** How often a search that its deadline stopped before it found anything is asked again. */
const earlyStopsMax = 3;
const earlyStopPauseMs = 250;

/**
 * Between two keystrokes the server may answer with the few books at hand; who stops typing for so
 * long gets the others, too.
 */
const typingPauseMs = 300;
/** After this pause what is out of sight is drawn, too. */
const restMs = 200;
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
export function useSearchBooks(search: Search, isUnfinished: boolean) {
  const query = useSearchQuery(search, isUnfinished);
  const shown = useShownAnswer(search, isUnfinished, query.data, query.answers, query.scope);
  const { data, isFetching, isError, hasNextPage, fetchNextPage } = query;
  const pageCount = data?.pages.length ?? 0;
  const isShort = isUnfinished && (data?.pages[0]?.results.length ?? 0) < shortPage;
  const pagesShort = search.pages + (isShort ? 1 : 0) - pageCount;
  const mustFetch = pagesShort > 0 && hasNextPage && !isFetching && !isError && pageCount > 0;
  const pauseMs = isShort && pageCount === 1 ? typingPauseMs : 0;
  useEffect(() => {
    if (!mustFetch) {
      return;
    }
    // Pages hang on the token of the page before, so they can't be asked for at once.
    const timer = setTimeout(fetchNextPage, pauseMs);
    return () => clearTimeout(timer);
  }, [mustFetch, pauseMs, fetchNextPage]);
  const isAtRest = useHasPaused(search.query, isUnfinished, restMs);
  return { ...query, shown, isAtRest };
}

/** The query of a search; while its last word is being typed it shares the line with others. */
function useSearchQuery(search: Search, isUnfinished: boolean) {
  const settings = useSettings();
  const transport = useTransport();
  const client = useQueryClient();
  const [queue] = useState(() => new TypingQueue());
  const [answers] = useState(() => new RecentAnswers());
  const [, renderAgain] = useState(0);
  const typing = isUnfinished && endsInWord(search.query);
  const languages = preferredLanguages(settings);
  const scope = formatSearch({ ...search, query: "", pages: 1 }) + languages.join();
  const request = toRequest(search, typing, languages);
  const options = createInfiniteQueryOptions(BookService.method.searchBooks, request, {
    transport,
    pageParamKey: "pageToken",
    getNextPageParam: (last) => last.nextPageToken || undefined,
  });
  const { queryKey } = options;
  const keep = (pages: readonly SearchBooksResponse[]) => {
    answers.keep(scope, { search, pages });
    renderAgain((count) => count + 1);
  };
  const askInLine = () =>
    new Promise<SearchBooksResponse>((resolve, reject) => {
      queue.add({
        query: search.query,
        scope,
        start: (signal) => {
          const call = callUnaryMethod(transport, BookService.method.searchBooks, request, {
            signal,
          });
          call.then(resolve, reject);
          // A later search may be the current one: this answer then serves until that one's is there.
          return call.then((response) => keep([response]));
        },
        drop: () => {
          client.cancelQueries({ queryKey, exact: true }, { revert: true, silent: true });
        },
      });
    });
  const query = useInfiniteQuery({
    ...options,
    queryFn: (context) =>
      typing && context.pageParam === "" ? askInLine() : options.queryFn(context),
    refetchInterval: ({ state }) => {
      if (state.status === "error") {
        return recoveryDelayMs(state);
      }
      const stoppedEarly =
        state.dataUpdateCount <= earlyStopsMax && stoppedWithNothing(state.data?.pages[0]);
      return stoppedEarly && earlyStopPauseMs;
    },
  });
  return { ...query, answers, scope };
}

/** Chooses which answer to show; undefined before the first. */
function useShownAnswer(
  search: Search,
  isUnfinished: boolean,
  data: InfiniteData<SearchBooksResponse> | undefined,
  answers: RecentAnswers,
  scope: string,
): ShownAnswer | undefined {
  const hasPaused = useHasPaused(search.query, isUnfinished, nothingPauseMs);
  const own = useMemo(
    () => (data === undefined ? undefined : { search, pages: data.pages, isStale: false }),
    [search, data],
  );
  const [last, setLast] = useState<ShownAnswer>();
  const isNothing = own !== undefined && !hasBooks(own) && isUnfinished && !hasPaused;
  const earlier =
    own === undefined || isNothing ? answers.newestFor(scope, search.query) : undefined;
  const kept = earlier ?? last;
  const isWorthMore = own !== undefined && !(isNothing && kept !== undefined && hasBooks(kept));
  const isSameQuery = kept?.search.query.trim() === search.query.trim();
  const stale = useMemo(
    () => (kept === undefined ? undefined : { ...kept, isStale: !isSameQuery }),
    [kept, isSameQuery],
  );
  const shown = isWorthMore ? own : stale;
  // Rendering again with what is shown now; the next render finds nothing to remember.
  if (shown !== undefined && shown.pages !== last?.pages) {
    setLast(shown);
  }
  return shown;
}

/** False from each key on until typing has paused. */
function useHasPaused(query: string, isUnfinished: boolean, pauseMs: number): boolean {
  const [paused, setPaused] = useState<string>();
  useEffect(() => {
    if (!isUnfinished) {
      return;
    }
    const timer = setTimeout(() => setPaused(query), pauseMs);
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

/** A busy or just started server may stop early; then "nothing found" would be a lie. */
export function stoppedWithNothing(first: SearchBooksResponse | undefined): boolean {
  const notices = first?.interpretation?.notices ?? [];
  return first?.results.length === 0 && notices.some(({ reason }) => reason === "deadline");
}
