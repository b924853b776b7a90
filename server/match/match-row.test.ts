import { afterAll, expect, test } from "vitest";
import type { ListRow } from "#server/catalog/list-row.ts";
import { anEdition, anEntry, aRow, aYear } from "#server/testing/builders.ts";
import { aCatalog } from "#server/testing/catalog.ts";
import { fewEntries } from "#server/testing/few-books.ts";

const baum = { key: "OL9A", name: "L. Frank Baum" };
const catalog = aCatalog([
  ...fewEntries,
  anEntry({
    popularity: 9,
    work: {
      key: "OL10W",
      title: "The Marvelous Land of Oz",
      authors: [baum],
      firstPublished: aYear(1904),
    },
  }),
  anEntry({
    popularity: 8,
    work: {
      key: "OL11W",
      title: "Walden; or, Life in the Woods",
      authors: [{ key: "OL11A", name: "Henry David Thoreau" }],
      firstPublished: aYear(1854),
    },
  }),
  anEntry({
    popularity: 7,
    work: {
      key: "OL12W",
      title: "The Tunnel",
      authors: [{ key: "OL12A", name: "Ernesto Sabato" }],
    },
  }),
  anEntry({
    popularity: 7,
    work: { key: "OL13W", title: "The Tunnel", authors: [{ key: "OL13A", name: "Eric Williams" }] },
  }),
  ...[1, 2].map((volume) =>
    anEntry({
      popularity: 5,
      work: {
        key: `OL2${volume}W`,
        title: `A History of Science, Volume ${volume}`,
        authors: [{ key: "OL20A", name: "Henry Smith Williams" }],
      },
      editions: [anEdition({ key: `OL2${volume}M` })],
    }),
  ),
]);
afterAll(() => catalog[Symbol.asyncDispose]());

test.each<[string, Partial<ListRow>]>([
  ["OL27448W", { title: "The Lord of the Rings", author: "J. R. R. Tolkien", year: 1954 }],
  ["OL27448W", { title: "Lord of the rings, the", author: "Tolkien, J.R.R." }],
  ["OL27448W", { title: "The Lrod of the Rings", author: "Tolkein" }],
  ["OL27448W", { isbn: "978-0-261-10325-2" }],
  ["OL27448W", { isbn: "0-261-10325-3" }],
  ["OL27448W", { title: "Der Herr der Ringe", author: "Tolkien", year: 1972 }],
  ["OL11W", { title: "Walden", author: "Thoreau, H. D." }],
  ["OL166894W", { title: "Crime and Punishment", author: "Dostoevsky, F." }],
  ["OL22W", { title: "A History of Science, Volume 2", author: "Williams, H. S." }],
  ["OL262758W", { citation: "Tolkien, J. R. R. (1937). The hobbit. George Allen & Unwin." }],
  ["OL262758W", { citation: "Tolkien, J.R.R. 1937, The Hobbit, Allen & Unwin, London." }],
  ["OL262758W", { citation: "J. R. R. Tolkien, The Hobbit (London: Allen & Unwin, 1937), 23." }],
  ["OL262758W", { citation: "[12] Tolkien, John Ronald Reuel. The Hobbit. London: Unwin, 1951." }],
  ["OL262758W", { citation: "The hobbit / J.R.R. Tolkien. — London : Unwin, 1937. — 310 p." }],
  ["OL262758W", { citation: "The Hobbit by J. R. R. Tolkien" }],
  ["OL262758W", { citation: "Tolkien - Hobbit" }],
  ["OL10W", { citation: "Baum, L. F. (n.d.). The Marvellous Land of Oz." }],
  ["OL27448W", { citation: "The Fellowship of the Ring, ISBN 9780261103252" }],
  ["OL22W", { citation: "Williams, H. S. (1904). A history of science, vol. 2. Harper." }],
  ["OL262758W", { citation: "Tolkien, “The Hobit”, 1937" }],
  ["OL262758W", { citation: "J.R.R. Tolkein. THE HOBBIT. London 1937" }],
  ["OL11W", { citation: "Thoreau, Henry David. Walden; or, Life in the Woods. Boston, 1854." }],
])("finds %s for %j", async (key, row) => {
  const { verdict, matches } = await catalog.match(aRow(row));
  expect({ verdict, key: matches[0]?.work.key }).toEqual({ verdict: "matched", key });
});

test.each<Partial<ListRow>>([
  { title: "The Hobbit", author: "Stephen King" },
  { citation: "King, Stephen. The Hobbit. New York: Viking, 1986." },
  { title: "The Marvelous Land of Nowhere", author: "Somebody Else" },
  { citation: "Baum, L. Frank. The Emerald City of Oz. Chicago: Reilly & Britton, 1910." },
  { title: "The Tunnel" },
  { title: "A History of Science, Volume 7", author: "Williams, H. S." },
  { citation: "Williams, H. S. (1904). A history of science, vol. 7. Harper." },
  { isbn: "9780306406157" },
])("trusts no match for %j", async (row) => {
  const { verdict } = await catalog.match(aRow(row));
  expect(verdict).not.toBe("matched");
});

test("says what speaks for a match and against it", async () => {
  const { matches } = await catalog.match(
    aRow({ title: "The Hobbit", author: "Tolkien, J. R. R.", year: 1951 }),
  );
  expect(matches[0]?.evidence).toEqual([
    { field: "title", agreement: "exact", text: "The Hobbit" },
    { field: "author", agreement: "exact", text: "J. R. R. Tolkien" },
    { field: "year", agreement: "close", text: "1937" },
  ]);
});

test("confidences of one row are at most 1 together", async () => {
  const { matches } = await catalog.match(aRow({ title: "The Tunnel" }));
  expect(matches).toHaveLength(2);
  const total = matches.reduce((sum, { confidence }) => sum + confidence, 0);
  expect(total).toBeLessThanOrEqual(1);
});

test.each<[string, Partial<ListRow>]>([
  ["The row is empty", {}],
  ["The row is empty", { citation: " – ", year: 1954 }],
  ['"12345" is no ISBN', { isbn: "12345" }],
])("has a problem (%s) with %j", async (problem, row) => {
  const answer = await catalog.match(aRow(row));
  expect(answer).toMatchObject({ verdict: "notFound", matches: [] });
  expect(answer.problem).toContain(problem);
});

test.each(['"((', "title:", "-", "*:* OR (", "a".repeat(2000), "(".repeat(2000), "\u0000\ud800"])(
  "survives %j as a citation",
  async (citation) => {
    await catalog.match(aRow({ citation }));
  },
);
