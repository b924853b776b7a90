/**
 * What readers get for typical searches in the catalogue that comes with the project. A change of
 * ranking shows as a readable diff of golden-searches.txt: judge each line as a librarian would, then
 * accept it with `vitest run test/golden-searches.test.ts -u`.
 */
import { expect, test } from "vitest";
import { starterCatalog } from "#server/testing/starter-catalog.ts";
import { printGoldenSearches } from "./golden-searches.ts";

test("finds what a reader means", async () => {
  await using catalog = await starterCatalog();
  await expect(await printGoldenSearches(catalog)).toMatchFileSnapshot("golden-searches.txt");
});
