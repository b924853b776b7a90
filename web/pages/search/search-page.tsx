import { useMemo } from "react";
import { lazyPage } from "#web/router/lazy-page.tsx";
import { usePlace } from "#web/router/router.tsx";
import { isEmpty, parseSearch } from "#web/search/search-params.ts";
import { ResultsPage } from "./results-page.tsx";

// A link to a search needs none of the first page.
const home = lazyPage(async () => (await import("../home/home-page.tsx")).HomePage);

/** Fetches the first page's file. */
export async function warmHome(): Promise<void> {
  await home.warm();
}

/** The first page and, as soon as something is asked for, its results. */
export function SearchPage() {
  const { search: queryString, state } = usePlace();
  const search = useMemo(() => parseSearch(queryString), [queryString]);
  if (isEmpty(search)) {
    return <home.Page />;
  }
  return <ResultsPage search={search} isUnfinished={state.unfinished} />;
}
