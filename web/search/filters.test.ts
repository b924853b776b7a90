import { expect, test } from "vitest";
import { formatSearch, parseSearch } from "#web/search/search-params.ts";
import { conditionsOf, withDecades, without, withValue } from "./filters.ts";

test("a value is included, excluded or neither, never both", () => {
  const search = parseSearch("q=x&pages=4");
  const included = withValue(search, "subject", "Sea", "include");
  const excluded = withValue(included, "subject", "Sea", "exclude");
  const off = withValue(excluded, "subject", "Sea", "off");
  expect([included, excluded, off].map(formatSearch)).toEqual([
    "q=x&subject=Sea",
    "q=x&not-subject=Sea",
    "q=x",
  ]);
});

test("taking off every condition leaves the words", () => {
  let search = parseSearch(
    "q=x&author=A&author=B&not-language=eng&series=S&publisher=P&from=1900&reprints=hide",
  );
  const conditions = conditionsOf(search);
  expect(conditions).toHaveLength(7);
  for (const condition of conditions) {
    search = without(search, condition);
  }
  expect(formatSearch(search)).toBe("q=x");
});

test("choosing a decade again gives it up", () => {
  const fifties = withDecades(parseSearch(""), 1950);
  expect(formatSearch(fifties)).toBe("from=1950&to=1959");
  expect(formatSearch(withDecades(fifties, 1950))).toBe("");
  expect(formatSearch(withDecades(fifties, 1960))).toBe("from=1960&to=1969");
});
