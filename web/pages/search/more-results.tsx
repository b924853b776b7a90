import { useState } from "react";
import { numberText } from "#web/domain/counts.ts";
import { searchPath } from "#web/paths.ts";
import { useNavigation, usePlace } from "#web/router/router.tsx";
import { resultAttribute } from "#web/search/landmarks.ts";
import { formatSearch, pagesMax, type Search } from "#web/search/search-params.ts";
import { Button } from "#web/ui/button.tsx";
import styles from "./results-page.module.css";
import type { ShownAnswer, useSearchBooks } from "./use-search-books.ts";

type Props = { search: Search; query: ReturnType<typeof useSearchBooks>; shown: ShownAnswer };

/** The way to the next page of results. */
export function MoreResults({ search, query, shown }: Props) {
  const navigation = useNavigation();
  const { state } = usePlace();
  const [isAsked, setAsked] = useState(false);
  const count = shown.pages.reduce((sum, { results }) => sum + results.length, 0);
  if (!query.hasNextPage || count === 0) {
    return null;
  }
  if (search.pages >= pagesMax) {
    return (
      <p className={styles["end"]}>To see further, narrow the search by a word or a filter.</p>
    );
  }
  const showMore = () => {
    setAsked(true);
    focusWhenThere(count);
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
      <p role={isAsked ? "status" : undefined}>{numberText(count)} shown</p>
    </div>
  );
}

/** After so long the reader has moved on. */
const watchMs = 8000;

/** Moves the focus to the first of the results that are being fetched, as soon as it stands there. */
function focusWhenThere(place: number): void {
  const from = document.activeElement;
  const observer = new MutationObserver(() => {
    const result = document.querySelectorAll<HTMLElement>(`[${resultAttribute}]`)[place];
    const hasMoved = ![from, document.body, null].includes(document.activeElement);
    if (result === undefined && !hasMoved) {
      return;
    }
    stop();
    if (!hasMoved) {
      result?.focus({ preventScroll: true });
    }
  });
  const timer = setTimeout(() => stop(), watchMs);
  const stop = () => {
    clearTimeout(timer);
    observer.disconnect();
  };
  observer.observe(document.body, { childList: true, subtree: true });
}
