import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyText } from "./testing/any-text.ts";
import { mainTitle, titleKeys } from "./title-keys.ts";

function meet(title: string, query: string): boolean {
  const keys = new Set(titleKeys(title));
  return titleKeys(query).some((key) => keys.has(key));
}

describe("titleKeys", () => {
  test.each([
    ["The Hobbit", "hobbit"],
    ["The Hobbit", "Hobbit, The"],
    ["The Hobbit, or There and Back Again", "the hobbit"],
    ["Moby-Dick; or, The Whale", "moby dick"],
    ["L'Étranger", "etranger"],
    ["L'Étranger", "letranger"],
    ["Der Prozess", "prozess"],
    ["Nineteen Eighty-Four", "1984"],
    ["Fahrenheit 451", "fahrenheit four fifty one"],
    ["Twenty Thousand Leagues Under the Sea", "20,000 leagues under the sea"],
    ["One Hundred and One Dalmatians", "101 dalmatians"],
    ["The Twenty-One Balloons", "21 balloons"],
    ["The 21st Balloon", "twenty-first balloon"],
    ["Cien años", "100 años"],
    ["Boys Over Flowers, Vol. 1", "boys over flowers volume one"],
    ["Henry IV, Part II", "henry 4 part 2"],
    ["A Series of Unfortunate Events, Book the First", "series of unfortunate events 1"],
    ["Punch, volume 07", "punch vol 7"],
    ["Les Rougon, tome premier", "les rougon tome 1"],
    ["The Dresden Files, book 3rd", "the dresden files book three"],
    ["Louis XIV", "louis 14"],
    ["Krieg und Frieden", "Krieg & Frieden"],
    ["Emma (Oxford World's Classics)", "emma"],
    ["Ishmael: a novel", "ishmael"],
    ["Ishmael", "ishmael a novel"],
    ["Harry Potter", "harrypotter"],
    ["Indians of yesterday. Illustrated by Lone Wolfe", "indians of yesterday"],
    ["2001: A Space Odyssey", "2001"],
  ])("lets %s be found as %s", (title, query) => {
    expect(meet(title, query)).toBe(true);
  });

  test.each([
    ["It", "It Ends with Us"],
    ["Emma", "Emma Brown"],
    ["The Stand", "The Stranger"],
    ["Mr. Popper's Penguins", "mr"],
  ])("keeps %s and %s apart", (title, query) => {
    expect(meet(title, query)).toBe(false);
  });

  test.each(["It", "We", "S.", "The The", "?", "A", "(untitled)", "I", "1", ": a novel"])(
    "leaves no key of %s empty",
    (title) => {
      const keys = titleKeys(title);
      expect(keys.length).toBeGreaterThan(0);
      expect(keys).not.toContain("");
    },
  );

  test("begins with the whole title", () => {
    expect(titleKeys("The Hobbit: or There and Back Again")[0]).toBe(
      "thehobbitorthereandbackagain",
    );
  });

  test("is bounded and free of duplicates for any text", () => {
    fc.assert(
      fc.property(anyText(200), (title) => {
        const keys = titleKeys(title);
        expect(keys.length).toBeLessThanOrEqual(24);
        expect(new Set(keys).size).toBe(keys.length);
        expect(keys).not.toContain("");
      }),
      { numRuns: 400 },
    );
  });

  test("takes time in proportion to the text", () => {
    const signs = [
      ":",
      "(",
      "a (",
      " - ",
      ", or ",
      "one ",
      "a. ",
      "abcd. ",
      "? A",
      ", the",
      "a novel ",
    ];
    for (const unit of signs) {
      expect(titleKeys(unit.repeat(5000)).length).toBeLessThanOrEqual(24);
    }
  });
});

test("mainTitle leaves times of day, hyphens and abbreviations alone", () => {
  expect(mainTitle("The 10:15 to Paris")).toBe("The 10:15 to Paris");
  expect(mainTitle("Catch-22")).toBe("Catch-22");
  expect(mainTitle("Dr. Jekyll and Mr. Hyde")).toBe("Dr. Jekyll and Mr. Hyde");
});
