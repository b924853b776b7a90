import { create } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { CountSchema } from "#proto/bookfinder/v1/search_pb.ts";
import { decadeBars } from "./decades.ts";

const value = (decade: number, count: number, lowerBound = false) => ({
  value: String(decade),
  count: create(CountSchema, { value: count, lowerBound }),
});

test("decades stand in time, with the empty ones between", () => {
  expect(decadeBars([value(1990, 4), value(1960, 2), value(1980, 1)])).toEqual([
    { first: 1960, last: 1960, height: 0.5, label: "1960s, 2 books" },
    { first: 1970, last: 1970, height: 0, label: "1970s" },
    { first: 1980, last: 1980, height: 0.25, label: "1980s, 1 book" },
    { first: 1990, last: 1990, height: 1, label: "1990s, 4 books" },
  ]);
});

test("what is older than fits is one bar", () => {
  const bars = decadeBars([value(-700, 1), value(1600, 2), value(2020, 9)]);
  expect(bars).toHaveLength(18);
  expect(bars[0]).toMatchObject({ first: -700, last: 1850, label: "before 1860" });
  expect(bars.at(-1)).toMatchObject({ first: 2020, height: 1 });
});

test("a lower bound is no number", () => {
  expect(decadeBars([value(1990, 400, true)])[0]?.label).toBe("1990s");
});

test("without decades there are no bars", () => {
  expect(decadeBars([])).toEqual([]);
});
