import type { Facet, FacetField, SearchFilter, SearchRequest } from "#server/catalog/catalog.ts";
import { languageName } from "#server/catalog/languages.ts";
import type { Work } from "#server/catalog/records.ts";
import { squash } from "#server/catalog/text/fold.ts";
import type { Found } from "../found.ts";
import { idsMeeting } from "../retrieve/phrases.ts";
import { type SearchRun, withEffort } from "../search-run.ts";
import { collapseDuplicates } from "./duplicates.ts";

const MAX_VALUES = 20;

/** So many of the works found are looked at, most relevant first; more make counts lower bounds. */
const MAX_FACET_WORKS = 400;

type Value = { value: string; label: string; count: number; selected: boolean };

/**
 * Counts the facets that a request asks for. A facet with chosen values is counted as if none were:
 * a reader wants to know how many books the other values would add.
 */
export async function facetsOf(
  run: SearchRun,
  request: SearchRequest,
  found: Found,
  findWith: (filter: SearchFilter) => Promise<Found>,
): Promise<Facet[]> {
  const reader = new FacetReader(run);
  const facets: Facet[] = [];
  for (const field of request.facets) {
    const open = withoutField(request.filter, field);
    const counted = open === undefined ? found : await findWith(open);
    facets.push(await countFacet(run, request, field, counted, reader));
  }
  return facets;
}

/** Reads what facets count; most of them count the same works. */
class FacetReader {
  #run: SearchRun;
  #works = new Map<number, Work>();
  #publishers = new Map<number, string[]>();

  constructor(run: SearchRun) {
    this.#run = run;
  }

  async load(field: FacetField, ids: readonly number[]): Promise<void> {
    const { index, effort } = this.#run;
    const known: ReadonlyMap<number, unknown> =
      field === "publisher" ? this.#publishers : this.#works;
    const fresh = ids.filter((id) => !known.has(id));
    if (fresh.length === 0) return;
    if (field === "publisher") {
      const lists = await index.publishers(fresh, effort);
      for (const [place, id] of fresh.entries()) this.#publishers.set(id, lists[place] ?? []);
    } else {
      const works = await index.works(fresh, effort);
      for (const [place, work] of works.entries()) this.#works.set(fresh[place] ?? 0, work);
    }
  }

  /** The values of a field that a work has. */
  values(field: FacetField, id: number): [value: string, label: string][] {
    if (field === "publisher") return (this.#publishers.get(id) ?? []).map(asLabel);
    const work = this.#works.get(id);
    return work === undefined ? [] : facetValues(field, work);
  }
}

function asLabel(text: string): [value: string, label: string] {
  return [text, text];
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

/** Counts over the works that any order would count over: the most relevant or most popular ones. */
async function countFacet(
  run: SearchRun,
  request: SearchRequest,
  field: FacetField,
  found: Found,
  reader: FacetReader,
): Promise<Facet> {
  const { ids, complete } = await countedWorks(run, request, found);
  const looked = ids.slice(0, MAX_FACET_WORKS);
  await reader.load(field, looked);
  const lowerBound = !complete || looked.length < ids.length;
  return countValues({ field, filter: request.filter, reader }, looked, lowerBound);
}

/** The works that a facet counts. `complete`: these are all that match. */
async function countedWorks(
  run: SearchRun,
  { order, expandDuplicates }: SearchRequest,
  found: Found,
): Promise<{ ids: readonly number[]; complete: boolean }> {
  const known = order === "relevance" ? found.ids : found.ids.toSorted((one, other) => one - other);
  const limit = MAX_FACET_WORKS + 1;
  if (found.tail === undefined || known.length >= limit) {
    return { ids: known, complete: found.complete && found.tail === undefined };
  }
  const { index, effort } = withEffort(run);
  // The tail has all that match, those merged already among them.
  const merged = new Set([...found.merged.values()].flat());
  const { expression } = found.tail;
  const tail = await index.walk({ expression, limit: limit + merged.size }, effort);
  const met = await idsMeeting(run, found.phrases, tail);
  const fresh = met.filter((id) => !merged.has(id));
  const all = { ...found, ids: [...new Set([...known, ...fresh])], ladder: undefined };
  const { ids } = expandDuplicates ? all : await collapseDuplicates(run, all, order);
  return { ids, complete: tail.length < limit + merged.size && !effort.exceeded };
}

type Counted = { field: FacetField; filter: SearchFilter; reader: FacetReader };

/** Counts the values of a facet over works. */
function countValues(
  { field, filter, reader }: Counted,
  looked: readonly number[],
  lowerBound: boolean,
): Facet {
  const values = selectedValues(field, filter);
  for (const id of looked) {
    const seen = new Set<string>();
    for (const [value, label] of reader.values(field, id)) {
      const key = comparable(field, value);
      if (key === "" || seen.has(key)) continue;
      seen.add(key);
      const known = values.get(key);
      if (known === undefined) values.set(key, { value, label, count: 1, selected: false });
      else {
        known.count += 1;
        known.label = known.count === 1 ? label : known.label;
      }
    }
  }
  return {
    field,
    values: [...values.values()]
      .sort(
        (one, other) =>
          Number(other.selected) - Number(one.selected) ||
          other.count - one.count ||
          (one.value < other.value ? -1 : 1),
      )
      .slice(0, MAX_VALUES)
      .map(({ value, label, count, selected }) => ({
        value,
        label,
        count: { value: count, lowerBound },
        selected,
      })),
  };
}

function selectedValues(field: FacetField, filter: SearchFilter): Map<string, Value> {
  const chosen = field === "decade" ? [] : filter[field].anyOf;
  return new Map(
    chosen.map((value) => {
      const label = field === "language" ? languageName(value) : value;
      return [comparable(field, value), { value, label, count: 0, selected: true }];
    }),
  );
}

function comparable(field: FacetField, value: string): string {
  return field === "author" || field === "language" || field === "decade" ? value : squash(value);
}

function facetValues(
  field: Exclude<FacetField, "publisher">,
  work: Work,
): [value: string, label: string][] {
  switch (field) {
    case "author":
      return work.authors.map((author) => [author.key, author.name]);
    case "language":
      return work.languages.map((code) => [code, languageName(code)]);
    case "subject":
      return work.subjects.map(asLabel);
    case "series":
      return work.series.map((entry) => asLabel(entry.title));
    case "decade": {
      if (work.firstPublished.year === 0) return [];
      const decade = Math.floor(work.firstPublished.year / 10) * 10;
      return [[String(decade), `${decade}s`]];
    }
  }
}
