/** The values by which works are filtered, as the index has them. */
import type { FacetField } from "#server/catalog/catalog.ts";
import { languageName } from "#server/catalog/languages.ts";
import type { Work } from "#server/catalog/records.ts";
import { squash } from "#server/catalog/text/fold.ts";
import { memoise } from "#server/catalog/text/text-hash.ts";
import type { PublisherNames } from "../index-port.ts";
import type { SearchRun } from "../search-run.ts";

export type FacetValue = { value: string; label: string };

/** Editions whose publishers are read for one facet; more make counts lower bounds … */
const MAX_EDITIONS = 2_000;
/** … but so many of each work are, however many works there are. */
const LEAST_EDITIONS = 5;

/** Reads what facets count; most of them count the same works. */
export class FacetReader {
  #run: SearchRun;
  #works = new Map<number, Work>();
  #publishers = new Map<number, PublisherNames>();

  constructor(run: SearchRun) {
    this.#run = run;
  }

  async load(field: FacetField, ids: readonly number[]): Promise<void> {
    const { index, effort } = this.#run;
    const known: ReadonlyMap<number, unknown> =
      field === "publisher" ? this.#publishers : this.#works;
    const fresh = ids.filter((id) => !known.has(id));
    if (fresh.length === 0) {
      return;
    }
    if (field === "publisher") {
      const most = Math.max(LEAST_EDITIONS, Math.floor(MAX_EDITIONS / fresh.length));
      const lists = await index.publishers(fresh, most, effort);
      for (const [place, id] of fresh.entries()) {
        this.#publishers.set(id, lists[place] ?? { names: [], isWhole: false });
      }
    } else {
      const works = await index.works(fresh, effort);
      for (const [place, work] of works.entries()) {
        this.#works.set(fresh[place] ?? 0, work);
      }
    }
  }

  /** False if a work may have more values of a field than `values` gives. */
  isWhole(field: FacetField, id: number): boolean {
    return field !== "publisher" || this.#publishers.get(id)?.isWhole === true;
  }

  /** The values of a field that a work has, each once, by what makes them equal. */
  values(field: FacetField, id: number): Map<string, FacetValue> {
    const values = new Map<string, FacetValue>();
    for (const [value, label] of this.#labelled(field, id)) {
      const key = facetKey(field, value);
      if (key !== "" && !values.has(key)) {
        values.set(key, { value, label });
      }
    }
    return values;
  }

  #labelled(field: FacetField, id: number): [value: string, label: string][] {
    if (field === "publisher") {
      return (this.#publishers.get(id)?.names ?? []).map(asLabel);
    }
    const work = this.#works.get(id);
    return work === undefined ? [] : labelled(field, work);
  }
}

/** Common headings and publishers stand on most works. */
const squashed = memoise(squash, 16_384);

/** What makes two values of a facet one. */
export function facetKey(field: FacetField, value: string): string {
  return field === "author" || field === "language" || field === "decade" ? value : squashed(value);
}

function labelled(
  field: Exclude<FacetField, "publisher">,
  work: Work,
): [value: string, label: string][] {
  switch (field) {
    case "author":
      return work.authors.map((author) => [author.key, author.name]);
    case "language":
      return work.languages.map((code) => [code, languageName(code)]);
    case "subject":
      // A filter by subject finds people, places and times, too.
      return [...work.subjects, ...work.people, ...work.places, ...work.times].map(asLabel);
    case "series":
      return work.series.map((entry) => asLabel(entry.title));
    case "decade": {
      if (work.firstPublished.year === 0) {
        return [];
      }
      const decade = Math.floor(work.firstPublished.year / 10) * 10;
      return [[String(decade), `${decade}s`]];
    }
  }
}

function asLabel(text: string): [value: string, label: string] {
  return [text, text];
}
