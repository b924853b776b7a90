/** The search that an address of the page stands for, as web/search/search-params.ts reads it. */
import { create } from "@bufbuild/protobuf";
import {
  FacetField,
  type SearchBooksRequest,
  SearchBooksRequestSchema,
  SearchOrder,
} from "#proto/bookfinder/v1/search_pb.ts";

/** The page's own limits, which are those of the API. */
const QUERY_LETTERS_MAX = 2000;
const VALUES_MAX = 20;
const VALUE_LETTERS_MAX = 200;
const YEAR_MIN = -5000;
const YEAR_MAX = 3000;
const PAGE_SIZE = 20;
const PAGE_SIZE_MAX = 100;

const orders: Readonly<Record<string, SearchOrder>> = {
  popularity: SearchOrder.POPULARITY,
  rating: SearchOrder.RATING,
  newest: SearchOrder.NEWEST,
  oldest: SearchOrder.OLDEST,
  title: SearchOrder.TITLE,
  author: SearchOrder.AUTHOR,
  series: SearchOrder.POPULARITY,
};

const resultFacets = [
  FacetField.AUTHOR,
  FacetField.SUBJECT,
  FacetField.SERIES,
  FacetField.LANGUAGE,
  FacetField.DECADE,
];

const filterFields = ["author", "language", "subject", "series", "publisher"] as const;

export type PageSearch = {
  request: SearchBooksRequest;
  /** How many pages of results the address shows. */
  pageCount: number;
};

/** Reads a query string; undefined for the first page, which searches nothing. */
export function readSearch(search: string, languages: readonly string[]): PageSearch | undefined {
  const parameters = new URLSearchParams(search);
  const query = cut(parameters.get("q") ?? "", QUERY_LETTERS_MAX).trim();
  const order = parameters.get("order") ?? "";
  const filter = Object.fromEntries(
    filterFields.map((field) => {
      const anyOf = readValues(parameters, field);
      const noneOf = readValues(parameters, `not-${field}`);
      return [field, { anyOf, noneOf: noneOf.filter((value) => !anyOf.includes(value)) }];
    }),
  );
  const years = [readInteger(parameters.get("from")), readInteger(parameters.get("to"))];
  const hideDemoted = parameters.get("reprints") === "hide";
  const hasFilter =
    hideDemoted ||
    years.some((year) => year !== undefined) ||
    Object.values(filter).some(({ anyOf, noneOf }) => anyOf.length + noneOf.length > 0);
  if (query === "" && !hasFilter && orders[order] === undefined) {
    return undefined;
  }
  const pageCount = Math.max(1, readInteger(parameters.get("pages")) ?? 1);
  const firstSize = order === "series" ? PAGE_SIZE_MAX : PAGE_SIZE;
  const request = create(SearchBooksRequestSchema, {
    query,
    filter: { ...filter, published: orderedYears(years[0], years[1]), hideDemoted },
    order: orders[order] ?? SearchOrder.UNSPECIFIED,
    // Without scripts a page is one list, so further pages make it longer.
    pageSize: Math.min(PAGE_SIZE_MAX, firstSize * pageCount),
    preferredLanguages: [...languages],
    facets: resultFacets,
    verbatim: parameters.has("exact"),
  });
  return { request, pageCount };
}

/** The languages of an Accept-Language header, best first, as browsers give them to the page. */
export function acceptedLanguages(header: string | undefined): string[] {
  const weighted = (header ?? "").split(",").flatMap((part) => {
    const [tag = "", ...parameters] = part.split(";").map((text) => text.trim());
    const quality = parameters.find((text) => text.startsWith("q="))?.slice(2);
    return /^[a-z]{2,8}(-[a-z0-9]{1,8})*$/i.test(tag) && tag.length <= 35
      ? [{ tag, quality: quality === undefined ? 1 : Number(quality) }]
      : [];
  });
  return weighted
    .filter(({ quality }) => quality > 0)
    .sort((one, other) => other.quality - one.quality)
    .map(({ tag }) => tag)
    .slice(0, 10);
}

function orderedYears(from: number | undefined, to: number | undefined) {
  if (from !== undefined && to !== undefined) {
    return { from: Math.min(from, to), to: Math.max(from, to) };
  }
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

function readValues(parameters: URLSearchParams, name: string): string[] {
  const values = parameters
    .getAll(name)
    .map((value) => cut(value, VALUE_LETTERS_MAX))
    .map((value) => (name.endsWith("author") ? value.replace(/^authors\/(?=OL)/, "") : value))
    .filter((value) => value !== "");
  return [...new Set(values)].slice(0, VALUES_MAX);
}

function readInteger(text: string | null): number | undefined {
  if (text === null || !/^-?\d{1,6}$/.test(text)) {
    return undefined;
  }
  const value = Number(text);
  return value >= YEAR_MIN && value <= YEAR_MAX ? value : undefined;
}

function cut(text: string, lettersMax: number): string {
  const whole = text.toWellFormed();
  return whole.length <= lettersMax ? whole : [...whole].slice(0, lettersMax).join("");
}
