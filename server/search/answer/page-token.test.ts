import fc from "fast-check";
import { expect, test } from "vitest";
import { BadPageTokenError } from "#server/catalog/catalog.ts";
import { parsePageToken, printPageToken } from "./page-token.ts";

test("an empty token is the first page", () => {
  expect(parsePageToken("", "r1", "search")).toEqual({ offset: 0, afterId: 0 });
});

test("a token brings back its position", () => {
  const position = fc.record({ offset: fc.nat(1_000_000), afterId: fc.nat(2_000_000_000) });
  fc.assert(
    fc.property(position, fc.string(), fc.string(), (place, revision, search) => {
      const token = printPageToken(place, revision, search);
      expect(parsePageToken(token, revision, search)).toEqual(place);
    }),
  );
});

test("a token says why it is refused", () => {
  const token = printPageToken({ offset: 20, afterId: 0 }, "r1", "search");
  expect(() => parsePageToken(token, "r2", "search")).toThrow(/catalogue was replaced/);
  expect(() => parsePageToken(token, "r1", "other")).toThrow(/another request/);
  expect(() => parsePageToken(`${token}0`, "r1", "search")).toThrow(BadPageTokenError);
});

test("no forged token throws anything else", () => {
  fc.assert(
    fc.property(fc.string(), (token) => {
      fc.pre(token !== "");
      expect(() => parsePageToken(token, "r1", "search")).toThrow(BadPageTokenError);
    }),
  );
});
