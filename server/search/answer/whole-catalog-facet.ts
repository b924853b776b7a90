/**
 * Counts the values of a facet over the whole catalogue, for who browses. How many works a common value
 * has was counted when the catalogue was built; those of rare values are few enough to be counted now.
 * Which values there are is seen from the most read works.
 */
import type { Count, FacetField, SearchRequest } from "#server/catalog/catalog.ts";
import type { Expression } from "../expression.ts";
import { FEW_WORKS } from "../index-port.ts";
import type { SearchRun } from "../search-run.ts";
import { filterOf } from "../understand/filter-expression.ts";
import { MAX_COUNTED } from "./pages.ts";
import { mergedWithin } from "./sort.ts";

/** Of so many values, the most frequent among the most read works, the most frequent ones are looked for. */
const MAX_COMPARED = 60;
/** Which of fewer works are duplicates is looked up. */
const MAX_LOOKED_UP = 200;

/** A value, and how many of the works looked at have it. */
export type SampledValue = { value: string; label: string; selected: boolean; groups: number };
export type CountedValue = Omit<SampledValue, "groups"> & { count: Count };

/** The most frequent values, chosen ones first, with what a click on each gives. */
export async function countInCatalog(
  run: SearchRun,
  request: SearchRequest,
  field: FacetField,
  sampled: readonly SampledValue[],
  limit: number,
): Promise<CountedValue[]> {
  const { index, effort } = run;
  const compared = sampled
    .toSorted((one, other) => byChoice(one, other) || other.groups - one.groups)
    .slice(0, MAX_COMPARED)
    .map((value) => ({ ...value, expression: filterOf(field, value.value) }));
  const { keys } = await index.terms({ keys: compared.map((one) => one.expression) }, effort);
  const common = compared
    .map((value, place) => ({ ...value, workCount: keys[place] }))
    .sort((one, other) => byChoice(one, other) || (other.workCount ?? 0) - (one.workCount ?? 0))
    .slice(0, limit);
  const counted: CountedValue[] = [];
  for (const { expression, workCount, groups, ...value } of common) {
    const atLeast = { value: groups, lowerBound: true };
    const count = await countClick(run, request, expression, workCount);
    counted.push({ ...value, count: count ?? atLeast });
  }
  return counted.sort(
    (one, other) =>
      byChoice(one, other) ||
      other.count.value - one.count.value ||
      (one.value < other.value ? -1 : 1),
  );
}

function byChoice(one: { selected: boolean }, other: { selected: boolean }): number {
  return Number(other.selected) - Number(one.selected);
}

/** How many books a filter by one value alone finds; undefined if that would take too long to say. */
async function countClick(
  run: SearchRun,
  { order, expandDuplicates }: SearchRequest,
  expression: Expression,
  prepared: number | undefined,
): Promise<Count | undefined> {
  const { index, effort } = run;
  const merged = expandDuplicates ? 0 : mergedWithin(order);
  if (prepared !== undefined && prepared > merged) {
    return { value: prepared, lowerBound: false };
  }
  if (effort.isSpent()) {
    return undefined;
  }
  const parts = [{ workCount: prepared ?? FEW_WORKS }];
  const ids = await index.walk({ expression, parts, limit: MAX_COUNTED + 1 }, effort);
  if (effort.exceeded || ids.length > MAX_COUNTED) {
    return undefined;
  }
  if (ids.length > merged) {
    return { value: ids.length, lowerBound: false };
  }
  if (ids.length > MAX_LOOKED_UP) {
    return undefined;
  }
  const groups = await index.duplicateGroups(ids, effort);
  const books = new Set(ids.map((id) => groups.get(id) ?? -id));
  return { value: books.size, lowerBound: false };
}
