import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { earliestYear, parsePublicationDate } from "./dates.ts";
import type { DatePrecision, PublicationDate } from "./records.ts";
import { anyText } from "./text/testing/any-text.ts";

const nowYear = 2026;

describe("parsePublicationDate", () => {
  test.each<[string, number, DatePrecision]>([
    ["1965", 1965, "year"],
    ["c1965", 1965, "year"],
    ["©2001", 2001, "year"],
    ["p1995", 1995, "year"],
    ["[1965]", 1965, "year"],
    ["May 2003", 2003, "year"],
    ["June 12, 1998", 1998, "year"],
    ["1999-03", 1999, "year"],
    ["2009-03-30", 2009, "year"],
    ["19991231", 1999, "year"],
    ["1965, c1960", 1965, "year"],
    ["1987-88", 1987, "year"],
    ["1960-1970", 1960, "year"],
    ["MDCCCLV", 1855, "year"],
    ["M.DCC.LXX", 1770, "year"],
    ["١٩٨٧", 1987, "year"],
    ["१९८७", 1987, "year"],
    ["1386 [2007]", 2007, "year"],
    ["Meiji 35 [1902]", 1902, "year"],
    ["明治35 [1902]", 1902, "year"],
    ["1422 H. [2001]", 2001, "year"],
    ["5730 [1969 or 1970]", 1969, "year"],
    ["2545 [2002]", 2002, "year"],
    ["-750", -750, "year"],
    ["397", 397, "year"],
    ["AD 397", 397, "year"],
    ["44 BC", -44, "year"],
    ["ca. 850", 850, "circa"],
    ["ca. 1850", 1850, "circa"],
    ["about 1850", 1850, "circa"],
    ["[1850?]", 1850, "circa"],
    ["between 1850 and 1860", 1850, "circa"],
    ["184-", 1840, "decade"],
    ["[187-?]", 1870, "decade"],
    ["196?", 1960, "decade"],
    ["200u", 2000, "decade"],
    ["1920s", 1920, "decade"],
    ["1900s", 1900, "century"],
    ["[18--?]", 1800, "century"],
    ["19xx", 1900, "century"],
    ["19th century", 1800, "century"],
    ["8th century BC", -800, "century"],
  ])("reads %s as %i (%s)", (text, year, precision) => {
    expect(parsePublicationDate(text, nowYear)).toEqual({ year, precision, text });
  });

  test.each([
    "",
    "n.d.",
    "[s.d.]",
    "9999",
    "0001",
    "2049",
    "1900-01-01",
    "January 1, 1900",
    "0001-01-01",
    "12/31/98",
    "1398 h",
    "8",
    "98",
    "mild",
    "100000",
  ])("knows no year in %s", (text) => {
    expect(parsePublicationDate(text, nowYear)).toMatchObject({ year: 0, precision: "unknown" });
  });

  test("keeps the source's own words", () => {
    expect(parsePublicationDate("  [18--?] ", nowYear).text).toBe("[18--?]");
  });

  test("admits announced books, two years ahead", () => {
    expect(parsePublicationDate("2028", nowYear).year).toBe(2028);
    expect(parsePublicationDate("2029", nowYear).year).toBe(0);
  });

  test("gives a credible year or none for any text", () => {
    const text = fc.oneof(anyText(40), fc.stringMatching(/^[0-9\-?[\]cax., ]{0,20}$/));
    fc.assert(
      fc.property(text, (source) => {
        const { year, precision } = parsePublicationDate(source, nowYear);
        expect(Number.isInteger(year)).toBe(true);
        expect(year).toBeGreaterThanOrEqual(-9999);
        expect(year).toBeLessThanOrEqual(nowYear + 2);
        expect(year === 0).toBe(precision === "unknown");
      }),
      { numRuns: 2000 },
    );
  });
});

describe("earliestYear", () => {
  const date = (year: number, precision: DatePrecision = "year"): PublicationDate => ({
    year,
    precision,
    text: String(year),
  });
  const unknown: PublicationDate = { year: 0, precision: "unknown", text: "n.d." };

  test.each([
    [[date(1990), date(1954), unknown], 1954],
    [[date(1494), date(1954), date(1990)], 1954],
    [[date(1494), date(1954)], 1494],
    [[date(-750), date(1598), date(1611)], 1598],
    [[date(1494), date(1500), date(1954)], 1494],
  ])("of %j is %i", (dates, year) => {
    expect(earliestYear(dates).year).toBe(year);
  });

  test("is unknown where no date is known", () => {
    expect(earliestYear([unknown])).toEqual({ year: 0, precision: "unknown", text: "" });
    expect(earliestYear([])).toEqual({ year: 0, precision: "unknown", text: "" });
  });

  test("prefers an exact year to the decade or century it lies in", () => {
    expect(earliestYear([date(1800, "century"), date(1865)])).toEqual(date(1865));
    expect(earliestYear([date(1860, "decade"), date(1865)])).toEqual(date(1865));
    expect(earliestYear([date(1800, "century"), date(1965)])).toEqual(date(1800, "century"));
  });
});
