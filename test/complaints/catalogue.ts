/**
 * Catalogues in which complaints of users of other book searches would come true (shared facts,
 * open-library.md §2). The tests beside this file bear the numbers of that list; what concerns
 * importing or the page is tested there.
 */
import { afterEach } from "vitest";
import type {
  Catalog,
  FacetFilter,
  SearchRequest,
  SearchResponse,
} from "#server/catalog/catalog.ts";
import type { CatalogueEntry } from "#server/catalog/entry.ts";
import { plainSearch } from "#server/catalog/plain-search.ts";
import type { Work } from "#server/catalog/records.ts";
import { anEntry } from "#server/testing/builders.ts";
import { aCatalog } from "#server/testing/catalog.ts";

export type BookOverride = Partial<Omit<CatalogueEntry, "work">> & Partial<Omit<Work, "authors">>;

let keyNumber = 0;

/** A book by one author, whose key follows from the name. */
export function book(title: string, author: string, override: BookOverride = {}): CatalogueEntry {
  const { editions = [], popularity = 1, authorAlternateNames, formerKeys, ...work } = override;
  // As importers do.
  const otherTitles = editions
    .map((edition) => ({ title: edition.title, language: edition.languages[0] ?? "" }))
    .filter((other) => other.title !== title);
  keyNumber += 1;
  const key = `OL${[...author].reduce((sum, char) => (sum * 7 + (char.codePointAt(0) ?? 0)) % 99_991, 1)}A`;
  return anEntry({
    editions,
    popularity,
    ...(authorAlternateNames === undefined ? {} : { authorAlternateNames }),
    ...(formerKeys === undefined ? {} : { formerKeys }),
    work: { key: `OL${keyNumber}W`, title, authors: [{ key, name: author }], otherTitles, ...work },
  });
}

const open: Catalog[] = [];

afterEach(async () => {
  for (const catalog of open.splice(0)) {
    await catalog[Symbol.asyncDispose]();
  }
});

/** A catalogue of some books, gone after the test. It has time enough on slow machines. */
export function catalogOf(entries: readonly CatalogueEntry[]): Catalog {
  const catalog = aCatalog(entries);
  open.push(catalog);
  return catalog;
}

/** What a catalogue of some books answers. */
export function find(
  entries: readonly CatalogueEntry[],
  query: string,
  override: Partial<SearchRequest> = {},
): Promise<SearchResponse> {
  return catalogOf(entries).search(plainSearch(query, override));
}

/** Titles found, best first. */
export async function titles(
  entries: readonly CatalogueEntry[],
  query: string,
  override: Partial<SearchRequest> = {},
): Promise<string[]> {
  const { results } = await find(entries, query, override);
  return results.map(({ work }) => work.title);
}

type Facet = "language" | "author" | "subject" | "publisher" | "series";

/** A filter on one facet. */
export function filtered(
  field: Facet,
  filter: Partial<FacetFilter>,
): Pick<SearchRequest, "filter"> {
  const { filter: all } = plainSearch("");
  return { filter: { ...all, [field]: { anyOf: [], noneOf: [], ...filter } } };
}
