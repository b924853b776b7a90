import type { FacetField, FacetFilter, SearchFilter } from "#server/catalog/catalog.ts";
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
  const add = (field: ValueField, facet: FacetFilter): void => {
    const expressionOf = (value: string) => filterOf(field, value);
    const expression = anyOf(facet.anyOf.map(expressionOf));
    if (expression !== undefined) {
      groups.push({ name: field, span: undefined, expression });
    }
    none.push(...facet.noneOf.map(expressionOf));
  };
  add("author", filter.author);
  add("language", filter.language);
  add("subject", filter.subject);
  add("series", filter.series);
  add("publisher", filter.publisher);
  const { from, to } = filter.published;
  if (from !== undefined || to !== undefined) {
    groups.push({ name: "published", span: undefined, expression: { kind: "years", from, to } });
  }
  if (filter.hideDemoted) {
    none.push({ kind: "demoted" });
  }
  return { groups, none: anyOf(none) };
}

/** Works that have a value of a facet; a decade by its first year. */
export function filterOf(field: FacetField, value: string): Expression {
  switch (field) {
    case "decade":
      return { kind: "years", from: Number(value), to: Number(value) + 9 };
    case "author":
      return { kind: "value", field, value };
    case "language":
      return { kind: "value", field, value: value.toLowerCase() };
    default:
      return { kind: "value", field, value: squash(value) };
  }
}

/** A filter as an index takes it. */
export function workFilter({ groups, none }: FilterExpression): WorkFilter {
  return { all: groups.map((group) => group.expression), none };
}
