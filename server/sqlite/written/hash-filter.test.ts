import { expect, test } from "vitest";
import { hash53 } from "#server/catalog/text/hash53.ts";
import { HashFilter } from "./hash-filter.ts";

const hashes = (count: number, text: string) =>
  Array.from({ length: count }, (_, index) => hash53(`${text}${index}`));

test("has every hash that was added, and takes few others for one", () => {
  const filter = new HashFilter(30_000);
  const added = hashes(60_000, "added");
  for (const hash of added) {
    filter.add(hash);
  }
  expect(added.every((hash) => filter.mayHave(hash))).toBe(true);
  const taken = hashes(60_000, "other").filter((hash) => filter.mayHave(hash));
  expect(taken.length).toBeLessThan(600);
});

test("says how many fit, of which half are expected", () => {
  expect(new HashFilter(0).room).toBeGreaterThan(10_000);
  expect(new HashFilter(1_000_000).room).toBeGreaterThan(2_000_000);
});
