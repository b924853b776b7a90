import { describe, expect, test } from "vitest";
import type { CatalogueEntry } from "#server/catalog/entry.ts";
import { plainSearch } from "#server/catalog/plain-search.ts";
import type { Work } from "#server/catalog/records.ts";
import { anEntry } from "#server/testing/builders.ts";
import { sharedCatalog } from "#server/testing/shared-catalog.ts";

const herbert = { key: "OL1A", name: "Frank Herbert" };
const pratchett = { key: "OL2A", name: "Terry Pratchett" };
const others = { key: "OL3A", name: "Somebody Else" };

let nextKey = 100;

function book(title: string, popularity: number, work: Partial<Work> = {}): CatalogueEntry {
  nextKey += 1;
  const author = { key: `OL${nextKey}A`, name: `Author of ${title}` };
  return anEntry({
    popularity,
    work: { key: `OL${nextKey}W`, title, authors: [author], ...work },
  });
}

const inDune = (title: string, position: string, popularity: number) =>
  book(title, popularity, { authors: [herbert], series: [{ title: "Dune", position }] });

const dune = book("Dune", 9, {
  key: "OL1W",
  authors: [herbert],
  series: [{ title: "Dune", position: "1" }],
  subjects: ["Fiction", "Desert planets"],
  places: ["Arrakis"],
});

const catalog = sharedCatalog([
  dune,
  inDune("Children of Dune", "3", 8),
  inDune("Dune Messiah", "2", 7),
  inDune("The Great Dune Trilogy", "1-3", 9),
  book("Whipping Star", 3, { authors: [herbert] }),
  book("Sand Everywhere", 4, { subjects: ["Desert planets"] }),
  book("The Road to Arrakis", 2, { subjects: ["Desert planets"], places: ["Arrakis"] }),
  anEntry({
    popularity: 8,
    work: {
      key: "OL2W",
      title: "Dune: a summary",
      authors: [others],
      demotion: "summary",
      places: ["Arrakis"],
    },
  }),
  // So common a heading that it makes no two books alike.
  ...Array.from({ length: 300 }, (_, index) =>
    book(`Bestseller ${index}`, 9 - index / 100, { subjects: ["Fiction"] }),
  ),
  ...Array.from({ length: 30 }, (_, index) =>
    book(`Discworld Novel ${index + 1}`, 9 - index / 10, {
      key: `OL${1001 + index}W`,
      authors: [pratchett],
      series: [{ title: "Discworld", position: String(index + 1) }],
    }),
  ),
  ...["Good Omens", "Nation", "Dodger", "Strata"].map((title, index) =>
    book(title, 7 - index, { authors: [pratchett] }),
  ),
  book("Alone", 5, { key: "OL3W" }),
  book("Like Water for Chocolate", 8, { authors: [others], key: "OL4W" }),
  book("Swift as Desire", 2, { authors: [others] }),
]);

async function similarTo(workKey: string, pageSize = 20) {
  const similar = await catalog.similarBooks({ workKey, pageSize });
  return similar?.map(({ work, reasons }) => ({ title: work.title, reasons }));
}

describe("books like one", () => {
  test("are its series in order, boxes last, then who shares the rarest things", async () => {
    const similar = await similarTo("OL1W");
    expect(similar?.map(({ title }) => title)).toEqual([
      "Dune Messiah",
      "Children of Dune",
      "The Great Dune Trilogy",
      "The Road to Arrakis",
      "Sand Everywhere",
      "Whipping Star",
    ]);
  });

  test("come with what they share, the series first", async () => {
    const similar = await similarTo("OL1W");
    expect(similar?.[0]?.reasons).toEqual([
      { field: "series", text: "Dune" },
      { field: "author", text: "Frank Herbert" },
    ]);
    const road = similar?.find(({ title }) => title === "The Road to Arrakis");
    expect(road?.reasons).toEqual(
      expect.arrayContaining([
        { field: "topic", text: "Arrakis" },
        { field: "subject", text: "Desert planets" },
      ]),
    );
  });

  test("leave room beside a long series, of which those next to the book are shown", async () => {
    const titles = (await similarTo("OL1011W", 8))?.map(({ title }) => title);
    expect(titles).toEqual([
      "Discworld Novel 9",
      "Discworld Novel 10",
      "Discworld Novel 12",
      "Discworld Novel 13",
      "Good Omens",
      "Nation",
      "Dodger",
      "Strata",
    ]);
  });

  test("are none where nothing is shared, and undefined where there is no book", async () => {
    expect(await similarTo("OL3W")).toEqual([]);
    expect(await similarTo("OL999999W")).toBeUndefined();
  });
});

describe("a search for books like one", () => {
  test.each(["books like dune", "similar to dune", "if you liked dune", "libros como dune"])(
    "answers the book, then its neighbours, and counts them: %s",
    async (query) => {
      const { results, total, interpretation } = await catalog.search(plainSearch(query));
      expect(results.slice(0, 3).map(({ work }) => work.title)).toEqual([
        "Dune",
        "Dune Messiah",
        "Children of Dune",
      ]);
      expect(total).toEqual({ value: 7, lowerBound: false });
      expect(interpretation.notices.map(({ reason }) => reason)).toContain("like_read");
    },
  );

  test("says of each neighbour what it shares", async () => {
    const { results } = await catalog.search(plainSearch("books like dune", { explain: true }));
    expect(results[0]?.reasons[0]).toMatchObject({ field: "title" });
    expect(results[1]?.reasons).toMatchObject([
      { field: "series", text: "Dune", highlights: [{ start: 0, end: 4 }] },
      { field: "author", text: "Frank Herbert" },
    ]);
    expect(results[1]?.explanation?.lanes).toEqual(["similar"]);
  });

  test("is none where the title has the word, where a name is asked for, or word for word", async () => {
    for (const request of [
      plainSearch("like water for chocolate"),
      plainSearch("books like terry pratchett"),
      plainSearch("books like dune", { verbatim: true }),
    ]) {
      const { interpretation } = await catalog.search(request);
      expect(interpretation.notices.map(({ reason }) => reason)).not.toContain("like_read");
    }
  });

  test("is narrowed by a filter", async () => {
    const request = plainSearch("books like dune");
    const { filter } = request;
    const author = { anyOf: ["OL1A"], noneOf: [] };
    const { results } = await catalog.search({ ...request, filter: { ...filter, author } });
    expect(results.map(({ work }) => work.title)).toEqual([
      "Dune",
      "Dune Messiah",
      "Children of Dune",
      "The Great Dune Trilogy",
      "Whipping Star",
    ]);
  });
});
