import fc from "fast-check";
import { expect, test } from "vitest";
import { keyKind, kindOf, numberOf, packKey, writeKey } from "./keys.ts";

test.each([
  ["/works/OL45883W", "OL45883W"],
  ["OL45883W", "OL45883W"],
  ["/books/OL1M", "OL1M"],
  ["/b/OL1M", "OL1M"],
  ["/a/OL26320A", "OL26320A"],
  ["/works/OL45883W/The_Fantastic_Mr_Fox", "OL45883W"],
  ["/works/OL4294967295W", "OL4294967295W"],
])("reads %s", (text, key) => {
  expect(writeKey(packKey(text) ?? 0)).toBe(key);
});

test.each([
  "",
  "OL",
  "OLW",
  "/works/OL0W",
  "/works/OL01W",
  "/works/OL12",
  "/works/OL12X",
  "/works/OL12WW",
  "/works/OL4294967296W",
  "/works/OL99999999999W",
  "/subjects/POLITICS",
  "/languages/eng",
  null,
  7,
  { key: "/works/OL1W" },
])("finds no key in %o", (text) => {
  expect(packKey(text)).toBeUndefined();
});

test("packs and unpacks every number and kind", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 0xffff_ffff }),
      fc.constantFrom(..."WMA"),
      (n, letter) => {
        const key = packKey(`OL${n}${letter}`) ?? 0;
        expect(numberOf(key)).toBe(n);
        expect(kindOf(key)).toBe(
          { W: keyKind.work, M: keyKind.edition, A: keyKind.author }[letter],
        );
        expect(writeKey(key)).toBe(`OL${n}${letter}`);
      },
    ),
  );
});
