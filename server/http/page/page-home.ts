/** The first page as the server writes it. */
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import { FacetField, SearchOrder } from "#proto/bookfinder/v1/search_pb.ts";
import { html } from "./html.ts";
import type { PageCalls } from "./page-calls.ts";
import { bookList, type PageDocument } from "./page-parts.ts";

const { searchBooks, getCatalog } = BookService.method;

export const SITE_DESCRIPTION =
  "Find a book from whatever you remember of it: half a title, a misspelt name, an ISBN.";

/** The same as in web/pages/home/examples.tsx, whose place they keep. */
export const examples = [
  { query: "tolkein rings", note: "a misspelt name" },
  { query: "Достоевский идиот", note: "in its own script" },
  { query: "le guin left hand", note: "half a title" },
  { query: "j r r hobbit", note: "initials" },
  { query: "9780141439518", note: "the number on the back" },
  { query: "subject:whales year:<1900", note: "subject and time" },
] as const;

export async function homeDocument(
  languages: readonly string[],
  calls: PageCalls,
): Promise<PageDocument> {
  const [{ catalog }, { results }] = await Promise.all([
    calls.ask(getCatalog, {}),
    calls.ask(searchBooks, {
      filter: { author: {}, language: {}, subject: {}, series: {}, publisher: {}, published: {} },
      order: SearchOrder.UNSPECIFIED,
      pageSize: 20,
      preferredLanguages: [...languages],
      facets: [FacetField.SERIES, FacetField.SUBJECT, FacetField.LANGUAGE, FacetField.DECADE],
    }),
  ]);
  const [books, editions, authors] = [
    catalog?.bookCount,
    catalog?.editionCount,
    catalog?.authorCount,
  ].map((count) => (count ?? 0).toLocaleString("en"));
  return {
    status: 200,
    isHome: true,
    head: {
      title: "BookFinder: find a book from whatever you remember",
      description: SITE_DESCRIPTION,
      canonical: "/",
      kind: "website",
      linkedData: {
        "@type": "WebSite",
        name: "BookFinder",
        description: SITE_DESCRIPTION,
        potentialAction: {
          "@type": "SearchAction",
          target: { "@type": "EntryPoint", urlTemplate: "/?q={search_term_string}" },
          "query-input": "required name=search_term_string",
        },
      },
    },
    main: html`<p class="written-total"><strong>${books}</strong> books, ${editions} editions, ${authors} authors</p>
<section class="written-examples"><h2>Whatever you remember</h2><ul>${examples.map(
      ({ query, note }) =>
        html`<li><a href="/?${new URLSearchParams({ q: query }).toString()}">${query}</a><p>${note}</p></li>`,
    )}</ul></section>
<h2>Most read</h2>${bookList(results)}`,
  };
}
