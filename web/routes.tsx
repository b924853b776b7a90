import { lazy, type ReactNode } from "react";
import { NotFoundPage } from "./pages/missing/not-found-page.tsx";
import { SearchPage } from "./pages/search/search-page.tsx";
import { aboutPath, authorKeyOf, bookKeyOf, partsPath } from "./paths.ts";

/** Pages that the first search doesn't need come in files of their own, fetched when idle. */
const loadBookPage = () => import("./pages/book/book-page.tsx");
const loadAuthorPage = () => import("./pages/author/author-page.tsx");
const loadAboutPage = () => import("./pages/about/about-page.tsx");

const BookPage = lazy(() => loadBookPage().then((file) => ({ default: file.BookPage })));
const AuthorPage = lazy(() => loadAuthorPage().then((file) => ({ default: file.AuthorPage })));
const AboutPage = lazy(() => loadAboutPage().then((file) => ({ default: file.AboutPage })));
const PartsPage = import.meta.env.DEV
  ? lazy(() => import("./pages/parts/parts-page.tsx").then((file) => ({ default: file.PartsPage })))
  : undefined;

/** Fetches the other pages' files, so that opening a book never waits for code. */
export function warmPages(): void {
  // A failure here shows when the page is really wanted.
  Promise.all([loadBookPage(), loadAuthorPage(), loadAboutPage()]).catch(() => undefined);
}

/** The page of a path. */
export function pageOf(path: string): ReactNode {
  const bookKey = bookKeyOf(path);
  if (bookKey !== undefined) return <BookPage name={`books/${bookKey}`} key={bookKey} />;
  const authorKey = authorKeyOf(path);
  if (authorKey !== undefined) return <AuthorPage name={`authors/${authorKey}`} key={authorKey} />;
  if (path === "/") return <SearchPage />;
  if (path === aboutPath) return <AboutPage />;
  if (PartsPage !== undefined && path === partsPath) return <PartsPage />;
  return <NotFoundPage />;
}
