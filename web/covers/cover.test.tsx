import fc from "fast-check";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { type CoverBook, chooseLayout, drawCover } from "#covers/cover.ts";
import { type LayoutName, layouts } from "#covers/layouts.ts";
import { palettes } from "#covers/palettes.ts";
import { canvas, type Shape } from "#covers/shapes.ts";
import { textWidth } from "#covers/widths.ts";
import { coverBook } from "#web/domain/book-facts.ts";
import { sampleBooks } from "#web/testing/sample-books.ts";
import { TypographicCover } from "./typographic-cover.tsx";

const books = sampleBooks.map(coverBook);
// Object.keys widens to string; `layouts` is a literal object.
const layoutNames = Object.keys(layouts) as LayoutName[];

const anyBook: fc.Arbitrary<CoverBook> = fc.record({
  key: fc.nat().map((number) => `OL${number}W`),
  title: fc.string({ unit: "grapheme", maxLength: 300 }),
  author: fc.string({ unit: "grapheme", maxLength: 80 }),
  series: fc.string({ maxLength: 40 }),
  position: fc.constantFrom("", "1", "2.5"),
  year: fc.integer({ min: -800, max: 2030 }),
  subjects: fc.array(fc.string({ maxLength: 20 }), { maxLength: 4 }),
});

describe.each(layoutNames)("the layout %s", (layout) => {
  test("keeps every word on the cover, whatever the book", () => {
    fc.assert(
      fc.property(anyBook, (book) => {
        for (const text of textsOf(drawCover(book, layout))) {
          const [left, right] = extentOf(text);
          expect(left).toBeGreaterThanOrEqual(-0.5);
          expect(right).toBeLessThanOrEqual(limitOf(text) + 0.5);
          expect(text.y).toBeGreaterThanOrEqual(0);
          expect(text.y).toBeLessThanOrEqual(canvas.height);
        }
      }),
      { numRuns: 60 },
    );
  });
});

test("the same book always has the same cover", () => {
  for (const book of books) {
    expect(drawCover(book)).toEqual(drawCover({ ...book }));
  }
});

test("no two books of a shelf look alike, but the books of a series do", () => {
  const single = books.filter((book) => book.series === "");
  const looks = single.map((book) =>
    JSON.stringify(drawCover({ ...book, title: "A", author: "B" })),
  );
  expect(new Set(looks).size).toBe(single.length);
  const discworld = books.filter((book) => book.series === "Discworld");
  expect(discworld.length).toBeGreaterThan(2);
  expect(new Set(discworld.map(chooseLayout)).size).toBe(1);
});

test("every layout is used, none by more than a sixth of the books", () => {
  const counts = new Map<LayoutName, number>();
  const total = 3000;
  for (let number = 1; number <= total; number++) {
    const layout = chooseLayout({ ...aCover, key: `OL${number}W` });
    counts.set(layout, (counts.get(layout) ?? 0) + 1);
  }
  expect([...counts.keys()].toSorted()).toEqual(layoutNames.toSorted());
  expect(Math.max(...counts.values())).toBeLessThan(total / 6);
});

test.each(palettes)("text can be read on $ground", ({ ground, ink, accent }) => {
  expect(contrast(ground, ink)).toBeGreaterThanOrEqual(4.5);
  expect(contrast(ground, accent)).toBeGreaterThanOrEqual(2);
});

test("covers are drawn as they were", () => {
  const drawn = ["OL1W", "OL4W", "OL10W", "OL6W"].map((key) => {
    const book = books.find((one) => one.key === key);
    return book === undefined ? "" : renderToStaticMarkup(<TypographicCover book={book} />);
  });
  expect(drawn.map((svg) => svg.replaceAll("><", ">\n<"))).toMatchSnapshot();
});

const aCover: CoverBook = {
  key: "OL1W",
  title: "A title",
  author: "An author",
  series: "",
  position: "",
  year: 1900,
  subjects: [],
};

type Text = Extract<Shape, { kind: "text" }>;

function textsOf(shapes: Shape[]): Text[] {
  return shapes.flatMap((shape) =>
    shape.kind === "text"
      ? [shape]
      : shape.kind === "frame" || shape.kind === "tiling"
        ? textsOf(shape.shapes)
        : [],
  );
}

/** Where a text begins and ends, along its line. */
function extentOf({ x, y, text, face, size, anchor, spacing = 0, turn, isRightToLeft }: Text) {
  const width = textWidth(text, face, size, spacing);
  const origin = turn === 90 ? y : x;
  const share = { start: 0, middle: 0.5, end: 1 }[anchor];
  const before = width * (isRightToLeft ? 1 - share : share);
  return [origin - before, origin - before + width] as const;
}

function limitOf({ turn }: Text): number {
  return turn === 90 ? canvas.height : canvas.width;
}

/** WCAG 2 contrast of two colours written as #rrggbb. */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
