import type { Facet, FacetField, SearchFilter, SearchRequest } from "#server/catalog/catalog.ts";
import { languageName } from "#server/catalog/languages.ts";
import { idsMeeting } from "../retrieve/phrases.ts";
import type { SearchResultSet } from "../search-result-set.ts";
import type { SearchRun } from "../search-run.ts";
import { collapseDuplicates } from "./duplicates.ts";
import { FacetReader, facetKey } from "./facet-values.ts";
import { countInCatalog } from "./whole-catalog-facet.ts";

const MAX_VALUES = 20;

/** At most so many of the works found are looked at, most relevant first; more make counts lower bounds. */
const MAX_FACET_WORKS = 400;

/** Reading what a facet counts of one work, duplicates and editions with it. */
const WORK_EFFORT = 10;
/** However little is left, the first works are counted. */
const LEAST_FACET_WORKS = 50;

/** A click on a value of fewer works merges all duplicates among them. */
const MERGED_WORKS = 12;

type ValueCount = {
  value: string;
  label: string;
  selected: boolean;
  groups: number;
  works: number;
};

/**
 * Counts the facets that a request asks for. A facet with chosen values is counted as if none were:
 * a reader wants to know how many books the other values would add.
 */
export async function facetsOf(
  run: SearchRun,
  request: SearchRequest,
  found: SearchResultSet,
  findWith: (filter: SearchFilter) => Promise<SearchResultSet>,
): Promise<Facet[]> {
  const reader = new FacetReader(run);
  let same: WorkGroups | undefined;
  const facets: Facet[] = [];
  for (const field of request.facets) {
    if (run.effort.isSpent()) {
      facets.push(countValues(field, request.filter, reader, uncounted));
      continue;
    }
    const open = withoutField(request.filter, field);
    if (open === undefined) {
      same ??= await countedGroups(run, request, found);
    }
    const counted =
      open === undefined ? same : await countedGroups(run, request, await findWith(open));
    if (counted === undefined) {
      continue;
    }
    await reader.load(field, counted.groups.flat());
    if (counted.isCatalog) {
      const sampled = sampledValues(field, request.filter, reader, counted);
      const values = await countInCatalog(run, request, field, sampled, MAX_VALUES);
      facets.push({ field, values });
      continue;
    }
    facets.push(countValues(field, request.filter, reader, counted));
  }
  return facets;
}

/** A filter without what it wants of a field; undefined if it wants nothing of it. */
function withoutField(filter: SearchFilter, field: FacetField): SearchFilter | undefined {
  if (field === "decade") {
    const { from, to } = filter.published;
    return from === undefined && to === undefined ? undefined : { ...filter, published: {} };
  }
  const { anyOf, noneOf } = filter[field];
  return anyOf.length === 0 ? undefined : { ...filter, [field]: { anyOf: [], noneOf } };
}

/**
 * Works that are counted, those of one book together. `complete`: these are all that match; `isCatalog`:
 * they are the most read ones of a whole catalogue, of which there are more.
 */
type WorkGroups = { groups: number[][]; complete: boolean; isCatalog: boolean };

/** Nothing was left to count with. */
const uncounted: WorkGroups = { groups: [], complete: false, isCatalog: false };

/** The works that any order would count: the most relevant or most popular ones. */
async function countedGroups(
  run: SearchRun,
  request: SearchRequest,
  found: SearchResultSet,
): Promise<WorkGroups> {
  const payable = Math.max(LEAST_FACET_WORKS, Math.floor(run.effort.left / WORK_EFFORT));
  const most = Math.min(MAX_FACET_WORKS, payable);
  const { ids, merged, complete } = await countedWorks(run, request, found, most);
  const groups = ids.slice(0, most).map((id) => [id, ...(merged.get(id) ?? [])]);
  const isAll = complete && ids.length <= most;
  const { isBrowsed, typed, phrases } = found;
  const isCatalog =
    !isAll && isBrowsed && typed?.kind === "everything" && phrases.unwanted.length === 0;
  return { groups, complete: isAll, isCatalog };
}

async function countedWorks(
  run: SearchRun,
  { order, expandDuplicates }: SearchRequest,
  found: SearchResultSet,
  most: number,
): Promise<Pick<SearchResultSet, "ids" | "merged" | "complete">> {
  const ids = order === "relevance" ? found.ids : found.ids.toSorted((one, other) => one - other);
  const limit = most + 1;
  if (found.tail === undefined || ids.length >= limit || run.effort.isSpent()) {
    return { ids, merged: found.merged, complete: found.complete && found.tail === undefined };
  }
  const { index, effort } = run;
  // The tail has all that match, those merged already among them.
  const known = [...ids, ...[...found.merged.values()].flat()];
  const { expression } = found.tail;
  const room = limit + known.length - ids.length;
  const tail = await index.walk({ expression, limit: room }, effort);
  const met = await idsMeeting(run, found.phrases, tail);
  const all = { ...found, ids: [...new Set([...known, ...met])], ladder: undefined };
  const counted = { ...all, groups: undefined, merged: new Map() };
  const collapsed = expandDuplicates ? counted : await collapseDuplicates(run, counted, order);
  return { ...collapsed, complete: tail.length < room && !effort.exceeded };
}

/** How many of some works have each value of a facet; duplicates are one book. */
function sampledValues(
  field: FacetField,
  filter: SearchFilter,
  reader: FacetReader,
  { groups }: WorkGroups,
): ValueCount[] {
  const values = selectedValues(field, filter);
  for (const group of groups) {
    const seen = new Set<string>();
    for (const id of group) {
      for (const [key, value] of reader.values(field, id)) {
        const known = values.get(key) ?? { ...value, selected: false, groups: 0, works: 0 };
        known.works += 1;
        if (!seen.has(key)) {
          known.groups += 1;
        }
        if (known.selected && known.groups === 1) {
          known.label = value.label;
        }
        seen.add(key);
        values.set(key, known);
      }
    }
  }
  return [...values.values()];
}

/** Counts the values of a facet over the works found. */
function countValues(
  field: FacetField,
  filter: SearchFilter,
  reader: FacetReader,
  counted: WorkGroups,
): Facet {
  const complete =
    counted.complete && counted.groups.flat().every((id) => reader.isWhole(field, id));
  const isMerged = ({ groups: books, works }: ValueCount) => works > books && works >= MERGED_WORKS;
  return {
    field,
    values: sampledValues(field, filter, reader, counted)
      .sort(
        (one, other) =>
          Number(other.selected) - Number(one.selected) ||
          other.groups - one.groups ||
          (one.value < other.value ? -1 : 1),
      )
      .slice(0, MAX_VALUES)
      .map((value) => ({
        value: value.value,
        label: value.label,
        count: { value: value.groups, lowerBound: !complete || isMerged(value) },
        selected: value.selected,
      })),
  };
}

function selectedValues(field: FacetField, filter: SearchFilter): Map<string, ValueCount> {
  const chosen = field === "decade" ? [] : filter[field].anyOf;
  return new Map(
    chosen.map((value) => {
      const label = field === "language" ? languageName(value) : value;
      return [facetKey(field, value), { value, label, selected: true, groups: 0, works: 0 }];
    }),
  );
}
