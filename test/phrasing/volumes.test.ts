/** Volumes of one work are one result, with the volumes beneath it, numbered. */
import { describe, expect, test } from "vitest";
import { plainSearch } from "#server/catalog/plain-search.ts";
import { sharedCatalog } from "#server/testing/shared-catalog.ts";
import { aBook } from "./few-books.ts";

const gibbon = (title: string, popularity: number) => aBook(title, "Edward Gibbon", { popularity });

const catalog = sharedCatalog([
  gibbon("The Decline and Fall of the Roman Empire", 6),
  gibbon("The Decline and Fall of the Roman Empire, Vol. 3", 3),
  gibbon("The Decline and Fall of the Roman Empire, volume I", 2),
  gibbon("Decline and Fall of the Roman Empire: Volume 2 of 6", 1),
  aBook("The Decline and Fall of the Roman Empire, Vol. 1", "Somebody Else", { popularity: 1 }),
  aBook("Bleach, Vol. 1: Strawberry and the Soul Reapers", "Tite Kubo", { popularity: 5 }),
  aBook("Bleach, Vol. 23: Mala Suerte", "Tite Kubo", { popularity: 3 }),
  aBook("Emma", "Jane Austen", { popularity: 8 }),
  aBook("The Mirror of Literature, Volume 17, No. 479", "Various", { popularity: 3 }),
  aBook("The Mirror of Literature, Volume 17, No. 480", "Various", { popularity: 2 }),
  aBook("The Mirror of Literature, Volume 16, No. 447", "Various", { popularity: 1 }),
]);

async function find(query: string, more: Partial<ReturnType<typeof plainSearch>> = {}) {
  const response = await catalog.search({ ...plainSearch(query), ...more });
  return {
    total: response.total.value,
    results: response.results.map(({ work, volumes }) => ({
      title: work.title,
      author: work.authors[0]?.name,
      numbers: volumes.map(({ number }) => number),
      titles: volumes.map((volume) => volume.work.title),
    })),
  };
}

describe("volumes of one work", () => {
  test("are one result, the best in front, and stand beneath it by number", async () => {
    const { results } = await find("decline and fall of the roman empire gibbon");
    const [whole, volumes, ...others] = results;
    expect(whole?.title).toBe("The Decline and Fall of the Roman Empire");
    expect(whole?.numbers).toEqual([]);
    expect(volumes?.numbers).toEqual([1, 2, 3]);
    expect(volumes?.titles[1]).toBe("Decline and Fall of the Roman Empire: Volume 2 of 6");
    expect(others.filter(({ author }) => author === "Edward Gibbon")).toEqual([]);
  });

  test.each([
    ["gibbon roman empire volume 2", "Decline and Fall of the Roman Empire: Volume 2 of 6"],
    [
      "decline and fall of the roman empire vol iii",
      "The Decline and Fall of the Roman Empire, Vol. 3",
    ],
    ["bleach 23", "Bleach, Vol. 23: Mala Suerte"],
    ["bleach vol. 1", "Bleach, Vol. 1: Strawberry and the Soul Reapers"],
  ])("%s shows that volume", async (query, title) => {
    const { results } = await find(query);
    expect(results[0]?.title).toBe(title);
  });

  test("of another author are another work's", async () => {
    const { results } = await find("decline and fall of the roman empire");
    const other = results.find(({ author }) => author === "Somebody Else");
    expect(other?.numbers).toEqual([]);
  });

  test("with the same number are each a result, as the issues of a magazine", async () => {
    const { results } = await find("mirror of literature");
    expect(results.map(({ numbers }) => numbers)).toEqual([[16, 17], []]);
  });

  test("are counted each, and are results of their own where that is asked", async () => {
    const nested = await find("bleach");
    const apart = await find("bleach", { expandDuplicates: true });
    expect(nested.results).toHaveLength(1);
    expect(apart.results).toHaveLength(2);
    expect(apart.results.every(({ numbers }) => numbers.length === 0)).toBe(true);
    expect(nested.total).toBe(apart.total);
    expect((await find("bleach", { order: "title" })).results).toHaveLength(2);
  });

  test("a page that ends before the last result goes on behind it", async () => {
    const request = { ...plainSearch("decline and fall of the roman empire"), pageSize: 2 };
    const first = await catalog.search(request);
    const second = await catalog.search({ ...request, pageToken: first.nextPageToken });
    const works = [...first.results, ...second.results].flatMap(({ work, volumes }) =>
      volumes.length === 0 ? [work.key] : volumes.map((volume) => volume.work.key),
    );
    expect(new Set(works).size).toBe(works.length);
    expect(works).toHaveLength(first.total.value);
  });
});
