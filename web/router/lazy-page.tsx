import { type ComponentType, lazy, useState } from "react";

/** A page in a file of its own, and a way to fetch it before it is needed. */
export type LazyPage<Props> = { Page: ComponentType<Props>; warm: () => Promise<void> };

/**
 * Like React's `lazy`, but once the file has been fetched the page renders in the same moment, without
 * a pass through the fallback: a cover can then travel to it.
 */
export function lazyPage<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): LazyPage<Props> {
  let fetched: ComponentType<Props> | undefined;
  const fetchPage = async () => {
    fetched = await load();
    return { default: fetched };
  };
  const Waiting = lazy(fetchPage);
  function Page(props: Props) {
    // Decided once per visit: changing the component would build the page twice.
    const [Known] = useState(() => fetched);
    return Known === undefined ? <Waiting {...props} /> : <Known {...props} />;
  }
  return {
    Page,
    warm: async () => {
      await fetchPage();
    },
  };
}
