import { callUnaryMethod, useTransport } from "@connectrpc/connect-query";
import { useDeferredValue, useEffect, useMemo, useState } from "react";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import { lazyPage } from "#web/router/lazy-page.tsx";
import type { Place } from "#web/router/navigation.ts";
import { usePlace } from "#web/router/router.tsx";
import { nextTask } from "#web/rpc/next-task.ts";
import { isEmpty, parseSearch } from "#web/search/search-params.ts";
import { preferredLanguages, useSettings } from "#web/settings/settings.ts";
import { ResultsPage } from "./results-page.tsx";
import { questionOf, TypedSearches } from "./typed-searches.ts";

// A link to a search needs none of the first page.
const home = lazyPage(async () => (await import("../home/home-page.tsx")).HomePage);

/** Fetches the first page's file. */
export async function warmHome(): Promise<void> {
  await home.warm();
}

/**
 * The first page and, as soon as something is asked for, its results. Each key is asked at once; what
 * it draws before there is an answer is next to nothing, so that the field never waits.
 */
export function SearchPage() {
  const place = usePlace();
  const typed = useTypedSearches(place);
  const deferred = useDeferredValue(place);
  // Whoever empties the field goes on typing sooner than the whole first page is drawn.
  const isEmptied = place.state.unfinished && isEmpty(parseSearch(place.search));
  const current = isEmptied ? deferred : place;
  const search = useMemo(() => parseSearch(current.search), [current.search]);
  if (isEmpty(search)) {
    return <home.Page />;
  }
  return <ResultsPage search={search} place={current} typed={typed} />;
}

/** Asks at every key. */
function useTypedSearches(place: Place): TypedSearches {
  const transport = useTransport();
  const languages = preferredLanguages(useSettings());
  const [typed] = useState(
    () =>
      new TypedSearches((request, signal) =>
        callUnaryMethod(transport, BookService.method.searchBooks, request, { signal }),
      ),
  );
  useEffect(() => {
    const search = parseSearch(place.search);
    const isTyped = place.state.unfinished && ["push", "replace"].includes(place.arrival);
    if (isTyped && !isEmpty(search)) {
      // The frame that shows the letter comes first.
      nextTask().then(() => typed.ask(questionOf(search, true, languages)));
    }
  }, [typed, place, languages]);
  return typed;
}
