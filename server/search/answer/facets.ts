import type { Facet, FacetField, SearchFilter, SearchRequest } from "#server/catalog/catalog.ts";
import { languageName } from "#server/catalog/languages.ts";
import type { Work } from "#server/catalog/records.ts";
import { squash } from "#server/catalog/text/fold.ts";
import { Lanes } from "#server/sqlite/read/lanes.ts";
import type { Records } from "#server/sqlite/read/records.ts";
import { Effort } from "../effort.ts";
import type { Found, SearchContext } from "../found.ts";
import { idsMeeting } from "../retrieve/phrases.ts";
import { collapseDuplicates } from "./duplicates.ts";

const MAX_VALUES = 20;

/** So many of the works found are looked at, most relevant first; more make counts lower bounds. */
const MAX_FACET_WORKS = 400;

type Value = { value: string; label: string; count: number; selected: boolean };

/**
 * Counts the facets that a request asks for. A facet with chosen values is counted as if none were:
 * a reader wants to know how many books the other values would add.
 */
export function facetsOf(
  context: SearchContext,
  request: SearchRequest,
  found: Found,
  findWith: (filter: SearchFilter) => Found,
): Facet[] {
  // Most facets count the same works.
  const works = new Map<number, Work>();
  const workOf: WorkReader = (id) => {
    const work = works.get(id) ?? context.records.work(id);
    works.set(id, work);
    return work;
  };
  return request.facets.map((field) => {
    const open = withoutField(request.filter, field);
    const counted = open === undefined ? found : findWith(open);
    return countFacet(context, request, field, counted, workOf);
  });
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
function countFacet(
  context: SearchContext,
  { order, filter, expandDuplicates }: SearchRequest,
  field: FacetField,
  found: Found,
  workOf: WorkReader,
): Facet {
  const { database, books, effort, records } = context;
  const known = order === "relevance" ? found.ids : found.ids.toSorted((one, other) => one - other);
  const limit = MAX_FACET_WORKS + 1;
  if (found.tail === undefined || known.length >= limit) {
    const complete = found.complete && found.tail === undefined;
    return countValues({ field, filter, workOf, records }, known, complete);
  }
  const lanes = new Lanes(context, new Effort(effort));
  // The tail has all that match, those merged already among them.
  const merged = new Set([...found.merged.values()].flat());
  const tail = lanes.ids(found.tail.expression, limit + merged.size);
  const fresh = idsMeeting(books, found.phrases, tail).filter((id) => !merged.has(id));
  const all = { ...found, ids: [...new Set([...known, ...fresh])], ladder: undefined };
  const { ids } = expandDuplicates ? all : collapseDuplicates(database, all, order);
  const complete = tail.length < limit + merged.size && !lanes.expired;
  return countValues({ field, filter, workOf, records }, ids, complete);
}

type WorkReader = (id: number) => Work;
type Counted = {
  field: FacetField;
  filter: SearchFilter;
  workOf: WorkReader;
  records: Records;
};

/** Counts the values of a facet over works. `complete`: these are all that match. */
function countValues(
  { field, filter, workOf, records }: Counted,
  ids: readonly number[],
  complete: boolean,
): Facet {
  const looked = ids.slice(0, MAX_FACET_WORKS);
  const lowerBound = !complete || looked.length < ids.length;
  const values = selectedValues(field, filter);
  for (const id of looked) {
    const work = workOf(id);
    const seen = new Set<string>();
    for (const [value, label] of facetValues(field, work, () => publishers(records, id))) {
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
  field: FacetField,
  work: Work,
  publishersOf: () => string[],
): [value: string, label: string][] {
  const plain = (text: string): [string, string] => [text, text];
  switch (field) {
    case "author":
      return work.authors.map((author) => [author.key, author.name]);
    case "language":
      return work.languages.map((code) => [code, languageName(code)]);
    case "subject":
      return work.subjects.map(plain);
    case "series":
      return work.series.map((entry) => plain(entry.title));
    case "publisher":
      return publishersOf().map(plain);
    case "decade": {
      if (work.firstPublished.year === 0) return [];
      const decade = Math.floor(work.firstPublished.year / 10) * 10;
      return [[String(decade), `${decade}s`]];
    }
  }
}

function publishers(records: Records, id: number): string[] {
  return [...records.editions(id)].flatMap((edition) => edition.publishers);
}
