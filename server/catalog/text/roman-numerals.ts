/** Roman numerals. */

const letters = new Map([
  ["m", 1000],
  ["d", 500],
  ["c", 100],
  ["l", 50],
  ["x", 10],
  ["v", 5],
  ["i", 1],
]);

/** Up to four like letters, as clocks and old title pages have them: IIII, MDCCCC. */
const numeral = /^m{0,3}(?:cm|cd|d?c{0,4})(?:xc|xl|l?x{0,4})(?:ix|iv|v?i{0,4})$/;

/** The value of a Roman numeral in small letters ("mdccclv"), 1 to 3999; undefined if it is none. */
export function romanValue(text: string): number | undefined {
  if (text === "" || !numeral.test(text)) {
    return undefined;
  }
  let sum = 0;
  for (let place = 0; place < text.length; place++) {
    const value = letters.get(text.charAt(place)) ?? 0;
    const next = letters.get(text.charAt(place + 1)) ?? 0;
    sum += value < next ? -value : value;
  }
  return sum;
}

const units = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];

/**
 * The numerals 1 to 39, in small letters: those of kings and volumes. Beyond them words made of these
 * letters are rather sizes (XL), initials (MD, CD) and names (Li, Mi).
 */
export const smallNumerals: ReadonlyMap<string, number> = new Map(
  ["", "x", "xx", "xxx"]
    .flatMap((tens, ten) => units.map((unit, one) => [tens + unit, 10 * ten + one] as const))
    .slice(1),
);
