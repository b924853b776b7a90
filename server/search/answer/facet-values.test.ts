import { expect, test } from "vitest";
import { plainSearch } from "#server/catalog/plain-search.ts";
import { anEdition, anEntry } from "#server/testing/builders.ts";
import { aCatalog } from "#server/testing/catalog.ts";

test("publishers of more editions than are read are counted as at least so many", async () => {
  const publishersOf = async (count: number) => {
    const editions = Array.from({ length: count }, (_, index) =>
      anEdition({ key: `OL${index + 1}M`, publishers: [`Press ${index % 3}`] }),
    );
    await using catalog = aCatalog([anEntry({ work: { key: "OL1W", title: "Emma" }, editions })]);
    const { facets } = await catalog.search(plainSearch("emma", { facets: ["publisher"] }));
    return facets[0]?.values.map(({ label, count }) => ({ label, ...count }));
  };
  const all = (lowerBound: boolean) =>
    [0, 1, 2].map((one) => ({ label: `Press ${one}`, value: 1, lowerBound }));
  expect(await publishersOf(2_000)).toEqual(all(false));
  expect(await publishersOf(2_001)).toEqual(all(true));
});
