import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  cleanIsbn,
  isbn10From13,
  isbn13From10,
  isValidIsbn10,
  isValidIsbn13,
  nearestIsbns,
} from "./isbn.ts";

/** Any valid ISBN-10. */
const isbn10 = fc
  .stringMatching(/^[0-9]{9}$/)
  .map((stem) => isbn10From13(isbn13From10(`${stem}0`)) ?? "");

describe("isValidIsbn", () => {
  test("looks at length, figures and check digit", () => {
    expect(isValidIsbn13("9780261103252")).toBe(true);
    expect(isValidIsbn13("9780261103253")).toBe(false);
    expect(isValidIsbn13("8780261103252")).toBe(false);
    expect(isValidIsbn10("080442957X")).toBe(true);
    expect(isValidIsbn10("0804429570")).toBe(false);
    expect(isValidIsbn10("08044X957X")).toBe(false);
  });
});

test("an ISBN-10 becomes an ISBN-13 and back", () => {
  fc.assert(
    fc.property(isbn10, (isbn) => {
      expect(isValidIsbn10(isbn)).toBe(true);
      const thirteen = isbn13From10(isbn);
      expect(isValidIsbn13(thirteen)).toBe(true);
      expect(isbn10From13(thirteen)).toBe(isbn);
    }),
  );
  expect(isbn10From13("9791034731234")).toBeUndefined();
});

describe("cleanIsbn", () => {
  test.each([
    ["0-8044-2957-X (pbk.)", "9780804429573"],
    ["978-0-261-10325-2", "9780261103252"],
    ["978_0_261_10325_2", "9780261103252"],
    ["ISBN 080442957x : $12.95", "9780804429573"],
    ["425030717", "9780425030714"],
    ["9780107805401", "9780107805401"],
    ["978 0 10 780540 1", "9780107805401"],
    ["0107805405", "9780107805401"],
    ["0-10-780540-5 (pbk.) $4.50", "9780107805401"],
    ["080442957x", "9780804429573"],
    ["080442957X", "9780804429573"],
    ["ISBN 080442957X :", "9780804429573"],
    ["9791090648043", "9791090648043"],
    ["ISBN-13: 978-0-261-10325-2", "9780261103252"],
    ["ISBN 10 0-8044-2957-X", "9780804429573"],
    ["９７８０２６１１０３２５２", "9780261103252"],
  ])("finds the one in %s", (text, isbn) => {
    expect(cleanIsbn(text)).toBe(isbn);
  });

  test.each([
    "",
    "0789411711",
    "9780261103253",
    "978010780540",
    "0000000000",
    "1234567890123",
    "12345",
    "n/a",
  ])("finds none in %s", (text) => {
    expect(cleanIsbn(text)).toBeUndefined();
  });
});

describe("nearestIsbns", () => {
  test("holds what was meant when one digit is wrong, and few others", () => {
    const mistyped = fc.tuple(isbn10, fc.nat(8), fc.integer({ min: 1, max: 9 }));
    let found = 0;
    let count = 0;
    fc.assert(
      fc.property(mistyped, ([isbn, place, shift]) => {
        const digit = String((Number(isbn.charAt(place)) + shift) % 10);
        const typed = isbn.slice(0, place) + digit + isbn.slice(place + 1);
        const proposals = nearestIsbns(typed);
        expect(proposals.length).toBeLessThanOrEqual(13);
        expect(proposals.every(isValidIsbn13)).toBe(true);
        count++;
        if (proposals.includes(isbn13From10(isbn))) {
          found++;
        }
      }),
      { numRuns: 300 },
    );
    expect(found / count).toBeGreaterThan(0.9);
  });

  test("holds what was meant when a digit is lost or typed twice", () => {
    fc.assert(
      fc.property(isbn10, fc.nat(9), fc.boolean(), (isbn, place, isLong) => {
        const meant = isbn13From10(isbn);
        const typed = isLong ? meant : isbn;
        const lost = typed.slice(0, place) + typed.slice(place + 1);
        const twice = typed.slice(0, place + 1) + typed.slice(place);
        for (const slip of [lost, twice]) {
          expect(nearestIsbns(slip)).toContain(meant);
          expect(nearestIsbns(slip).every(isValidIsbn13)).toBe(true);
        }
      }),
    );
    expect(nearestIsbns("978026110325")[0]).toBe("9780261103252");
  });

  test("puts swapped neighbours first", () => {
    expect(nearestIsbns("9780261102352").slice(0, 2)).toContain("9780261103252");
  });
});
