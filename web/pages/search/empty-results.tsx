import { searchPath } from "#web/paths.ts";
import { Link } from "#web/router/router.tsx";
import { emptySearch, formatSearch, hasFilter, type Search } from "#web/search/search-params.ts";
import { State } from "#web/ui/state.tsx";
import styles from "./empty-results.module.css";

/** Nothing was found: what to try instead, each a click away where it can be. */
export function EmptyResults({ search }: { search: Search }) {
  const withoutFilters = { ...emptySearch(), query: search.query, order: search.order };
  const words = search.query.trim().split(/\s+/u);
  return (
    <State
      title={
        search.query === "" ? "No book meets all of these filters." : "No book answers to that."
      }
    >
      <ul className={styles["tips"]}>
        {hasFilter(search) && (
          <li>
            <Link href={searchPath(formatSearch(withoutFilters))}>Search without filters</Link>
          </li>
        )}
        {search.verbatim && (
          <li>
            <Link href={searchPath(formatSearch({ ...search, verbatim: false }))}>
              Allow other spellings
            </Link>
          </li>
        )}
        {words.length > 2 && (
          <li>Leave out the word you are least sure of; two right ones are often enough.</li>
        )}
        <li>Try the author’s surname with one word of the title.</li>
        <li>The number under the bar code finds its edition, with or without hyphens.</li>
        <li>The title in another language works, too.</li>
      </ul>
    </State>
  );
}
