/** Two dozen books that are asked for in many ways, and what a search says of them. */
import type { CatalogueEntry } from "#server/catalog/entry.ts";
import { plainSearch } from "#server/catalog/plain-search.ts";
import { anEdition, anEntry, aYear } from "#server/testing/builders.ts";
import { sharedCatalog } from "#server/testing/shared-catalog.ts";

type BookOverride = {
  popularity?: number;
  series?: [title: string, position: string];
  subjects?: string[];
  places?: string[];
  people?: string[];
  year?: number;
  publisher?: string;
  description?: string;
  otherTitles?: string[];
  otherIds?: string[];
  isbn13?: string;
  /** MARC codes of the edition. */
  languages?: string[];
};

let nextKey = 0;

/** A book by one author; every call makes a work and an edition with keys of their own. */
export function aBook(title: string, author: string, override: BookOverride = {}): CatalogueEntry {
  nextKey += 1;
  const { popularity = 5, series, year = 1900, publisher = "Vintage" } = override;
  return anEntry({
    popularity,
    work: {
      key: `OL${nextKey}W`,
      title,
      authors: [{ key: `OL${authorNumber(author)}A`, name: author }],
      series: series === undefined ? [] : [{ title: series[0], position: series[1] }],
      subjects: override.subjects ?? [],
      places: override.places ?? [],
      people: override.people ?? [],
      description: override.description ?? "",
      firstPublished: aYear(year),
      otherTitles: (override.otherTitles ?? []).map((other) => ({ title: other, language: "" })),
    },
    editions: [
      anEdition({
        key: `OL${nextKey}M`,
        title,
        publishers: [publisher],
        languages: override.languages ?? ["eng"],
        published: aYear(year),
        otherIds: override.otherIds ?? [],
        isbn13: override.isbn13 === undefined ? [] : [override.isbn13],
      }),
    ],
  });
}

const authors = new Map<string, number>();

function authorNumber(name: string): number {
  const known = authors.get(name) ?? authors.size + 1;
  authors.set(name, known);
  return known;
}

/** Searches a small catalogue, which closes after the tests of the file. */
export function searchesIn(entries: readonly CatalogueEntry[]) {
  const catalog = sharedCatalog([...entries]);
  const ask = (query: string) => catalog.search(plainSearch(query));
  return {
    ask,
    titles: async (query: string) => (await ask(query)).results.map(({ work }) => work.title),
    first: async (query: string) => (await ask(query)).results[0]?.work.title,
  };
}
