import type { Face } from "./shapes.ts";

/**
 * How wide text will be, without a DOM: covers are fitted while they are drawn, also in tests.
 * Advance widths in hundredths of the type size, from U+0020 to U+007E in order, of Literata and
 * Figtree as we ship them, measured in Chromium (canvas.measureText at 1000 px).
 */
const asciiWidths: Record<Face, readonly number[]> = {
  serif: parse(
    "20 33 42 68 58 88 83 25 35 35 45 58 33 34 33 46 60 41 53 55 58 53 57 53 57 55 33 33 58 58 " +
      "58 55 91 75 68 70 77 65 63 76 84 41 57 77 64 99 83 77 63 78 74 61 74 79 75 110 74 73 67 34 " +
      "46 34 58 47 50 56 63 53 64 55 41 59 68 35 33 65 35 98 68 61 64 62 51 48 42 66 61 88 59 60 " +
      "51 37 43 37 58",
  ),
  book: parse(
    "20 32 39 67 56 85 81 23 33 33 45 58 33 35 33 43 58 41 51 54 55 51 54 51 55 52 33 33 58 58 " +
      "58 54 85 73 66 70 76 64 61 75 84 41 56 75 64 100 83 76 60 76 72 60 74 81 74 109 71 71 66 " +
      "33 43 33 58 47 50 54 61 50 61 52 39 56 66 33 31 61 33 97 66 59 62 60 47 45 40 63 59 86 57 " +
      "57 49 37 42 37 58",
  ),
  italic: parse(
    "19 34 40 68 50 83 73 25 33 33 47 58 33 35 32 44 57 38 52 52 55 52 54 52 53 53 32 34 58 58 " +
      "58 51 86 69 62 62 73 59 56 64 76 36 37 69 58 93 75 71 59 70 68 50 62 75 69 100 69 67 61 32 " +
      "41 32 58 50 50 57 57 49 57 48 38 55 59 30 30 55 28 88 60 54 58 54 46 44 40 59 53 79 53 54 " +
      "48 36 41 36 58",
  ),
  sans: parse(
    "24 30 34 63 56 79 64 21 36 36 48 63 23 41 22 40 64 42 56 55 62 58 57 54 61 57 27 27 63 63 " +
      "63 51 99 69 61 72 69 59 55 76 75 28 52 62 52 85 77 78 59 78 63 61 56 71 70 97 63 62 64 33 " +
      "40 33 56 44 23 52 59 54 59 55 38 59 56 24 27 50 23 86 56 58 59 58 35 47 38 56 53 80 49 54 " +
      "49 39 26 39 59",
  ),
  bold: parse(
    "24 31 41 63 55 81 65 24 38 38 49 63 26 41 25 43 65 42 58 56 63 58 58 56 61 58 30 30 63 63 " +
      "63 51 99 71 61 72 70 59 55 74 75 29 55 67 54 86 77 79 60 79 64 61 58 70 72 98 68 65 63 34 " +
      "43 34 58 43 26 53 60 55 59 55 39 60 57 26 29 54 25 87 57 58 60 59 38 47 40 57 56 83 54 58 " +
      "48 39 26 39 67",
  ),
  heavy: parse(
    "23 32 45 63 55 82 65 27 40 40 49 64 27 40 27 45 65 43 59 56 64 58 59 56 61 59 32 33 64 64 " +
      "64 52 99 73 61 73 70 59 56 73 75 30 57 69 54 86 77 79 61 79 65 60 60 70 74 100 71 67 63 35 " +
      "45 35 59 43 28 54 60 55 60 56 40 61 57 28 30 56 26 88 57 58 60 60 40 48 41 57 57 86 56 60 " +
      "47 40 26 40 71",
  ),
};

function parse(widths: string): number[] {
  return widths.split(" ").map(Number);
}

/**
 * Widths outside ASCII, by script: averages for the scripts Literata has, and the upper side of what
 * common system fonts need for the others, since text must rather be small than cut off.
 */
const scriptWidths: readonly { script: RegExp; width: number }[] = [
  { script: /\p{Mark}/u, width: 0 },
  { script: /\p{Default_Ignorable_Code_Point}/u, width: 0 },
  {
    script:
      /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\u30a0-\u30ff\uff00-\uff60]/u,
    width: 100,
  },
  { script: /\p{Script=Hangul}/u, width: 96 },
  { script: /[\p{Script=Cyrillic}\p{Script=Greek}]/u, width: 70 },
  { script: /[\p{Script=Arabic}]/u, width: 62 },
  { script: /[\p{Script=Hebrew}\p{Script=Thai}]/u, width: 66 },
  { script: /[\u2018\u2019\u201a]/u, width: 34 },
  { script: /[\u201c-\u201e\u2013]/u, width: 55 },
];
const otherWidth = 82;
const capitalExtra = 12;

/** Width of a text set at `size`, in units; without kerning, which only ever makes it narrower. */
export function textWidth(text: string, face: Face, size: number, spacing = 0): number {
  let hundredths = 0;
  let count = 0;
  for (const character of text) {
    hundredths += characterWidth(character, face);
    count += 1;
  }
  return (hundredths * size) / 100 + spacing * Math.max(0, count - 1);
}

const known = new Map<string, number>();

function characterWidth(character: string, face: Face): number {
  const ascii = asciiWidths[face][(character.codePointAt(0) ?? 0) - 0x20];
  if (ascii !== undefined) {
    return ascii;
  }
  const id = `${face}${character}`;
  const before = known.get(id);
  if (before !== undefined) {
    return before;
  }
  const width = measureOther(character, face);
  known.set(id, width);
  return width;
}

function measureOther(character: string, face: Face): number {
  // Without its accents, which take no room: "é" is as wide as "e", "й" as "и".
  const [base = character] = character.normalize("NFD");
  const letter = asciiWidths[face][(base.codePointAt(0) ?? 0) - 0x20];
  if (letter !== undefined) {
    return letter;
  }
  const width = scriptWidths.find(({ script }) => script.test(base))?.width ?? otherWidth;
  return width > 0 && width < 90 && /\p{Lu}/u.test(character) ? width + capitalExtra : width;
}
