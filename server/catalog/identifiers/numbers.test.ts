import { expect, test } from "vitest";
import { normaliseLccn, normaliseOclc } from "./numbers.ts";

/** The examples of loc.gov/marc/lccn-namespace.html. */
test.each([
  ["n78-890351", "n78890351"],
  ["n78-89035", "n78089035"],
  ["n 78890351 ", "n78890351"],
  [" 85000002 ", "85000002"],
  ["85-2 ", "85000002"],
  ["2001-000002", "2001000002"],
  ["75-425165//r75", "75425165"],
  [" 79139101 /AC/r932", "79139101"],
  ["sa 64009056", "sa64009056"],
])("normalises the LCCN %s", (text, lccn) => {
  expect(normaliseLccn(text)).toBe(lccn);
});

test.each(["", "1984", "abcd12345678", "85-", "85-1234567"])("%s is no LCCN", (text) => {
  expect(normaliseLccn(text)).toBeUndefined();
});

test.each([
  ["ocm00012345", "12345"],
  ["ocn123456789", "123456789"],
  ["on1234567890", "1234567890"],
  ["(OCoLC)ocm 317850", "317850"],
  ["317850", "317850"],
])("normalises the OCLC number %s", (text, oclc) => {
  expect(normaliseOclc(text)).toBe(oclc);
});

test.each(["", "0", "ocm", "12a"])("%s is no OCLC number", (text) => {
  expect(normaliseOclc(text)).toBeUndefined();
});
