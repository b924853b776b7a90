import type { SearchRequest } from "./catalog.ts";

const anyValue = { anyOf: [], noneOf: [] };

/** A search for a query, with everything that `override` does not name as a plain client leaves it. */
export function plainSearch(query: string, override: Partial<SearchRequest> = {}): SearchRequest {
  return {
    query,
    filter: {
      author: anyValue,
      language: anyValue,
      subject: anyValue,
      series: anyValue,
      publisher: anyValue,
      published: {},
      hideDemoted: false,
    },
    order: "relevance",
    pageSize: 20,
    pageToken: "",
    preferredLanguages: [],
    facets: [],
    unfinished: false,
    verbatim: false,
    explain: false,
    expandDuplicates: false,
    ...override,
  };
}
