import type { MessageInitShape } from "@bufbuild/protobuf";
import {
  Correction_Kind,
  type QueryInterpretationSchema,
  type QueryNodeSchema,
  type QueryTermSchema,
  Relaxation_Kind,
} from "#proto/bookfinder/v1/search_pb.ts";
import type * as domain from "#server/catalog/catalog.ts";
import { bookFields } from "./book-field.ts";

/** How the catalogue understood a query, as the API says it. */
export function toInterpretation(
  interpretation: domain.QueryInterpretation,
): MessageInitShape<typeof QueryInterpretationSchema> {
  return {
    root: interpretation.root && toQueryNode(interpretation.root),
    searchedText: interpretation.searchedText,
    corrections: interpretation.corrections.map((correction) => ({
      ...correction,
      kind: correctionKinds[correction.kind],
    })),
    relaxations: interpretation.relaxations.map((relaxation) => ({
      ...relaxation,
      kind: relaxationKinds[relaxation.kind],
    })),
    notices: interpretation.notices,
  };
}

type QueryNodeInit = MessageInitShape<typeof QueryNodeSchema>;

function toQueryNode(node: domain.QueryNode): QueryNodeInit {
  return { excluded: node.excluded, span: node.span, kind: toKind(node) };
}

function toKind(node: domain.QueryNode): NonNullable<QueryNodeInit["kind"]> {
  switch (node.kind) {
    case "all":
    case "any":
      return { case: node.kind, value: { nodes: node.nodes.map(toQueryNode) } };
    default:
      return { case: "term", value: toQueryTerm(node) };
  }
}

type Term = Exclude<domain.QueryNode, { kind: "all" | "any" }>;

function toQueryTerm(node: Term): MessageInitShape<typeof QueryTermSchema> {
  switch (node.kind) {
    case "words":
    case "phrase":
      return {
        ...(node.field === undefined ? {} : { field: bookFields[node.field] }),
        text: node.text,
        phrase: node.kind === "phrase",
      };
    case "years":
      return { field: bookFields.year, years: toYearRange(node.years) };
    case "identifier":
      return { field: bookFields.identifier, text: node.text, identifierType: node.type };
  }
}

function toYearRange({ from, to }: domain.YearRange): { from?: number; to?: number } {
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

const correctionKinds: Record<domain.Correction["kind"], Correction_Kind> = {
  spelling: Correction_Kind.SPELLING,
  split: Correction_Kind.SPLIT,
  joined: Correction_Kind.JOINED,
  checkDigit: Correction_Kind.CHECK_DIGIT,
  acronym: Correction_Kind.ACRONYM,
};

const relaxationKinds: Record<domain.Relaxation["kind"], Relaxation_Kind> = {
  wordDropped: Relaxation_Kind.WORD_DROPPED,
  filterDropped: Relaxation_Kind.FILTER_DROPPED,
  anyWords: Relaxation_Kind.ANY_WORDS,
};
