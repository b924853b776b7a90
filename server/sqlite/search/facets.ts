import type { Facet, FacetField, SearchFilter } from "#server/catalog/catalog.ts";
import { languageName } from "#server/catalog/languages.ts";
import type { Work } from "#server/catalog/records.ts";
import { squash } from "#server/catalog/text/fold.ts";
import type { Records } from "./records.ts";

const MAX_VALUES = 20;

/** So many of the works found are looked at, most relevant first; more make counts lower bounds. */
export const MAX_FACET_WORKS = 400;

type Value = { value: string; label: string; count: number; selected: boolean };

/** Counts the values of facets over works. `complete`: these are all that match. */
export function countFacets(
  fields: readonly FacetField[],
  ids: readonly number[],
  complete: boolean,
  filter: SearchFilter,
  records: Records,
): Facet[] {
  if (fields.length === 0) return [];
  const looked = ids.slice(0, MAX_FACET_WORKS);
  const lowerBound = !complete || looked.length < ids.length;
  const counts = new Map(fields.map((field) => [field, selectedValues(field, filter)]));
  for (const id of looked) {
    const work = records.work(id);
    for (const [field, values] of counts) {
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
  }
  return fields.map((field) => ({
    field,
    values: [...(counts.get(field)?.values() ?? [])]
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
  }));
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
