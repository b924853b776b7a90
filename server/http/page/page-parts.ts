/** Parts of pages as the server writes them: to be read before the scripts are there, or without them. */
import type { Book } from "#proto/bookfinder/v1/book_pb.ts";
import type { SearchResult } from "#proto/bookfinder/v1/search_pb.ts";
import { type Html, html } from "./html.ts";
import type { PageHead } from "./page-head.ts";

/** What an address shows. */
export type PageDocument = {
  status: number;
  head: PageHead;
  main: Html;
  /** What stands in the search field. */
  query?: string;
  /** The first page: it has the name and the field in its middle. */
  isHome?: boolean;
  /** Set for an address whose thing has another one now. */
  movedTo?: string;
};

/** A page's frame: name, search field, content. The scripts replace it whole, each part in its place. */
export function frame({ query = "", isHome = false, main }: PageDocument): Html {
  const placeholder = isHome ? "Title, name or ISBN" : "Search books";
  return html`<div class="written"${isHome ? html` data-home` : undefined}>
<header>
<a class="written-name" href="/">Book<span>Finder</span></a>
${isHome ? html`<h1 class="written-motto">Find the book, from whatever you remember of it.</h1>` : undefined}
<form role="search" action="/">
<svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="10.5" cy="10.5" r="6.5" /><path d="m15.5 15.5 5 5" /></svg>
<input type="search" name="q" value="${query}" aria-label="Search books" placeholder="${placeholder}" maxlength="2000" autocomplete="off" autocapitalize="none" enterkeyhint="search" dir="auto" />
<noscript><button>Search</button></noscript>
</form>
<nav aria-label="Site"><a href="/about">About</a><a href="/settings">Settings</a></nav>
</header>
<main id="main">${main}</main>
</div>`;
}

/** A list of books found. */
export function bookList(results: readonly SearchResult[]): Html {
  return html`<ol class="written-list">${results.map(({ book }) => (book === undefined ? undefined : bookItem(book)))}</ol>`;
}

function bookItem(book: Book): Html {
  return html`<li><div class="written-cover"></div><div>
<h2><a href="/${book.name}" dir="auto">${book.title}</a></h2>
${authorLine(book)}
<p class="written-facts">${factsOf(book)}</p>
${book.description === "" ? undefined : html`<p class="written-snippet" dir="auto">${book.description.slice(0, 300)}</p>`}
</div></li>`;
}

/** The authors of a book, linked where they have a record. */
export function authorLine(book: Book): Html | undefined {
  if (book.authors.length === 0) {
    return undefined;
  }
  const links = book.authors
    .slice(0, 4)
    .map(({ author, displayName }, index) => [
      index > 0 ? ", " : "",
      author === ""
        ? html`<bdi>${displayName}</bdi>`
        : html`<a href="/${author}"><bdi>${displayName}</bdi></a>`,
    ]);
  return html`<p>${links}</p>`;
}

function factsOf(book: Book): string {
  const [series] = book.series;
  const year = book.firstPublished?.year ?? 0;
  return [
    year === 0 ? "" : yearText(year),
    series === undefined ? "" : `${series.title} ${series.position}`.trim(),
    book.editionCount === 0
      ? ""
      : `${book.editionCount} ${book.editionCount === 1 ? "edition" : "editions"}`,
  ]
    .filter((fact) => fact !== "")
    .join(" · ");
}

/** "1937", "800 BC" */
export function yearText(year: number): string {
  return year < 0 ? `${-year} BC` : String(year);
}
