import { useMemo } from "react";
import { usePlace } from "#web/router/router.tsx";
import { isEmpty, parseSearch } from "#web/search/search-params.ts";
import { HomePage } from "../home/home-page.tsx";
import { ResultsPage } from "./results-page.tsx";

/** The first page and, as soon as something is asked for, its results. */
export function SearchPage() {
  const { search: queryString, state } = usePlace();
  const search = useMemo(() => parseSearch(queryString), [queryString]);
  if (isEmpty(search)) return <HomePage />;
  return <ResultsPage search={search} isUnfinished={state.unfinished} />;
}
