import { useCallback, useMemo, useSyncExternalStore } from "react";

/** Whether a media query holds; renders again when that changes, as when a tablet is turned. */
export function useMediaQuery(query: string): boolean {
  // Kept: making one at every drawing costs as much as a line of text.
  const list = useMemo(() => window.matchMedia(query), [query]);
  const subscribe = useCallback(
    (listener: () => void) => {
      list.addEventListener("change", listener);
      return () => list.removeEventListener("change", listener);
    },
    [list],
  );
  return useSyncExternalStore(subscribe, () => list.matches);
}
