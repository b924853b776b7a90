import { inset, letter, outline } from "./lettering.ts";
import { drawPicture } from "./picture.ts";
import type { Scene } from "./scene.ts";
import { circle, rect, rule, type Shape, whole } from "./shapes.ts";

/** After Romek Marber's grid for Penguin crime (1961): ruled lines above, a picture below. */
export function grid({ title, author, series, palette, picture, dice }: Scene): Shape[] {
  const { ground, ink, accent, tone } = palette;
  const line = (y: number) => rule(0, y, 200, 1.1, ink);
  const small = { face: "sans", fill: ink, sizeMax: 11, sizeMin: 8, linesMax: 1 } as const;
  return [
    letter({ ...small, text: series, box: { x: 12, y: 11, width: 150, height: 12 } }),
    letter({
      text: title,
      box: { x: 12, y: 35, width: 176, height: 42 },
      face: "bold",
      fill: ink,
      sizeMax: 23,
      sizeMin: 10,
      linesMax: 3,
      leading: 1.08,
      sits: "middle",
    }),
    letter({
      text: author,
      box: { x: 12, y: 84, width: 176, height: 18 },
      face: "sans",
      fill: ink,
      sizeMax: 16,
      sizeMin: 8,
      linesMax: 1,
      sits: "middle",
    }),
  ]
    .flatMap((lettering) => lettering.shapes)
    .concat([
      circle(184, 16.5, 5.5, { fill: accent }),
      line(28),
      line(80.5),
      drawPicture(
        picture,
        { x: 0, y: 105, width: 200, height: 195 },
        { ground: ink, line: ground, accent, tone },
        dice,
      ),
    ]);
}

/** After Willy Fleckhaus's rainbow for edition suhrkamp (1963): one colour, one size, one line. */
export function spectrum({ title, author, dice }: Scene): Shape[] {
  const hue = dice.between(0, 47) * 7.5;
  const isYellow = hue > 65 && hue < 130;
  const ground = isYellow ? `oklch(0.85 0.15 ${hue})` : `oklch(0.47 0.14 ${hue})`;
  const ink = isYellow ? "#1c1a12" : "#fffaf0";
  const text = { face: "book", fill: ink, leading: 1.14 } as const;
  const by = letter({
    ...text,
    text: author,
    box: { x: 14, y: 96, width: 172, height: 46 },
    sizeMax: 21,
    sizeMin: 11,
    linesMax: 2,
    sits: "bottom",
  });
  const name = letter({
    ...text,
    text: title,
    box: { x: 14, y: 152, width: 172, height: 118 },
    sizeMax: 25,
    sizeMin: 11,
    linesMax: 5,
  });
  return [
    rect(whole, { fill: ground }),
    ...by.shapes,
    rule(14, 146, 172, 0.9, ink),
    ...name.shapes,
  ];
}

/** After Gallimard's Blanche (1911): cream, one black rule, two red ones, the title in red. */
export function rules({ title, author, year, houseDice }: Scene): Shape[] {
  const paper = houseDice.pick(["#f6eedc", "#f4ecd6", "#f7f2e4", "#efe8d8"]);
  const rubric = houseDice.pick(["#a3241c", "#a3241c", "#1f4e79", "#2c5d3f", "#6b2c4f", "#7a4b12"]);
  const black = "#211d18";
  const inner = inset(whole, 13.5);
  const name = letter({
    text: title,
    box: { x: 28, y: 92, width: 144, height: 104 },
    face: "serif",
    fill: rubric,
    sizeMax: 31,
    sizeMin: 11,
    linesMax: 5,
    leading: 1.18,
    align: "middle",
    sits: "middle",
  });
  return [
    rect(whole, { fill: paper }),
    outline(inset(whole, 9), 0.8, black),
    outline(inner, 0.7, rubric),
    outline(inset(inner, 2.6), 0.7, rubric),
    ...letter({
      text: author,
      box: { x: 28, y: 38, width: 144, height: 36 },
      face: "book",
      fill: black,
      sizeMax: 14.5,
      sizeMin: 9,
      linesMax: 2,
      align: "middle",
      spacing: 0.9,
      isCapitals: true,
    }).shapes,
    ...name.shapes,
    rule(90, 222, 20, 0.9, rubric),
    ...letter({
      text: year,
      box: { x: 40, y: 252, width: 120, height: 16 },
      face: "italic",
      fill: black,
      sizeMax: 13,
      sizeMin: 9,
      linesMax: 1,
      align: "middle",
    }).shapes,
  ];
}

/** After Reclam's yellow reader: author, title, and nothing that costs money. */
export function reader({ title, author, series, houseDice }: Scene): Shape[] {
  const ground = houseDice.pick([
    "#f8d516",
    "#f8d516",
    "#f8d516",
    "#e8522f",
    "#9ccb3c",
    "#4fb0d8",
    "#f29a2e",
  ]);
  const ink = "#16140d";
  const by = letter({
    text: author,
    box: { x: 13, y: 17, width: 174, height: 36 },
    face: "bold",
    fill: ink,
    sizeMax: 17,
    sizeMin: 9,
    linesMax: 2,
  });
  const ruleY = Math.max(by.bottom, 24) + 7;
  const name = letter({
    text: title,
    box: { x: 13, y: ruleY + 12, width: 174, height: 130 },
    face: "serif",
    fill: ink,
    sizeMax: 34,
    sizeMin: 12,
    linesMax: 5,
    leading: 1.12,
  });
  return [
    rect(whole, { fill: ground }),
    ...by.shapes,
    rule(13, ruleY, 174, 1.6, ink),
    ...name.shapes,
    rect({ x: 0, y: 264, width: 200, height: 36 }, { fill: "#fffdf4" }),
    rule(0, 263, 200, 1.2, ink),
    ...letter({
      text: series,
      box: { x: 13, y: 275, width: 150, height: 14 },
      face: "sans",
      fill: ink,
      sizeMax: 11,
      sizeMin: 8,
      linesMax: 1,
      sits: "middle",
    }).shapes,
    circle(182, 281.5, 6, { fill: ink }),
  ];
}

/** After Edward Young's bands for Penguin (1935): colour, paper, colour. */
export function bands({ title, author, series, year, palette }: Scene): Shape[] {
  const { ground, ink, accent } = palette;
  const paper = "#faf4e6";
  const black = "#1d1914";
  return [
    rect({ x: 0, y: 92, width: 200, height: 116 }, { fill: paper }),
    { kind: "ellipse", x: 100, y: 46, rx: 70, ry: 22, fill: paper },
    ...letter({
      text: series || year || "—",
      box: { x: 46, y: 37, width: 108, height: 18 },
      face: "sans",
      fill: black,
      sizeMax: 14,
      sizeMin: 7.5,
      linesMax: 1,
      align: "middle",
      sits: "middle",
    }).shapes,
    ...letter({
      text: title,
      box: { x: 12, y: 102, width: 176, height: 66 },
      face: "heavy",
      fill: black,
      sizeMax: 27,
      sizeMin: 10,
      linesMax: 3,
      leading: 1.08,
      align: "middle",
      sits: "middle",
      isCapitals: true,
    }).shapes,
    rule(84, 174, 32, 1.2, black),
    ...letter({
      text: author,
      box: { x: 12, y: 180, width: 176, height: 20 },
      face: "sans",
      fill: black,
      sizeMax: 14,
      sizeMin: 8,
      linesMax: 1,
      align: "middle",
      sits: "middle",
    }).shapes,
    circle(100, 254, 21, { fill: accent }),
    circle(100, 254, 16, { fill: ground }),
    circle(100, 254, 7, { fill: ink }),
  ];
}
