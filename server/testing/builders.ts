/**
 * Records for tests: valid by default, the same every time; a test states only what it is about.
 */

import type { CatalogueEntry } from "#server/catalog/entry.ts";
import type { ListRow } from "#server/catalog/list-row.ts";
import type { Author, Edition, PublicationDate, Work } from "#server/catalog/records.ts";

/** A work without editions, readers or ratings. */
export function aWork(override: Partial<Work> = {}): Work {
  return {
    key: "OL1W",
    title: "The Left Hand of Darkness",
    subtitle: "",
    authors: [{ key: "OL1A", name: "Ursula K. Le Guin" }],
    description: "",
    firstPublished: aYear(1969),
    languages: ["eng"],
    originalLanguage: "",
    subjects: [],
    people: [],
    places: [],
    times: [],
    series: [],
    otherTitles: [],
    editionCount: 0,
    rating: { average: 0, count: 0 },
    readerCount: 0,
    coverId: 0,
    isbn13: "",
    demotion: "none",
    ...override,
  };
}

/** An English edition without identifiers. */
export function anEdition(override: Partial<Edition> = {}): Edition {
  return {
    key: "OL1M",
    title: "The Left Hand of Darkness",
    subtitle: "",
    languages: ["eng"],
    publishers: ["Ace Books"],
    published: aYear(1969),
    pageCount: 286,
    isbn13: [],
    isbn10: [],
    lccn: [],
    oclc: [],
    otherIds: [],
    series: [],
    physicalFormat: "",
    byStatement: "",
    editionStatement: "",
    coverId: 0,
    ...override,
  };
}

/** An author with nothing but a name. */
export function anAuthor(override: Partial<Author> = {}): Author {
  return {
    key: "OL1A",
    name: "Ursula K. Le Guin",
    alternateNames: [],
    birthDate: "",
    deathDate: "",
    biography: "",
    ...override,
  };
}

/** A known year. */
export function aYear(year: number): PublicationDate {
  return { year, precision: "year", text: String(year) };
}

export type EntryOverride = Partial<Omit<CatalogueEntry, "work">> & { work?: Partial<Work> };

/** A work with its editions, ready for an index; `editionCount` follows the editions. */
export function anEntry(override: EntryOverride = {}): CatalogueEntry {
  const editions = override.editions ?? [];
  const work = aWork({ editionCount: editions.length, ...override.work });
  return {
    editions,
    authorAlternateNames: work.authors.map(() => []),
    popularity: 1,
    formerKeys: [],
    ...override,
    work,
  };
}

/** A row of a list in which nothing is known but what is given. */
export function aRow(row: Partial<ListRow>): ListRow {
  return { citation: "", isbn: "", title: "", author: "", year: 0, ...row };
}
