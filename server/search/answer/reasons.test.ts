/** Why a book was found, where it is not plain from its title. */
import { afterAll, expect, test } from "vitest";
import { plainSearch } from "#server/catalog/plain-search.ts";
import { anEdition, anEntry } from "#server/testing/builders.ts";
import { aCatalog } from "#server/testing/catalog.ts";

const herbert = { key: "OL1A", name: "Brian Herbert" };
const catalog = aCatalog([
  anEntry({
    popularity: 5,
    editions: [
      anEdition({ key: "OL1M", title: "House Atreides", publishers: ["Bantam"] }),
      anEdition({
        key: "OL2M",
        title: "Dune: House Atreides",
        publishers: ["New English Library"],
      }),
    ],
    work: {
      key: "OL1W",
      title: "House Atreides",
      authors: [herbert],
      otherTitles: [{ title: "Dune: House Atreides", language: "eng" }],
      subjects: ["Fiction", "Science fiction"],
      places: ["Arrakis (Imaginary place)"],
      series: [{ title: "Prelude to Dune", position: "1" }],
    },
  }),
]);
afterAll(() => catalog[Symbol.asyncDispose]());

async function reasonsFor(query: string) {
  const { results, interpretation } = await catalog.search(plainSearch(query));
  return { reasons: results[0]?.reasons, notices: interpretation.notices };
}

test.each([
  ["subject:fiction", "subject", "Fiction", 0],
  ['subject:"science fiction"', "subject", "Science fiction", 0],
  ["topic:arrakis", "topic", "Arrakis (Imaginary place)", 0],
  ["publisher:library", "publisher", "New English Library", 0],
  ["herbert publisher:bantam", "publisher", "Bantam", 1],
  ['series:"prelude to dune"', "series", "Prelude to Dune", 0],
  ["series:prelude", "series", "Prelude to Dune 1", 0],
])("%s is met by a text of that field", async (query, field, text, place) => {
  const { reasons } = await reasonsFor(query);
  expect(reasons?.[place]).toMatchObject({ field, text });
  expect(reasons?.[place]?.highlights).not.toEqual([]);
});

test("of a title without its article and subtitle the words typed are marked", async () => {
  await using hobbit = aCatalog([
    anEntry({ work: { key: "OL1W", title: "The Hobbit", subtitle: "Or, There and Back Again" } }),
  ]);
  const { results } = await hobbit.search(plainSearch("hobbit"));
  expect(results[0]?.reasons).toMatchObject([
    { text: "The Hobbit: Or, There and Back Again", highlights: [{ start: 4, end: 10 }] },
  ]);
});

test("what is left out is no reason", async () => {
  const { reasons } = await reasonsFor("herbert -subject:magic");
  expect(reasons?.map(({ field }) => field)).toEqual(["author"]);
});

test("the title whose beginning was typed is named, not the work's own", async () => {
  const { reasons } = await reasonsFor("dune");
  expect(reasons?.[0]).toMatchObject({
    field: "otherTitle",
    text: "Dune: House Atreides",
    editionKey: "OL2M",
  });
});

test("a phrase that no book has is searched word by word, and the answer points at it", async () => {
  const { reasons, notices } = await reasonsFor('herbert "atreides house"');
  expect(reasons?.map(({ text }) => text)).toContain("House Atreides");
  expect(notices).toEqual([
    { reason: "phrase_not_found", message: expect.any(String), span: { start: 9, end: 23 } },
  ]);
});

test("unless exactly that was asked for", async () => {
  const { results } = await catalog.search(
    plainSearch('herbert "atreides house"', { verbatim: true }),
  );
  expect(results).toEqual([]);
});
