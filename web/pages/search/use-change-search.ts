import { useCallback } from "react";
import { searchPath } from "#web/paths.ts";
import { useNavigation } from "#web/router/router.tsx";
import { formatSearch, parseSearch, type Search } from "#web/search/search-params.ts";

/**
 * Returns a function that changes the search, and shows the new one from its first page. What it changes
 * is the search of this moment: filters are drawn only when typing pauses, and must not take letters back.
 */
export function useChangeSearch(): (change: (search: Search) => Search) => void {
  const navigation = useNavigation();
  return useCallback(
    (change) => {
      const next = { ...change(parseSearch(navigation.place().search)), pages: 1 };
      navigation.navigate(searchPath(formatSearch(next)), { focusHeading: false });
    },
    [navigation],
  );
}
