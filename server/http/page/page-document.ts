/** What each address of the page shows, written by the server. */
import { Code, ConnectError } from "@connectrpc/connect";
import type { Author } from "#proto/bookfinder/v1/author_pb.ts";
import type { Book } from "#proto/bookfinder/v1/book_pb.ts";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import { type QueryInterpretation, SearchOrder } from "#proto/bookfinder/v1/search_pb.ts";
import { html } from "./html.ts";
import type { PageCalls } from "./page-calls.ts";
import { homeDocument, SITE_DESCRIPTION } from "./page-home.ts";
import { authorLine, bookList, type PageDocument, yearText } from "./page-parts.ts";
import { readSearch } from "./page-search.ts";

const { searchBooks, getBook, getAuthor } = BookService.method;

const AUTHOR_PAGE_SIZE = 40;

export type PageAddress = {
  path: string;
  /** The query string. */
  search: string;
  /** The reader's, best first. */
  languages: readonly string[];
};

/**
 * Writes the page of an address.
 *
 * @throws {ConnectError} if the catalogue could not be asked.
 */
export async function documentOf(address: PageAddress, calls: PageCalls): Promise<PageDocument> {
  const { path } = address;
  if (path === "/") {
    return searchDocument(address, calls);
  }
  if (path === "/about" || path === "/settings") {
    return plainDocument(path);
  }
  if (!isPageAddress(path)) {
    return missing("page");
  }
  const isBook = path.startsWith("/books/");
  try {
    return await (isBook ? bookDocument(address, calls) : authorDocument(address, calls));
  } catch (error) {
    if (error instanceof ConnectError && error.code === Code.NotFound) {
      return missing(isBook ? "book" : "author");
    }
    throw error;
  }
}

/** True for addresses that have a page, though its book or author may be missing. */
export function isPageAddress(path: string): boolean {
  return /^\/(about|settings|books\/OL[1-9][0-9]{0,9}[WM]|authors\/OL[1-9][0-9]{0,9}A)?$/.test(
    path,
  );
}

async function searchDocument(
  { search, languages }: PageAddress,
  calls: PageCalls,
): Promise<PageDocument> {
  const found = readSearch(search, languages);
  if (found === undefined) {
    return homeDocument(languages, calls);
  }
  const { request, pageCount } = found;
  const isFirst = pageCount === 1;
  const { results, total, nextPageToken, interpretation } = await calls.ask(searchBooks, request, {
    isList: true,
    isKept: isFirst,
  });
  const count = `${(total?.value ?? 0).toLocaleString("en")}${total?.lowerBound ? "+" : ""}`;
  const heading =
    results.length === 0 ? "Nothing found" : `${count} ${count === "1" ? "book" : "books"}`;
  const titles = results
    .slice(0, 3)
    .flatMap(({ book }) => (book === undefined ? [] : [book.title]));
  const parameters = new URLSearchParams(search);
  parameters.set("pages", String(pageCount + 1));
  const more =
    nextPageToken !== "" && pageCount < 5
      ? html`<p><a href="/?${parameters.toString()}">Show more</a></p>`
      : undefined;
  return {
    status: 200,
    query: request.query,
    head: {
      title:
        request.query === ""
          ? "Browse · BookFinder"
          : `${request.query.slice(0, 100)} · BookFinder`,
      description: titles.length === 0 ? SITE_DESCRIPTION : `${heading}: ${titles.join("; ")}`,
      canonical: `/?${search.replace(/^\?/, "")}`,
      kind: "website",
      isHidden: results.length === 0,
    },
    main: html`<div class="written-results"><h1 class="written-count">${heading}</h1>
${remarks(interpretation, search)}${bookList(results)}${more}</div>`,
  };
}

/** What was searched in the place of what was typed, and the way back. */
function remarks(interpretation: QueryInterpretation | undefined, search: string) {
  if (interpretation === undefined || interpretation.corrections.length === 0) {
    return undefined;
  }
  const parameters = new URLSearchParams(search);
  parameters.set("exact", "");
  return html`<div class="written-note"><p>Showing results for <em>${interpretation.searchedText}</em>.</p>
<p><a href="/?${parameters.toString()}">Search exactly for “${parameters.get("q") ?? ""}”</a></p></div>`;
}

async function bookDocument({ path }: PageAddress, calls: PageCalls): Promise<PageDocument> {
  const { book } = await calls.ask(getBook, { name: path.slice(1) });
  if (book === undefined) {
    return missing("book");
  }
  const names = book.authors.map(({ displayName }) => displayName);
  const label =
    names.length === 0 ? book.title : `${book.title}, by ${names.slice(0, 2).join(" & ")}`;
  const year = book.firstPublished?.year ?? 0;
  return {
    status: 200,
    ...(`/${book.name}` === path ? {} : { movedTo: `/${book.name}` }),
    head: {
      title: `${label} · BookFinder`,
      description:
        book.description || `${label}${year === 0 ? "" : `, first published ${yearText(year)}`}.`,
      canonical: `/${book.name}`,
      kind: "book",
      image: `/${book.name}/cover.png`,
      linkedData: bookData(book),
    },
    main: html`<article class="written-book"><div class="written-cover"><noscript><svg viewBox="0 0 200 300" aria-hidden="true"><image href="/${book.name}/cover.png" width="200" height="300" /></svg></noscript></div>
<div><h1 dir="auto">${book.title}</h1>
${book.subtitle === "" ? undefined : html`<p class="written-subtitle" dir="auto">${book.subtitle}</p>`}
<div class="written-authors">${authorLine(book)}</div>
${book.description === "" ? undefined : html`<p class="written-description" dir="auto">${book.description}</p>`}
<p class="written-facts">${year === 0 ? undefined : `First published ${yearText(year)}`}</p>
<p>${book.subjects.slice(0, 14).map((subject) => [html`<a href="/?${new URLSearchParams({ subject }).toString()}">${subject}</a>`, " "])}</p>
</div></article>`,
  };
}

function bookData(book: Book): Record<string, unknown> {
  const year = book.firstPublished?.year ?? 0;
  return {
    "@type": "Book",
    name: book.title,
    url: `/${book.name}`,
    author: book.authors.map(({ author, displayName }) => ({
      "@type": "Person",
      name: displayName,
      ...(author === "" ? {} : { url: `/${author}` }),
    })),
    ...(year > 0 ? { datePublished: String(year) } : {}),
    ...(book.isbn13 === "" ? {} : { isbn: book.isbn13 }),
    ...(book.description === "" ? {} : { description: book.description }),
    ...(book.rating === undefined
      ? {}
      : {
          aggregateRating: {
            "@type": "AggregateRating",
            ratingValue: Number(book.rating.average.toFixed(2)),
            ratingCount: book.rating.count,
          },
        }),
  };
}

async function authorDocument(
  { path, languages }: PageAddress,
  calls: PageCalls,
): Promise<PageDocument> {
  const { author } = await calls.ask(getAuthor, { name: path.slice(1) });
  if (author === undefined) {
    return missing("author");
  }
  const key = author.name.slice("authors/".length);
  const empty = { anyOf: [], noneOf: [] };
  const { results } = await calls.ask(
    searchBooks,
    {
      filter: {
        author: { anyOf: [key] },
        language: empty,
        subject: empty,
        series: empty,
        publisher: empty,
        published: {},
      },
      order: SearchOrder.POPULARITY,
      pageSize: AUTHOR_PAGE_SIZE,
      preferredLanguages: [...languages],
    },
    { isList: true },
  );
  return {
    status: 200,
    ...(`/${author.name}` === path ? {} : { movedTo: `/${author.name}` }),
    head: {
      title: `${author.displayName} · BookFinder`,
      description:
        author.biography || `Books by ${author.displayName}: ${author.bookCount} in the catalogue.`,
      canonical: `/${author.name}`,
      kind: "profile",
      linkedData: authorData(author),
    },
    main: html`<article class="written-author"><h1 dir="auto">${author.displayName}</h1>
<p class="written-count">${author.bookCount} ${author.bookCount === 1 ? "book" : "books"}</p>
${author.biography === "" ? undefined : html`<p class="written-description" dir="auto">${author.biography}</p>`}
</article>${bookList(results)}`,
  };
}

function authorData(author: Author): Record<string, unknown> {
  return {
    "@type": "Person",
    name: author.displayName,
    url: `/${author.name}`,
    ...(author.birthDate === "" ? {} : { birthDate: author.birthDate }),
    ...(author.deathDate === "" ? {} : { deathDate: author.deathDate }),
  };
}

function plainDocument(path: string): PageDocument {
  const name = path === "/about" ? "About BookFinder" : "Settings";
  return {
    status: 200,
    head: {
      title: path === "/about" ? "About · BookFinder" : "Settings · BookFinder",
      description: SITE_DESCRIPTION,
      canonical: path,
      kind: "website",
    },
    main: html`<h1>${name}</h1><noscript><p>This page needs JavaScript; searching does not.</p></noscript>`,
  };
}

function missing(what: "page" | "book" | "author"): PageDocument {
  return {
    status: 404,
    head: {
      title: "Not found · BookFinder",
      description: `There is no such ${what}.`,
      canonical: undefined,
      kind: "website",
      isHidden: true,
    },
    main: html`<h1>There is no such ${what}.</h1>
<p>The address may have been mistyped, or what it named has been removed from the catalogue.</p>
<p><a href="/">Start from the first page</a></p>`,
  };
}
