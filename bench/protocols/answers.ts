import type { Catalog, SearchResponse } from "#server/catalog/catalog.ts";
import type { Work } from "#server/catalog/records.ts";
import { aFewBooks } from "#server/testing/few-books.ts";

const catalog = aFewBooks();
const work = (await catalog.getWork("OL27448W")) as Work;
const edition = (
  await catalog.listEditions({
    workKey: "OL27448W",
    pageSize: 1,
    pageToken: "",
    preferredLanguages: [],
  })
)?.editions[0];

/** A page of ten results, as a search answers it. */
export const tenResults: SearchResponse = {
  results: Array.from({ length: 10 }, () => ({
    work,
    edition,
    reasons: [
      {
        field: "title",
        text: work.title,
        highlights: [{ start: 4, end: 8 }],
        kind: "words",
        editionKey: "",
        language: "",
      },
    ],
    duplicates: [],
    volumes: [],
    explanation: undefined,
  })),
  nextPageToken: "",
  total: { value: 10, lowerBound: false },
  facets: [],
  interpretation: {
    root: {
      kind: "words",
      field: undefined,
      text: "lord",
      excluded: false,
      span: { start: 0, end: 4 },
    },
    searchedText: "lord",
    corrections: [],
    relaxations: [],
    notices: [],
  },
};

/** A catalogue that answers every search with that page at once: the cost left is the server's. */
export const instantCatalog: Catalog = Object.assign(Object.create(catalog) as Catalog, {
  search: async () => tenResults,
});
