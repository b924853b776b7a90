import type { FacetFilter, SearchFilter } from "#server/catalog/catalog.ts";
import { squash } from "#server/catalog/text/fold.ts";
import { allOf } from "#server/sqlite/fences.ts";
import {
  authorToken,
  demotedToken,
  languageToken,
  publisherToken,
  seriesToken,
  subjectToken,
  yearRangeTokens,
} from "#server/sqlite/key-tokens.ts";
import { allExcept } from "#server/sqlite/read/all-works.ts";
import { type Condition, joinParts, quote } from "./plan.ts";

/** What a filter demands of a work, as FTS5 expressions: one of each group, and none of `none`. */
export type FilterExpression = {
  /** By name, so that one can be given up and be said. */
  groups: Condition[];
  none: string | undefined;
};

/** A filter as FTS5 expressions. Values that no work can have match nothing. */
export function filterExpression(filter: SearchFilter): FilterExpression {
  const groups: FilterExpression["groups"] = [];
  const none: string[] = [];
  const add = (
    name: string,
    facet: FacetFilter,
    token: (value: string) => string | undefined,
  ): void => {
    const wanted = facet.anyOf.map((value) => token(value) ?? IMPOSSIBLE);
    const expression = joinParts(wanted.map(quote), "OR");
    if (expression !== undefined) groups.push({ name, span: undefined, expression });
    for (const value of facet.noneOf) {
      const unwanted = token(value);
      if (unwanted !== undefined) none.push(quote(unwanted));
    }
  };
  add("author", filter.author, authorToken);
  add("language", filter.language, (value) => languageToken(value.toLowerCase()));
  add("subject", filter.subject, (value) => subjectToken(squash(value)));
  add("series", filter.series, (value) => seriesToken(squash(value)));
  add("publisher", filter.publisher, (value) => publisherToken(squash(value)));
  const { from, to } = filter.published;
  if (from !== undefined || to !== undefined) {
    const tokens = yearRangeTokens(from, to);
    const expression = joinParts(tokens.length > 0 ? tokens.map(quote) : [quote(IMPOSSIBLE)], "OR");
    if (expression !== undefined) {
      groups.push({ name: "published", span: undefined, expression });
    }
  }
  if (filter.hideDemoted) none.push(quote(demotedToken));
  return { groups, none: joinParts(none, "OR") };
}

/**
 * A query's expression narrowed by a filter; undefined if there is neither. What only excludes is an
 * expression of all works (all-works.ts).
 */
export function narrowed(
  expression: string | undefined,
  filter: FilterExpression,
): string | undefined {
  const positive = allOf([expression, ...filter.groups.map((group) => group.expression)]);
  if (filter.none === undefined) return positive;
  if (positive === undefined) return allExcept(filter.none);
  return `(${positive} NOT ${filter.none})`;
}

/** A token that no work has: it is longer than any key and no word. */
const IMPOSSIBLE = "\u{F7FFF}\u{F7FFF}\u{F7FFF}";
