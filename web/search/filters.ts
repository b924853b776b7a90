import { searchPath } from "#web/paths.ts";
import {
  emptySearch,
  type FilterField,
  filterFields,
  formatSearch,
  type Search,
} from "#web/search/search-params.ts";

/** One condition that narrows a search, for showing as a chip. */
export type Condition =
  | { kind: "value"; field: FilterField; value: string; isExcluded: boolean }
  | { kind: "years" }
  | { kind: "demoted" };

/**
 * A value as the address has it. The API's facets name authors as resources ("authors/OL26320A"), links
 * by key ("OL26320A"): here they have one form, so that there is one chip and one tick.
 */
export function plainValue(value: string): string {
  return value.replace(/^authors\/(?=OL)/, "");
}

/** Every condition of a search, in the order of the panel. */
export function conditionsOf(search: Search): Condition[] {
  const conditions: Condition[] = [];
  for (const field of filterFields) {
    for (const isExcluded of [false, true]) {
      const { anyOf, noneOf } = search.filter[field];
      for (const value of isExcluded ? noneOf : anyOf) {
        conditions.push({ kind: "value", field, value, isExcluded });
      }
    }
  }
  if (search.from !== undefined || search.to !== undefined) {
    conditions.push({ kind: "years" });
  }
  if (search.hideDemoted) {
    conditions.push({ kind: "demoted" });
  }
  return conditions;
}

/** The search without one of its conditions, from its first page. */
export function without(search: Search, condition: Condition): Search {
  switch (condition.kind) {
    case "value":
      return withValue(search, condition.field, condition.value, "off");
    case "years":
      return { ...search, from: undefined, to: undefined, pages: 1 };
    case "demoted":
      return { ...search, hideDemoted: false, pages: 1 };
  }
}

/** The search with a value included, excluded, or neither; from its first page. */
export function withValue(
  search: Search,
  field: FilterField,
  value: string,
  mode: "include" | "exclude" | "off",
): Search {
  const others = (values: string[]) => values.filter((other) => other !== value);
  const { anyOf, noneOf } = search.filter[field];
  const values = {
    anyOf: mode === "include" ? [...others(anyOf), value] : others(anyOf),
    noneOf: mode === "exclude" ? [...others(noneOf), value] : others(noneOf),
  };
  return { ...search, filter: { ...search.filter, [field]: values }, pages: 1 };
}

/** The search for the years of some decades, given by their first years; for any time if it was that already. */
export function withDecades(search: Search, first: number, last = first): Search {
  const [from, to] = [Math.min(first, last), Math.max(first, last) + 9];
  const isSame = search.from === from && search.to === to;
  return { ...search, from: isSame ? undefined : from, to: isSame ? undefined : to, pages: 1 };
}

/** The address of all books of a series, in its order. */
export function seriesPath(title: string): string {
  const search = withValue(emptySearch(), "series", title, "include");
  return searchPath(formatSearch({ ...search, order: "series" }));
}
