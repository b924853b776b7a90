import { expect, test } from "vitest";
import { parseRecent, recentMax } from "./recent-searches.ts";

test.each([null, "", "{", "null", '{"a":1}', "3"])("%s is no searches", (stored) => {
  expect(parseRecent(stored)).toEqual([]);
});

test("what is stored is read back, as far as it fits", () => {
  expect(parseRecent('["emma", 3, "", "dune"]')).toEqual(["emma", "dune"]);
  expect(parseRecent(JSON.stringify(Array(50).fill("emma")))).toHaveLength(recentMax);
});
