import { lazy, type ReactNode } from "react";
import { NotFoundPage } from "./pages/missing/not-found-page.tsx";
import { SearchPage, warmHome } from "./pages/search/search-page.tsx";
import { aboutPath, authorKeyOf, bookKeyOf, partsPath, settingsPath } from "./paths.ts";
import { lazyPage } from "./router/lazy-page.tsx";

// What the first search doesn't need comes in files of its own.
const book = lazyPage(async () => (await import("./pages/book/book-page.tsx")).BookPage);
const author = lazyPage(async () => (await import("./pages/author/author-page.tsx")).AuthorPage);
const about = lazyPage(async () => (await import("./pages/about/about-page.tsx")).AboutPage);
const settings = lazyPage(
  async () => (await import("./pages/settings/settings-page.tsx")).SettingsPage,
);
const PartsPage = import.meta.env.DEV
  ? lazy(async () => ({ default: (await import("./pages/parts/parts-page.tsx")).PartsPage }))
  : undefined;

/** Fetches the other pages' files, so that opening a book never waits for code. */
export function warmPages(): void {
  // A failure here shows when the page is really wanted.
  Promise.all([warmHome(), book.warm(), author.warm(), about.warm(), settings.warm()]).catch(
    () => undefined,
  );
}

/** Fetches the file of a path's page, so that the first thing drawn is that page. */
export async function fetchPage(path: string, search: string): Promise<void> {
  if (path === "/" && search === "") {
    await warmHome();
  } else if (bookKeyOf(path) !== undefined) {
    await book.warm();
  } else if (authorKeyOf(path) !== undefined) {
    await author.warm();
  } else if (path === aboutPath) {
    await about.warm();
  } else if (path === settingsPath) {
    await settings.warm();
  }
}

/** The page of a path. */
export function pageOf(path: string): ReactNode {
  const bookKey = bookKeyOf(path);
  if (bookKey !== undefined) {
    return <book.Page name={`books/${bookKey}`} key={bookKey} />;
  }
  const authorKey = authorKeyOf(path);
  if (authorKey !== undefined) {
    return <author.Page name={`authors/${authorKey}`} key={authorKey} />;
  }
  if (path === "/") {
    return <SearchPage />;
  }
  if (path === aboutPath) {
    return <about.Page />;
  }
  if (path === settingsPath) {
    return <settings.Page />;
  }
  if (PartsPage !== undefined && path === partsPath) {
    return <PartsPage />;
  }
  return <NotFoundPage />;
}
