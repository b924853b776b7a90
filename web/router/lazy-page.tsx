import { type ComponentType, lazy, useState } from "react";

/** A page in a file of its own, and a way to fetch it before it is needed. */
export type LazyPage<Props> = { Page: ComponentType<Props>; warm: () => Promise<void> };

const reloadKey = "bookfinder.reloaded";
/** A file that is missing again so soon won't come by loading a third time. */
const reloadPauseMs = 30_000;

/** Between two questions whether the server is back. */
const serverPauseMs = 2000;

/**
 * Without a connection or a server the file is waited for. Otherwise a deployment has replaced the page's
 * files: the new page has the file under another name, so the page is loaded again. The address says
 * everything that is lost by it.
 */
async function recover<T>(error: unknown, load: () => Promise<T>): Promise<T> {
  if (!navigator.onLine) {
    await new Promise((resolve) => window.addEventListener("online", resolve, { once: true }));
    return load().catch((again) => recover(again, load));
  }
  // Loading the page again would lose it to the browser's own page about servers that don't answer.
  if (!(await serverAnswers())) {
    await new Promise((resolve) => setTimeout(resolve, serverPauseMs));
    return load().catch((again) => recover(again, load));
  }
  const last = Number(sessionStorage.getItem(reloadKey) ?? 0);
  if (Date.now() - last < reloadPauseMs) {
    throw error;
  }
  sessionStorage.setItem(reloadKey, String(Date.now()));
  window.location.reload();
  return new Promise(() => undefined);
}

async function serverAnswers(): Promise<boolean> {
  return fetch("/robots.txt", { method: "HEAD", cache: "no-store" }).then(
    ({ ok }) => ok,
    () => false,
  );
}

/**
 * Like React's `lazy`, but once the file has been fetched the page renders in the same moment, without
 * a pass through the fallback: a cover can then travel to it.
 */
export function lazyPage<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): LazyPage<Props> {
  let fetched: ComponentType<Props> | undefined;
  const fetchPage = async () => {
    fetched = await load().catch((error) => recover(error, load));
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
      fetched = await load();
    },
  };
}
