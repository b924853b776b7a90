import { expect, test } from "vitest";
import { Tally } from "../tally.ts";
import { buildRedirectTable } from "./redirect-table.ts";

test("follows chains to their end", () => {
  const redirects = new Map([
    [4, 8],
    [8, 12],
    [12, 16],
  ]);
  const table = buildRedirectTable(redirects, new Set(), new Tally());
  expect([4, 8, 12, 16, 20].map((key) => table.resolve(key))).toEqual([16, 16, 16, 16, 20]);
  expect(table.isMerged(4)).toBe(true);
  expect(table.isMerged(16)).toBe(false);
});

test("leaves loops out and says so", () => {
  const warnings = new Tally();
  const redirects = new Map([
    [4, 8],
    [8, 4],
    [12, 12],
    [16, 4],
  ]);
  const table = buildRedirectTable(redirects, new Set(), warnings);
  expect([4, 8, 12, 16].map((key) => table.resolve(key))).toEqual([4, 8, 12, 16]);
  expect(warnings.total()).toBe(4);
});

test("knows what was deleted", () => {
  const table = buildRedirectTable(new Map(), new Set([12, 4]), new Tally());
  expect([4, 8, 12].map((key) => table.isDeleted(key))).toEqual([true, false, true]);
});
