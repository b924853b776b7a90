import { Suspense, useCallback, useDeferredValue, useEffect, useState } from "react";
import { aboutPath, settingsPath } from "#web/paths.ts";
import type { Place } from "#web/router/navigation.ts";
import { Link, usePlacePart } from "#web/router/router.tsx";
import { pageOf, warmPages } from "#web/routes.tsx";
import { isEmpty, parseSearch } from "#web/search/search-params.ts";
import { ErrorBoundary } from "./error-boundary.tsx";
import { KeyboardHelp } from "./keyboard-help.tsx";
import { SearchField } from "./search-field.tsx";
import styles from "./shell.module.css";
import { ThemeButton } from "./theme-button.tsx";
import { useShortcuts } from "./use-shortcuts.ts";
import { Wordmark } from "./wordmark.tsx";

/** What stands on every page: the name, the search field, ways to the rest. */
export function Shell() {
  // Not the whole place: what stands around the page needn't be drawn at every key.
  const path = usePlacePart(pathOf);
  const isFirst = usePlacePart(isFirstPage);
  const isTyping = usePlacePart(isUnfinished);
  const deferredFirst = useDeferredValue(isFirst);
  // Together with what stands below: that comes deferred when the field is emptied.
  const isHome = isTyping && isFirst ? deferredFirst : isFirst;
  const [isHelpOpen, setHelpOpen] = useState(false);
  useShortcuts(useCallback(() => setHelpOpen(true), []));
  useEffect(() => {
    // Not before the first search is possible; Safari has no requestIdleCallback.
    const timer = setTimeout(warmPages, 1200);
    return () => clearTimeout(timer);
  }, []);

  return (
    <>
      {/* biome-ignore lint/a11y/useValidAnchor: it leads to a place on this page, as a link should */}
      <a
        className={styles["skip"]}
        href="#main"
        onClick={(event) => {
          // A fragment in the address would be a history entry of its own.
          event.preventDefault();
          document.getElementById("main")?.focus();
        }}
      >
        Skip to content
      </a>
      <header className={styles["header"]} data-home={isHome || undefined}>
        <Link className={styles["wordmark"]} href="/" focusHeading={false}>
          <Wordmark />
        </Link>
        {isHome && (
          <>
            <title>BookFinder: find a book from whatever you remember</title>
            <h1 className={styles["motto"]}>Find the book, from whatever you remember of it.</h1>
          </>
        )}
        <div className={styles["search"]}>
          <SearchField isHome={isHome} />
        </div>
        <nav className={styles["nav"]} aria-label="Site">
          <Link href={aboutPath}>About</Link>
          <Link href={settingsPath}>Settings</Link>
          <ThemeButton />
        </nav>
      </header>
      <main id="main" className={styles["main"]} tabIndex={-1}>
        <ErrorBoundary key={path}>
          <Suspense
            fallback={<div className={styles["waiting"]} role="status" aria-label="Loading" />}
          >
            {pageOf(path)}
          </Suspense>
        </ErrorBoundary>
      </main>
      <footer className={styles["footer"]}>
        <p>
          Nothing you do here is tracked. <Link href={aboutPath}>Where the books are from</Link>
        </p>
        <button type="button" onClick={() => setHelpOpen(true)}>
          Keys <kbd>?</kbd>
        </button>
      </footer>
      {isHelpOpen && <KeyboardHelp onClose={() => setHelpOpen(false)} />}
    </>
  );
}

function pathOf({ path }: Place): string {
  return path;
}

function isUnfinished({ state }: Place): boolean {
  return state.unfinished;
}

function isFirstPage({ path, search }: Place): boolean {
  return path === "/" && isEmpty(parseSearch(search));
}
