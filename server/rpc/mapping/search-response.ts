import type { MessageInitShape } from "@bufbuild/protobuf";
import {
  FacetField,
  type FacetSchema,
  MatchKind,
  type MatchReasonSchema,
  type SearchBooksResponseSchema,
  type SearchResultSchema,
} from "#proto/bookfinder/v1/search_pb.ts";
import type * as domain from "#server/catalog/catalog.ts";
import { toBook } from "./book.ts";
import { bookFields } from "./book-field.ts";
import { toEdition } from "./edition.ts";
import { toInterpretation } from "./interpretation.ts";
import { authorName, editionName } from "./names.ts";

/** The catalogue's answer as the API's. */
export function toSearchResponse(
  response: domain.SearchResponse,
): MessageInitShape<typeof SearchBooksResponseSchema> {
  return {
    results: response.results.map(toSearchResult),
    nextPageToken: response.nextPageToken,
    total: response.total,
    facets: response.facets.map(toFacet),
    interpretation: toInterpretation(response.interpretation),
  };
}

function toSearchResult(result: domain.SearchResult): MessageInitShape<typeof SearchResultSchema> {
  const { key } = result.work;
  return {
    book: toBook(result.work),
    edition: result.edition && toEdition(key, result.edition),
    reasons: result.reasons.map((reason) => toReason(key, reason)),
    duplicates: result.duplicates.map(toBook),
    volumes: result.volumes.map(({ work, number }) => ({ book: toBook(work), number })),
    explanation: result.explanation,
  };
}

function toReason(
  workKey: string,
  reason: domain.MatchReason,
): MessageInitShape<typeof MatchReasonSchema> {
  return {
    field: bookFields[reason.field],
    text: reason.text,
    highlights: reason.highlights,
    kind: matchKinds[reason.kind],
    edition: reason.editionKey === "" ? "" : editionName(workKey, reason.editionKey),
    language: reason.language,
  };
}

function toFacet(facet: domain.Facet): MessageInitShape<typeof FacetSchema> {
  return {
    field: facetFields[facet.field],
    values: facet.values.map((value) => ({
      ...value,
      // Filters take an author by name.
      value: facet.field === "author" ? authorName(value.value) : value.value,
    })),
  };
}

const matchKinds: Record<domain.MatchKind, MatchKind> = {
  exact: MatchKind.EXACT,
  words: MatchKind.WORDS,
  prefix: MatchKind.PREFIX,
  spelling: MatchKind.SPELLING,
  transliteration: MatchKind.TRANSLITERATION,
  initials: MatchKind.INITIALS,
};

const facetFields: Record<domain.FacetField, FacetField> = {
  author: FacetField.AUTHOR,
  language: FacetField.LANGUAGE,
  subject: FacetField.SUBJECT,
  series: FacetField.SERIES,
  decade: FacetField.DECADE,
  publisher: FacetField.PUBLISHER,
};
