/** What a search does between two keystrokes, in a catalogue too large to be looked through. */
import { expect, test } from "vitest";
import { plainSearch } from "#server/catalog/plain-search.ts";
import { FENCE_WORKS } from "#server/sqlite/fences.ts";
import { anEntry } from "#server/testing/builders.ts";
import { sharedCatalog } from "#server/testing/shared-catalog.ts";

/** None of them has both words, so that a walk for those that have goes to the end. */
const fillers = Array.from({ length: FENCE_WORKS * 2 }, (_, index) =>
  index % 2 === 0 ? `Old Boats ${index}` : `Sea Birds ${index}`,
);
const titles = ["The Old Boatswain", ...fillers, "Old Sea Bells", "A Brig on the Sea of Old"];

const catalog = sharedCatalog(
  titles.map((title, index) =>
    anEntry({ popularity: -index, work: { key: `OL${index + 1}W`, title, authors: [] } }),
  ),
);

async function titlesOf(unfinished: boolean, pageToken = "") {
  const request = plainSearch("old sea b", { unfinished, pageToken });
  const { results, nextPageToken, total } = await catalog.search(request);
  return { titles: results.map(({ work }) => work.title), nextPageToken, total };
}

test("while a title is typed, what begins so is there at once, the others on the next page", async () => {
  const typing = await titlesOf(true);
  expect(typing.titles).toEqual(["Old Sea Bells"]);
  expect(typing.total).toEqual({ value: 1, lowerBound: true });
  const next = await titlesOf(true, typing.nextPageToken);
  expect(next.titles).toEqual(["A Brig on the Sea of Old"]);
  expect(next.nextPageToken).toBe("");
});

test("when it was typed, all are there", async () => {
  const { titles, nextPageToken } = await titlesOf(false);
  expect(titles).toEqual(["Old Sea Bells", "A Brig on the Sea of Old"]);
  expect(nextPageToken).toBe("");
});

test("most popular first, what only begins so is not among what was typed", async () => {
  const request = plainSearch("old boats", {
    unfinished: true,
    order: "popularity",
    pageSize: 100,
  });
  let pageToken = "";
  // Behind those that were looked at, the index goes on.
  for (let page = 0; page < 4; page++) {
    const { results, nextPageToken } = await catalog.search({ ...request, pageToken });
    for (const { work } of results) {
      expect(work.title).toMatch(/^Old Boats/);
    }
    expect(results).toHaveLength(100);
    pageToken = nextPageToken;
  }
});
