import type {
  BookFilter,
  FacetFilter,
  SearchBooksRequest,
  YearRange,
} from "#proto/bookfinder/v1/search_pb.ts";
import { FacetField, SearchOrder } from "#proto/bookfinder/v1/search_pb.ts";
import type * as domain from "#server/catalog/catalog.ts";
import { toMarcLanguages } from "./languages.ts";
import { keyOf } from "./names.ts";

const PAGE_SIZE_DEFAULT = 20;

/** A valid request as the catalogue's. */
export function fromSearchRequest(request: SearchBooksRequest): domain.SearchRequest {
  return {
    query: request.query,
    filter: fromBookFilter(request.filter),
    order: fromSearchOrder(request.order),
    pageSize: request.pageSize || PAGE_SIZE_DEFAULT,
    pageToken: request.pageToken,
    preferredLanguages: toMarcLanguages(request.preferredLanguages),
    facets: [...new Set(request.facets)].flatMap((field) => facetFields[field] ?? []),
    unfinished: request.unfinished,
    verbatim: request.verbatim,
    explain: request.explain,
    expandDuplicates: request.expandDuplicates,
  };
}

/** The schema's order as the catalogue's. */
export function fromSearchOrder(order: SearchOrder): domain.SearchOrder {
  return orders[order] ?? "relevance";
}

/** The schema's filter as the catalogue's. */
export function fromBookFilter(filter: BookFilter | undefined): domain.SearchFilter {
  const author = fromFacetFilter(filter?.author);
  return {
    author: { anyOf: author.anyOf.map(keyOf), noneOf: author.noneOf.map(keyOf) },
    language: fromFacetFilter(filter?.language),
    subject: fromFacetFilter(filter?.subject),
    series: fromFacetFilter(filter?.series),
    publisher: fromFacetFilter(filter?.publisher),
    published: fromYearRange(filter?.published),
    hideDemoted: filter?.hideDemoted ?? false,
  };
}

function fromFacetFilter(filter: FacetFilter | undefined): domain.FacetFilter {
  return { anyOf: filter?.anyOf ?? [], noneOf: filter?.noneOf ?? [] };
}

function fromYearRange(range: YearRange | undefined): domain.YearRange {
  return { from: range?.from, to: range?.to };
}

/** By number of the schema's enum. */
const orders: Record<number, domain.SearchOrder> = {
  [SearchOrder.RELEVANCE]: "relevance",
  [SearchOrder.POPULARITY]: "popularity",
  [SearchOrder.RATING]: "rating",
  [SearchOrder.NEWEST]: "newest",
  [SearchOrder.OLDEST]: "oldest",
  [SearchOrder.TITLE]: "title",
  [SearchOrder.AUTHOR]: "author",
};

/** By number of the schema's enum. */
const facetFields: Record<number, domain.FacetField> = {
  [FacetField.AUTHOR]: "author",
  [FacetField.LANGUAGE]: "language",
  [FacetField.SUBJECT]: "subject",
  [FacetField.SERIES]: "series",
  [FacetField.DECADE]: "decade",
  [FacetField.PUBLISHER]: "publisher",
};
