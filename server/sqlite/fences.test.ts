import { expect, test } from "vitest";
import { plainSearch } from "#server/catalog/plain-search.ts";
import { ROWID_GAP } from "#server/index-entries/row-numbers.ts";
import { anEntry } from "#server/testing/builders.ts";
import { aCatalog } from "#server/testing/catalog.ts";
import { FENCE_WORKS, fenceBehind, nextFence } from "./fences.ts";

test("a window ends at the first fence that is not before its end", () => {
  const first = fenceBehind(FENCE_WORKS) ?? Number.NaN;
  expect(nextFence(0)).toBe(first);
  expect(nextFence(first)).toBe(first);
  expect(nextFence(first + 1)).toBe(fenceBehind(2 * FENCE_WORKS));
});

test("no fence has the rowid of a work", () => {
  expect((fenceBehind(FENCE_WORKS) ?? 0) % ROWID_GAP).not.toBe(0);
  expect(fenceBehind(FENCE_WORKS + 1)).toBeUndefined();
});

test("a fence is never found nor counted", async () => {
  // Words of two fields on either side of a fence.
  const entries = Array.from({ length: FENCE_WORKS + 2 }, (_, index) =>
    anEntry({
      popularity: -index,
      work: {
        key: `OL${index + 1}W`,
        title: index < FENCE_WORKS - 1 ? `Book ${index}` : `The Old Sea ${index}`,
        authors: [],
      },
    }),
  );
  const catalog = aCatalog(entries);
  const { results, total } = await catalog.search(plainSearch("sea old the"));
  expect(total).toEqual({ value: 3, lowerBound: false });
  expect(results).toHaveLength(3);
  const byPopularity = await catalog.search(plainSearch("sea old the", { order: "popularity" }));
  expect(byPopularity.total).toEqual({ value: 3, lowerBound: false });
});
