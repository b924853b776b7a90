import type { MessageInitShape } from "@bufbuild/protobuf";
import {
  FacetField,
  type SearchBooksRequestSchema,
  SearchOrder,
} from "#proto/bookfinder/v1/search_pb.ts";

/**
 * A search as the address bar has it. Pure, and total in both directions: whatever stands in the
 * address gives a valid search, and every search has one address.
 *
 *     ?q=dune&author=OL79034A&not-subject=Fiction&from=1960&to=1969&order=newest&pages=2&exact
 */
export type Search = {
  query: string;
  filter: Record<FilterField, Values>;
  /** Years of first publication, both included. */
  from: number | undefined;
  to: number | undefined;
  hideDemoted: boolean;
  order: OrderName;
  /** No corrections and no relaxations. */
  verbatim: boolean;
  /** How many pages of results are shown. */
  pages: number;
};

export type Values = { anyOf: string[]; noneOf: string[] };

export const filterFields = ["author", "language", "subject", "series", "publisher"] as const;
export type FilterField = (typeof filterFields)[number];

const orders = {
  relevance: SearchOrder.UNSPECIFIED,
  popularity: SearchOrder.POPULARITY,
  rating: SearchOrder.RATING,
  newest: SearchOrder.NEWEST,
  oldest: SearchOrder.OLDEST,
  title: SearchOrder.TITLE,
  author: SearchOrder.AUTHOR,
  // The API has no such order; the page puts the most read books of a series into it.
  series: SearchOrder.POPULARITY,
} as const;
export type OrderName = keyof typeof orders;
// Object.keys widens to string; `orders` is a literal object.
export const orderNames = Object.keys(orders) as OrderName[];

/** The API's limits; longer is cut here so that an address never makes an invalid request. */
const queryLettersMax = 2000;
const valuesMax = 20;
const valueLettersMax = 200;
export const years = { min: -5000, max: 3000 } as const;
/** 500 results: further down, another word finds faster than scrolling. */
export const pagesMax = 25;
export const pageSize = 20;
/** As many as the API gives at once: a series is put in order as a whole. */
const seriesPageSize = 100;

/** The search of an address without parameters. */
export function emptySearch(): Search {
  const none = (): Values => ({ anyOf: [], noneOf: [] });
  return {
    query: "",
    filter: {
      author: none(),
      language: none(),
      subject: none(),
      series: none(),
      publisher: none(),
    },
    from: undefined,
    to: undefined,
    hideDemoted: false,
    order: "relevance",
    verbatim: false,
    pages: 1,
  };
}

/** Reads a query string. What doesn't fit is left out. */
export function parseSearch(queryString: string): Search {
  const params = new URLSearchParams(queryString);
  const search = emptySearch();
  search.query = cut(params.get("q") ?? "", queryLettersMax);
  for (const field of filterFields) {
    const anyOf = readValues(params, field);
    const noneOf = readValues(params, `not-${field}`).filter((value) => !anyOf.includes(value));
    search.filter[field] = { anyOf, noneOf };
  }
  search.from = readYear(params.get("from"));
  search.to = readYear(params.get("to"));
  search.hideDemoted = params.get("reprints") === "hide";
  search.order = orderNames.find((name) => name === params.get("order")) ?? "relevance";
  search.verbatim = params.has("exact");
  search.pages = readInteger(params.get("pages"), 1, pagesMax) ?? 1;
  return search;
}

/** Writes a query string, empty for the empty search; parseSearch reads it back unchanged. */
export function formatSearch(search: Search): string {
  const params = new URLSearchParams();
  if (search.query !== "") {
    params.set("q", search.query);
  }
  for (const field of filterFields) {
    for (const value of search.filter[field].anyOf) {
      params.append(field, value);
    }
    for (const value of search.filter[field].noneOf) {
      params.append(`not-${field}`, value);
    }
  }
  if (search.from !== undefined) {
    params.set("from", String(search.from));
  }
  if (search.to !== undefined) {
    params.set("to", String(search.to));
  }
  if (search.hideDemoted) {
    params.set("reprints", "hide");
  }
  if (search.order !== "relevance") {
    params.set("order", search.order);
  }
  if (search.verbatim) {
    params.set("exact", "");
  }
  if (search.pages > 1) {
    params.set("pages", String(search.pages));
  }
  return params.toString().replace(/\bexact=(?=&|$)/, "exact");
}

/** Whether there is nothing to search or browse by: the first page. */
export function isEmpty(search: Search): boolean {
  return search.query.trim() === "" && search.order === "relevance" && !hasFilter(search);
}

/** Whether anything narrows the search beyond its words. */
export function hasFilter(search: Search): boolean {
  const { from, to, hideDemoted, filter } = search;
  const hasValues = ({ anyOf, noneOf }: Values) => anyOf.length + noneOf.length > 0;
  return (
    from !== undefined || to !== undefined || hideDemoted || Object.values(filter).some(hasValues)
  );
}

/**
 * Whether the last word of a query may still be going on. After a space it is finished, so that the
 * answer is that of the finished query, too.
 */
export function endsInWord(query: string): boolean {
  return /\S$/u.test(query);
}

/** The years of a search, the earlier one first, in whichever order they were given. */
export function yearsOf({ from, to }: Pick<Search, "from" | "to">): { from?: number; to?: number } {
  if (from !== undefined && to !== undefined) {
    return { from: Math.min(from, to), to: Math.max(from, to) };
  }
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

/** What the page asks the server; pages are fetched by token, so `pages` plays no part. */
export function toRequest(search: Search, unfinished: boolean, preferredLanguages: string[]) {
  return {
    query: search.query.trim(),
    filter: {
      ...search.filter,
      published: yearsOf(search),
      hideDemoted: search.hideDemoted,
    },
    order: orders[search.order],
    pageSize: search.order === "series" ? seriesPageSize : pageSize,
    pageToken: "",
    preferredLanguages,
    facets: [
      FacetField.AUTHOR,
      FacetField.SUBJECT,
      FacetField.SERIES,
      FacetField.LANGUAGE,
      FacetField.DECADE,
    ],
    unfinished,
    verbatim: search.verbatim,
  } satisfies MessageInitShape<typeof SearchBooksRequestSchema>;
}

function readValues(params: URLSearchParams, name: string): string[] {
  const values = params
    .getAll(name)
    .map((value) => cut(value, valueLettersMax))
    // One form, whether a link names the key or the resource; see plainValue in filters.ts.
    .map((value) => (name.endsWith("author") ? value.replace(/^authors\/(?=OL)/, "") : value))
    .filter((value) => value !== "");
  return [...new Set(values)].slice(0, valuesMax);
}

/** Reads a year within the API's limits. */
export function readYear(text: string | null): number | undefined {
  return readInteger(text, years.min, years.max);
}

function readInteger(text: string | null, min: number, max: number): number | undefined {
  if (text === null || !/^-?\d{1,6}$/.test(text)) {
    return undefined;
  }
  const value = Number(text);
  return value >= min && value <= max ? value : undefined;
}

/** Cuts to a number of code points, never through one. Lone surrogates can't travel in a URL. */
function cut(text: string, lettersMax: number): string {
  const whole = text.toWellFormed();
  return whole.length <= lettersMax ? whole : [...whole].slice(0, lettersMax).join("");
}
