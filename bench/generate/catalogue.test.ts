import { beforeAll, describe, expect, test } from "vitest";
import { GeneratedCatalogue } from "./catalogue.ts";
import { unescapeText } from "./json-text.ts";
import { sizesFor } from "./sizes.ts";

const works = 12_000;
let catalogue: GeneratedCatalogue;
let titles: string[] = [];

beforeAll(() => {
  catalogue = new GeneratedCatalogue(7, works);
  titles = Array.from({ length: works }, (_, index) => unescapeText(catalogue.work(index).title));
});

function shareOf(matches: (title: string) => boolean): number {
  return titles.filter(matches).length / works;
}

describe("titles", () => {
  test('have "the" in a quarter of them, and "of" next', () => {
    expect(shareOf((title) => /\bthe\b/i.test(title))).toBeGreaterThan(0.22);
    expect(shareOf((title) => /\bthe\b/i.test(title))).toBeLessThan(0.3);
    expect(shareOf((title) => /\bof\b/i.test(title))).toBeGreaterThan(0.12);
    expect(shareOf((title) => /\bhistory\b/i.test(title))).toBeGreaterThan(0.01);
  });

  test("are of other scripts in a twentieth", () => {
    const share = shareOf((title) => /[\p{L}--\p{Script=Latin}]/v.test(title));
    expect(share).toBeGreaterThan(0.035);
    expect(share).toBeLessThan(0.07);
  });

  test("are as long as those of the real catalogue", () => {
    const words = titles.map((title) => title.match(/[\p{L}\p{N}]+/gu)?.length ?? 0);
    expect(words.reduce((sum, count) => sum + count) / works).toBeCloseTo(6.4, 0);
    expect(titles.reduce((sum, { length }) => sum + length, 0) / works).toBeCloseTo(38, -1);
  });

  test("never hold a line end or a TAB", () => {
    expect(shareOf((title) => /[\t\r\n]/.test(title))).toBe(0);
  });

  test("use frequent words of different topics together in next to no title", () => {
    const lexicon = catalogue.lexicon(0);
    const having = (index: number) => {
      const word = unescapeText(lexicon.word(index));
      return new Set(titles.keys().filter((at) => titles[at]?.toLowerCase().includes(word)));
    };
    const first = having(lexicon.topical(0, 0));
    const second = having(lexicon.topical(1, 0));
    expect(first.size).toBeGreaterThan(10);
    expect(second.size).toBeGreaterThan(10);
    expect(first.intersection(second).size).toBeLessThan(5);
  });
});

describe("works", () => {
  test("are the same when asked for again, in any order", () => {
    const again = new GeneratedCatalogue(7, works);
    for (const index of [11_999, 3, 5000, 3, 0]) {
      expect(again.work(index)).toEqual(catalogue.work(index));
      expect(again.author(index % 4000)).toEqual(catalogue.author(index % 4000));
    }
  });

  test("have a series in about six of a hundred, and an author in nine of ten", () => {
    const all = Array.from({ length: works }, (_, index) => catalogue.work(index));
    const share = (count: number) => count / works;
    expect(share(all.filter(({ series }) => series !== undefined).length)).toBeCloseTo(0.06, 2);
    expect(share(all.filter(({ authors }) => authors.length === 0).length)).toBeCloseTo(0.085, 1);
    const authors = new Set(all.flatMap((work) => work.authors));
    expect(authors.size / catalogue.sizes.rows.authors).toBeGreaterThan(0.95);
    expect(Math.max(...authors)).toBeLessThan(catalogue.sizes.rows.authors);
  });

  test("come in a second copy now and then", () => {
    const counts = Map.groupBy(titles, (title) => title.toLowerCase());
    const repeated = [...counts.values()].filter(({ length }) => length > 1).flat().length;
    expect(repeated / works).toBeGreaterThan(0.02);
    expect(repeated / works).toBeLessThan(0.15);
  });
});

describe("sizes", () => {
  test("grow as Open Library's files do", () => {
    expect(sizesFor(41_000_000).rows).toMatchObject({ editions: 56_170_000, authors: 14_760_000 });
    expect(sizesFor(10_000_000).words).toBe(350_000);
  });

  test("are refused where they make no sense", () => {
    for (const count of [0, 99, 1.5, Number.NaN, 1e9]) {
      expect(() => sizesFor(count)).toThrow(RangeError);
    }
  });
});
