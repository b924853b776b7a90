import { expect, test } from "vitest";
import { UsageError } from "#server/command-line.ts";
import { parseOptions } from "./options.ts";

test("without options everything is evaluated as it is", () => {
  expect(parseOptions([])).toMatchObject({
    classes: [],
    popularity: true,
    spelling: true,
    failures: undefined,
    effort: undefined,
  });
});

test("the count of failures follows their class", () => {
  expect(parseOptions(["--failures", "prefix/mid", "20"]).failures).toEqual({
    classes: ["prefix/mid"],
    count: 20,
  });
  expect(parseOptions(["--failures", "all"]).failures?.count).toBe(10);
});

test.each([["--nonsense"], ["--limit", "0"], ["prefix"], ["--failures", "a", "1", "2"]])(
  "%s is refused with the reason",
  (...args) => {
    expect(() => parseOptions(args)).toThrow(UsageError);
  },
);
