import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { titleOf, wordOf } from "#server/search/expression.ts";
import { anEntry } from "#server/testing/builders.ts";
import { writeCatalogue } from "#server/testing/catalog.ts";
import { TermsFile, writeTermsFile } from "./terms-file.ts";

const folder = mkdtempSync(join(tmpdir(), "known-tokens-"));
let terms: TermsFile;

beforeAll(() => {
  const titles = Array.from({ length: 500 }, (_, index) => `Volume${index} of letters${index}`);
  const entries = titles.map((title, index) =>
    anEntry({ work: { key: `OL${index + 1}W`, title } }),
  );
  writeCatalogue(join(folder, "catalogue.db"), entries);
  writeTermsFile(join(folder, "catalogue.db"), join(folder, "terms.db"), "t.1.works");
  terms = new TermsFile(join(folder, "terms.db"));
});
afterAll(() => {
  terms.close();
  rmSync(folder, { recursive: true });
});

test("every word of the catalogue is asked for", () => {
  for (let index = 0; index < 500; index++) {
    expect(terms.queryOf(wordOf(`volume${index}`))).toBeDefined();
  }
  expect(terms.queryOf(titleOf("volume7ofletters7"))).toBeDefined();
});

test("nearly no other word is", () => {
  const passed = Array.from({ length: 1000 }, (_, index) => wordOf(`absent${index}`)).filter(
    (word) => terms.queryOf(word) !== undefined,
  );
  expect(passed.length).toBeLessThan(30);
});

test("what can't be there is left out of what may", () => {
  const known = wordOf("volume1");
  const unknown = wordOf("nowhere");
  const query = terms.queryOf(known);
  expect(terms.queryOf({ kind: "any", parts: [unknown, known] })).toEqual(query);
  expect(terms.queryOf({ kind: "all", parts: [unknown, known] })).toBeUndefined();
  expect(terms.queryOf({ kind: "except", wanted: known, unwanted: unknown })).toEqual(query);
  expect(terms.queryOf({ kind: "except", wanted: unknown, unwanted: known })).toBeUndefined();
  expect(terms.queryOf({ kind: "inFields", fields: ["author"], part: unknown })).toBeUndefined();
});
