import { memo, useState } from "react";
import { numberText } from "#web/domain/counts.ts";
import { searchPath } from "#web/paths.ts";
import { useNavigation } from "#web/router/router.tsx";
import { resultAttribute } from "#web/search/landmarks.ts";
import { formatSearch, pagesMax, type Search } from "#web/search/search-params.ts";
import { Button } from "#web/ui/button.tsx";
import styles from "./results-page.module.css";

type Props = {
  search: Search;
  isUnfinished: boolean;
  /** How many books stand above. */
  shownCount: number;
  isFetching: boolean;
};

/** The way to the next page of results. */
export const MoreResults = memo(function MoreResults(props: Props) {
  const { search, isUnfinished, shownCount, isFetching } = props;
  const navigation = useNavigation();
  const [isAsked, setAsked] = useState(false);
  if (shownCount === 0) {
    return null;
  }
  if (search.pages >= pagesMax) {
    return (
      <p className={styles["end"]}>To see further, narrow the search by a word or a filter.</p>
    );
  }
  const showMore = () => {
    setAsked(true);
    focusWhenThere(shownCount);
    navigation.navigate(searchPath(formatSearch({ ...search, pages: search.pages + 1 })), {
      replace: true,
      unfinished: isUnfinished,
    });
  };
  return (
    <div className={styles["more"]}>
      <Button onClick={showMore} disabled={isFetching}>
        {isFetching ? "Fetching more…" : "Show more"}
      </Button>
      <p role={isAsked ? "status" : undefined}>{numberText(shownCount)} shown</p>
    </div>
  );
});

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
