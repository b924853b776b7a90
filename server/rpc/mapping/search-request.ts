import type {
  BookFilter,
  FacetFilter,
  SearchBooksRequest,
  YearRange,
} from "#proto/bookfinder/v1/search_pb.ts";
import { FacetField, SearchOrder } from "#proto/bookfinder/v1/search_pb.ts";
import type * as domain from "#server/catalog/catalog.ts";
import { toMarcLanguage } from "#server/catalog/languages.ts";
import { invalidField } from "../errors.ts";
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
    language: fromLanguageFilter(filter?.language),
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

/** Takes what readers' browsers send ("en-GB"), too; the catalogue knows codes of three letters. */
function fromLanguageFilter(filter: FacetFilter | undefined): domain.FacetFilter {
  const toCodes = (name: "any_of" | "none_of", languages: readonly string[]) =>
    languages.map((language, index) => {
      // A catalogue may have codes that no list has.
      const code = toMarcLanguage(language) || (/^[a-z]{3}$/.test(language) ? language : "");
      if (code === "") {
        throw invalidField(
          `filter.language.${name}[${index}]`,
          `is no language that is known here: send a code such as "eng" or "en", not "${language}"`,
        );
      }
      return code;
    });
  return {
    anyOf: toCodes("any_of", filter?.anyOf ?? []),
    noneOf: toCodes("none_of", filter?.noneOf ?? []),
  };
}

function fromYearRange(range: YearRange | undefined): domain.YearRange {
  const { from, to } = range ?? {};
  if (from !== undefined && to !== undefined && from > to) {
    const problem = `ends in ${to}, before it begins in ${from}: swap from and to`;
    throw invalidField("filter.published", problem);
  }
  return { from, to };
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
