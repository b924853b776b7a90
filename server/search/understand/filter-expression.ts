import type { FacetFilter, SearchFilter } from "#server/catalog/catalog.ts";
import { squash } from "#server/catalog/text/fold.ts";
import { anyOf, type Expression, type ValueField, type WorkFilter } from "../expression.ts";
import type { Condition } from "./plan.ts";

/** What a filter demands of a work: one of each group, and none of `none`. */
export type FilterExpression = {
  /** By name, so that one can be given up and be said. */
  groups: Condition[];
  none: Expression | undefined;
};

/** A filter as expressions. Values that no work can have match nothing. */
export function filterExpression(filter: SearchFilter): FilterExpression {
  const groups: FilterExpression["groups"] = [];
  const none: Expression[] = [];
  const add = (field: ValueField, facet: FacetFilter, read: (value: string) => string): void => {
    const expressionOf = (value: string): Expression => ({
      kind: "value",
      field,
      value: read(value),
    });
    const expression = anyOf(facet.anyOf.map(expressionOf));
    if (expression !== undefined) {
      groups.push({ name: field, span: undefined, expression });
    }
    none.push(...facet.noneOf.map(expressionOf));
  };
  add("author", filter.author, (key) => key);
  add("language", filter.language, (code) => code.toLowerCase());
  add("subject", filter.subject, squash);
  add("series", filter.series, squash);
  add("publisher", filter.publisher, squash);
  const { from, to } = filter.published;
  if (from !== undefined || to !== undefined) {
    groups.push({ name: "published", span: undefined, expression: { kind: "years", from, to } });
  }
  if (filter.hideDemoted) {
    none.push({ kind: "demoted" });
  }
  return { groups, none: anyOf(none) };
}

/** A filter as an index takes it. */
export function workFilter({ groups, none }: FilterExpression): WorkFilter {
  return { all: groups.map((group) => group.expression), none };
}
