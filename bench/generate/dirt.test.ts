import { describe, expect, test } from "vitest";
import { GeneratedCatalogue } from "./catalogue.ts";
import { brokenLine, isbnsOf, oddSign, publishDate, timestamp, writtenIsbn } from "./dirt.ts";
import { escapeText, unescapeText } from "./json-text.ts";
import { Permutation } from "./permutation.ts";
import { PowerLaw } from "./power-law.ts";
import { Random } from "./random.ts";
import { Redirects } from "./redirects.ts";

const random = new Random().start(1, 1, 1);

function many<T>(count: number, make: () => T): T[] {
  return Array.from({ length: count }, make);
}

function weightedSum(digits: string, weightAt: (at: number) => number): number {
  return [...digits].reduce(
    (sum, digit, at) => sum + weightAt(at) * (digit === "X" ? 10 : Number(digit)),
    0,
  );
}

describe("dirt", () => {
  test("ISBNs have right check digits, and all are different", () => {
    const pairs = Array.from({ length: 2000 }, (_, index) => isbnsOf(index * 28_013));
    const isRight13 = ({ isbn13 }: { isbn13: string }) =>
      /^\d{13}$/.test(isbn13) && weightedSum(isbn13, (at) => (at % 2 === 0 ? 1 : 3)) % 10 === 0;
    const isRight10 = ({ isbn10 }: { isbn10: string }) =>
      isbn10 === "" || weightedSum(isbn10, (at) => 10 - at) % 11 === 0;
    expect(pairs.filter((pair) => !isRight13(pair) || !isRight10(pair))).toEqual([]);
    expect(new Set(pairs.map(({ isbn13 }) => isbn13)).size).toBe(2000);
    expect(pairs.some(({ isbn10 }) => isbn10 === "")).toBe(true);
  });

  test("comes in all its shapes, and seldom", () => {
    const dates = many(20_000, () => publishDate(random, 1987));
    for (const shape of ["c1987", "[1987?]", "19--", "n.d.", "0001", "[18--?]", "1900-01-01"]) {
      expect(dates).toContain(shape);
    }
    expect(dates.filter((date) => date.includes("1987")).length / 20_000).toBeGreaterThan(0.97);
    const isbns = many(20_000, () => writtenIsbn(random, "6600000013"));
    expect(isbns.filter((isbn) => isbn === "6600000013").length / 20_000).toBeCloseTo(0.96, 1);
    expect(isbns.some((isbn) => isbn.includes("(pbk.)"))).toBe(true);
    expect(many(200_000, () => oddSign(random))).toContain("\\u0000");
    const broken = many(400_000, () => brokenLine(random, "a\tb")).filter(
      (line) => line !== "a\tb",
    );
    expect(broken.length).toBeGreaterThan(0);
    expect(broken.length).toBeLessThan(30);
  });

  test("timestamps are as the dump has them", () => {
    const shape = /^20[0-2]\d-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d(?:\.\d{6})?$/;
    const times = many(5000, () => timestamp(random));
    expect(times.filter((time) => !shape.test(time))).toEqual([]);
    expect(times.some((time) => time.length === 19)).toBe(true);
  });

  test("text is escaped as Python does it, and back", () => {
    expect(escapeText('né "x"\n\u0000\ud83d Я')).toBe('n\\u00e9 \\"x\\"\\n\\u0000\\ud83d \\u042f');
    expect(unescapeText(escapeText("漢字 😀"))).toBe("漢字 😀");
  });
});

describe("the mathematics", () => {
  test("a permutation meets every index once", () => {
    for (const count of [1, 2, 3, 10, 97, 1000, 4096]) {
      for (let salt = 0; salt < 11; salt++) {
        const shuffle = new Permutation(count, salt);
        expect(new Set(Array.from({ length: count }, (_, i) => shuffle.at(i))).size).toBe(count);
      }
    }
  });

  test("a power law gives the first ranks most, and stays in its range", () => {
    const law = new PowerLaw(1000, 1.2, 3);
    const ranks = many(50_000, () => law.rankAt(random.unit()));
    const share = (rank: number) => ranks.filter((r) => r === rank).length / 50_000;
    expect(share(0)).toBeGreaterThan(share(5));
    expect(share(5)).toBeGreaterThan(share(50));
    expect(Math.max(...ranks)).toBeLessThan(1000);
    expect(law.rankAt(0)).toBe(0);
    expect(law.rankAt(1)).toBe(999);
  });

  test("streams of neighbouring records have nothing in common", () => {
    const firsts = Array.from({ length: 4000 }, (_, i) => new Random().start(1, 2, i).next());
    expect(new Set(firsts).size).toBe(4000);
    const mean = firsts.reduce((sum, value) => sum + value) / 4000 / 2 ** 32;
    expect(mean).toBeCloseTo(0.5, 1);
  });
});

test("some redirects lead to redirects, and two round in a circle", () => {
  const catalogue = new GeneratedCatalogue(1, 20_000);
  const redirects = new Redirects(catalogue);
  const targets = new Map<string, string>();
  for (let index = 0; index < catalogue.sizes.rows.redirects; index++) {
    const { key, location } = JSON.parse(redirects.line(random, index).split("\t")[4] ?? "");
    targets.set(key, location);
  }
  const chained = [...targets.values()].filter((target) => targets.has(target));
  expect(chained.length / targets.size).toBeGreaterThan(0.02);
  const circle = [...targets].filter(([key, target]) => targets.get(target) === key);
  expect(circle).toHaveLength(2);
});
