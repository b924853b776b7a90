/**
 * No request may do more than so much work, whatever it asks. Counted in units of the budget, which are
 * about microseconds: the tests say what is done, not how long it takes on a busy machine.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FacetField, SearchFilter, SearchRequest } from "#server/catalog/catalog.ts";
import { plainSearch } from "#server/catalog/plain-search.ts";
import { ReadDatabase } from "#server/sqlite/database.ts";
import { SqliteIndex } from "#server/sqlite/read/sqlite-index.ts";
import { anEntry, aYear } from "#server/testing/builders.ts";
import { writeCatalogue } from "#server/testing/catalog.ts";
import { beginRun, search } from "./search.ts";
import { defaultSearchOptions } from "./search-run.ts";

const MOST_UNITS = 50_000;

const common =
  "the of and a in to for with on from by an at as his her new life world history story book love time man war great first one little day house last night women old children king".split(
    " ",
  );

const folder = mkdtempSync(join(tmpdir(), "bookfinder-work-"));
let index: SqliteIndex;
beforeAll(() => {
  const path = join(folder, "catalogue.db");
  const word = (place: number) => common[place % common.length] ?? "";
  const entries = Array.from({ length: 3_000 }, (_, place) =>
    anEntry({
      popularity: 3_000 - place,
      work: {
        key: `OL${place + 1}W`,
        title: [1, 7, 11, 13].map((step) => word(place * step + (place >> 4))).join(" "),
        authors: [{ key: `OL${(place % 300) + 1}A`, name: `${word(place)} ${word(place + 9)}` }],
        firstPublished: aYear(1800 + (place % 220)),
        subjects: [`${word(place)} ${word(place * 3)}`],
        description: `A ${word(place)} about ${word(place + 1)} and the ${word(place + 2)}.`,
      },
    }),
  );
  writeCatalogue(path, entries);
  index = new SqliteIndex(new ReadDatabase(path, { cacheBytes: 1 << 24, mapBytes: 1 << 26 }));
});
afterAll(async () => {
  await index[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

async function workOf(request: SearchRequest): Promise<{ units: number; reasons: string[] }> {
  const run = beginRun(index, defaultSearchOptions, undefined);
  const { interpretation } = await search(run, request);
  const units = [...run.budget.spent.values()].reduce((sum, spent) => sum + spent, 0);
  return { units, reasons: interpretation.notices.map(({ reason }) => reason) };
}

const facets: FacetField[] = ["author", "language", "subject", "series", "decade", "publisher"];
const values = (...anyOf: string[]) => ({ anyOf, noneOf: [] });
const filter: SearchFilter = {
  author: values("OL1A"),
  language: values("eng"),
  subject: values("History"),
  series: values("Discworld"),
  publisher: values("Penguin"),
  published: { from: 1801, to: 1999 },
  hideDemoted: true,
};
const years = (count: number) =>
  Array.from({ length: count }, (_, place) => `year:${101 + place}..${1899 + place}`).join(" ");
const words = (count: number) =>
  Array.from({ length: count }, (_, place) => common[(place * 7) % common.length]);
const slips = common.map((word) => word.replace(/^(.)(.)(.*)$/, "$2$1$3")).slice(0, 30);
const glued = Array.from({ length: 20 }, (_, place) =>
  words(40)
    .slice(place, place + 3)
    .join(""),
);
const many = Array.from({ length: 20 }, (_, place) => `${common[place]} ${common[place + 1]}`);

const requests: [kind: string, request: SearchRequest][] = [
  ["unknown words and ranges of years", plainSearch(`qzxj wvkq zzyq pqrz ${years(60)}`)],
  [
    "the same with filters and facets",
    plainSearch(`qzxj wvkq zzyq pqrz ${years(60)}`, { filter, facets }),
  ],
  ["misspelt words", plainSearch(slips.join(" "), { facets })],
  ["misspelt words while typing", plainSearch(slips.join(" "), { unfinished: true })],
  ["glued words", plainSearch(glued.join(" "), { facets })],
  ["one endless word", plainSearch("historyoftheworld".repeat(100))],
  ["a long exclusion", plainSearch(`history -(${words(300).join(" ")})`)],
  ["an exclusion alone", plainSearch(`-(${words(300).join(" ")})`, { facets })],
  [
    "many exclusions",
    plainSearch(
      `history ${words(200)
        .map((word) => `-${word}`)
        .join(" ")}`,
    ),
  ],
  ["many alternatives", plainSearch(`(${words(200).join(" OR ")})`, { facets })],
  ["common words in another order", plainSearch("the of", { facets, order: "title" })],
  ["a phrase of common words", plainSearch('"the of the of" "in the of a"', { facets })],
  ["unknown subjects", plainSearch(common.map((word) => `subject:${word}x`).join(" "))],
  [
    "unknown headings",
    plainSearch(common.map((word) => `subject:"${word} and ${word}"`).join(" ")),
  ],
  [
    "numbers",
    plainSearch(
      words(150)
        .map((_, place) => `978014032${8000 + place * 7}`)
        .join(" "),
    ),
  ],
  [
    "values of filters",
    plainSearch("the", {
      filter: { ...filter, author: values(), subject: { anyOf: many, noneOf: many } },
      facets,
    }),
  ],
  ["everything", plainSearch("", { facets, order: "author" })],
  [
    "a description with conditions, exclusions and alternatives",
    plainSearch(
      'story 9780886095095 publisher:man -(book new old) casesromance subject:"the world" goddi ' +
        '-(us day night) (life OR love OR "year house") history (time OR great OR "tales of") king',
      { facets, unfinished: true },
    ),
  ],
  ["a long question", plainSearch(`a story about ${words(300).join(" ")}`, { facets })],
];

describe("a request does a bounded amount of work", () => {
  test.each(requests)("%s", async (_, request) => {
    expect((await workOf(request)).units).toBeLessThan(MOST_UNITS);
  });
});

test("more conditions than a query may have cost nothing and are named", async () => {
  const some = await workOf(plainSearch(`qzxj wvkq ${years(8)}`));
  const more = await workOf(plainSearch(`qzxj wvkq ${years(60)}`));
  expect(more.units).toBeLessThan(1.1 * some.units);
  expect(some.reasons).not.toContain("conditions_ignored");
  expect(more.reasons).toContain("conditions_ignored");
});

test("a description is looked for though the ladder spent all it had", async () => {
  const run = beginRun(index, { ...defaultSearchOptions, effort: 500 }, undefined);
  const query = "a thing about the history and the life of some women and their children and night";
  const { results } = await search(run, plainSearch(query));
  expect(run.budget.stage("titles").left).toBe(0);
  expect(results.length).toBeGreaterThan(0);
});
