import type { Catalog } from "#server/catalog/catalog.ts";
import type { CatalogueEntry } from "#server/catalog/entry.ts";
import { anEdition, anEntry, aYear } from "./builders.ts";
import { aCatalog, type TestCatalogOptions } from "./catalog.ts";

const tolkien = { key: "OL26320A", name: "J. R. R. Tolkien" };

/** What is in `aFewBooks`. */
export const fewEntries: readonly CatalogueEntry[] = [
  anEntry({
    popularity: 12,
    formerKeys: ["OL999W"],
    authorAlternateNames: [["John Ronald Reuel Tolkien"]],
    work: {
      key: "OL27448W",
      title: "The Lord of the Rings",
      authors: [tolkien],
      description: "A hobbit carries a ring to the fire in which it was forged.",
      firstPublished: aYear(1954),
      subjects: ["Fantasy fiction"],
      series: [{ title: "Middle-earth", position: "2" }],
      rating: { average: 4.5, count: 700 },
      readerCount: 4000,
      coverId: 14625765,
      isbn13: "9780261103252",
    },
    editions: [
      anEdition({
        key: "OL51708686M",
        title: "The Lord of the Rings",
        publishers: ["HarperCollins"],
        published: aYear(1995),
        isbn13: ["9780261103252"],
      }),
      anEdition({
        key: "OL2M",
        title: "Der Herr der Ringe",
        languages: ["ger"],
        publishers: ["Klett-Cotta"],
        published: aYear(1972),
      }),
    ],
  }),
  anEntry({
    popularity: 11,
    authorAlternateNames: [["John Ronald Reuel Tolkien"]],
    work: {
      key: "OL262758W",
      title: "The Hobbit",
      authors: [tolkien],
      description: "A hobbit leaves his armchair for a dragon's hoard.",
      firstPublished: aYear(1937),
      series: [{ title: "Middle-earth", position: "1" }],
    },
  }),
  anEntry({
    popularity: 10,
    work: {
      key: "OL166894W",
      title: "Преступление и наказание",
      authors: [{ key: "OL22242A", name: "Фёдор Достоевский" }],
      firstPublished: aYear(1866),
      languages: ["rus", "eng"],
      originalLanguage: "rus",
      otherTitles: [{ title: "Crime and Punishment", language: "eng" }],
    },
  }),
];

/** Three books that a server is tested with. */
export function aFewBooks(options: TestCatalogOptions = {}): Catalog {
  return aCatalog(fewEntries, options);
}
