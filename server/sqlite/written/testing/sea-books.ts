/** Forty books of which some are then written over, and all that a reader sees of such a catalogue. */
import type { Catalog, SearchOrder } from "#server/catalog/catalog.ts";
import type { CatalogueEntry } from "#server/catalog/entry.ts";
import { plainSearch } from "#server/catalog/plain-search.ts";
import { anEdition, anEntry, aYear } from "#server/testing/builders.ts";

const sea = { key: "OL7A", name: "Marina Hansen" };

/** Forty books about the sea, of which every fifth is by one author. */
function book(number: number): CatalogueEntry {
  return anEntry({
    popularity: 100 - number,
    work: {
      key: `OL${number}W`,
      title: `The Sea of Number${number}`,
      authors: [
        number % 5 === 0 ? sea : { key: `OL${100 + number}A`, name: `Writer${number} Ost` },
      ],
      firstPublished: aYear(1900 + number),
      subjects: [number % 2 === 0 ? "Ships" : "Islands"],
      description: `A voyage on the ${number % 2 === 0 ? "brigantine" : "schooner"}.`,
    },
    editions: [
      anEdition({
        key: `OL${number}M`,
        title: `The Sea of Number${number}`,
        lccn: [`77${number}`],
      }),
    ],
  });
}

export const imported = Array.from({ length: 40 }, (_, index) => book(index + 1));

/** A book of the import with another work and other editions. */
export function changed(
  number: number,
  work: Partial<CatalogueEntry["work"]>,
  editions?: CatalogueEntry["editions"],
): CatalogueEntry {
  const entry = book(number);
  return { ...entry, work: { ...entry.work, ...work }, editions: editions ?? entry.editions };
}

export const made = anEntry({
  popularity: 0,
  work: {
    key: "OL900000001W",
    title: "Quixotic Lanterns",
    authors: [sea],
    firstPublished: aYear(2025),
    subjects: ["Ships"],
    description: "A lamplighter aboard the brigantine.",
  },
  editions: [
    anEdition({ key: "OL900000001M", title: "Quixotic Lanterns", isbn13: ["9780000000019"] }),
  ],
});

const everyOrder: readonly SearchOrder[] = [
  "relevance",
  "popularity",
  "rating",
  "newest",
  "oldest",
  "title",
  "author",
];

/** What any reader can see of a catalogue, for comparing two. */
export async function seen(one: Catalog, orders: readonly SearchOrder[] = everyOrder) {
  const queries = [
    "sea",
    "hansen",
    "quixotic",
    "lantern",
    "quixotik",
    "brigantine voyage",
    "",
    "subject:ships",
    "numbre7",
    "qui",
    "sea -number7",
    "9780000000019",
    "lamplighter aboard a brigantine",
    "author:OL7A",
  ];
  const answers: unknown[] = [];
  for (const query of queries) {
    for (const order of orders) {
      const request = plainSearch(query, {
        order,
        pageSize: 10,
        facets: ["author", "language", "subject", "decade", "publisher"],
      });
      let pageToken = "";
      do {
        const { results, nextPageToken, total, facets, interpretation } = await one.search({
          ...request,
          pageToken,
        });
        pageToken = nextPageToken;
        answers.push({
          query,
          order,
          found: results.map(({ work, edition }) => [work, edition?.key]),
          total,
          facets,
          corrections: interpretation.corrections,
        });
      } while (pageToken !== "");
    }
    answers.push(
      await one.suggest({ query, kinds: ["book", "author", "series", "subject"], pageSize: 10 }),
    );
  }
  const { workCount, editionCount } = await one.info();
  answers.push(workCount, editionCount, await one.getAuthor("OL7A"));
  return answers;
}
