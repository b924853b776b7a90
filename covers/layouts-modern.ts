import { letter } from "./lettering.ts";
import { drawPicture } from "./picture.ts";
import type { Scene } from "./scene.ts";
import { circle, path, rect, rule, type Shape, whole } from "./shapes.ts";
import { textWidth } from "./widths.ts";

/** After Berthold Wolpe's lettered jackets for Faber: the title is the picture. */
export function lettered({ title, author, palette, dice }: Scene): Shape[] {
  const { ink, accent } = palette;
  const isAbove = dice.chance(0.35);
  const name = letter({
    text: title,
    box: { x: 11, y: isAbove ? 60 : 16, width: 178, height: 216 },
    face: "heavy",
    fill: ink,
    sizeMax: 66,
    sizeMin: 17,
    linesMax: 6,
    leading: 0.99,
    isCapitals: true,
    sits: isAbove ? "bottom" : "top",
  });
  const by = letter({
    text: author,
    box: { x: 11, y: isAbove ? 16 : 246, width: 178, height: 38 },
    face: "bold",
    fill: ink,
    sizeMax: 21,
    sizeMin: 10,
    linesMax: 2,
    leading: 1.1,
    sits: isAbove ? "top" : "bottom",
  });
  const y = isAbove ? by.bottom + 5 : by.top - 11;
  const bar = author === "" ? [] : [rule(11, y, 178, 3.4, accent)];
  return [...name.shapes, ...bar, ...by.shapes];
}

/** After the posters of Zurich and Basel: one form, much room, small sans. */
export function swiss({ title, author, year, palette, dice }: Scene): Shape[] {
  const { ground, ink, accent, tone } = palette;
  const r = dice.between(66, 104);
  const x = dice.pick([24, 100, 176]);
  const y = dice.between(68, 108);
  const second = dice.between(0, 3);
  const forms: Shape[][] = [
    [circle(x, y, r, { fill: accent }), circle(x, y, r * 0.5, { fill: tone })],
    [
      circle(x, y, r, { fill: accent }),
      rect({ x: 0, y, width: 200, height: r + 2 }, { fill: ground }),
    ],
    [
      path(`M0 0H200L${200 - r} 176H0Z`, { fill: accent }),
      circle(150, 60, r * 0.3, { fill: tone }),
    ],
    Array.from({ length: 5 }, (_, index) =>
      circle(x, y, r * (1.3 - index * 0.24), { fill: index % 2 === 0 ? accent : ground }),
    ),
  ];
  const name = letter({
    text: title,
    box: { x: 13, y: 190, width: 174, height: 66 },
    face: "bold",
    fill: ink,
    sizeMax: 27,
    sizeMin: 11,
    linesMax: 3,
    leading: 1.06,
    sits: "bottom",
  });
  return [
    { kind: "frame", x: 0, y: 0, width: 200, height: 180, shapes: forms[second] ?? [] },
    ...name.shapes,
    ...letter({
      text: author,
      box: { x: 13, y: 263, width: 140, height: 25 },
      face: "sans",
      fill: ink,
      sizeMax: 12.5,
      sizeMin: 8.5,
      linesMax: 2,
      sits: "top",
    }).shapes,
    ...letter({
      text: year,
      box: { x: 155, y: 263, width: 32, height: 25 },
      face: "sans",
      fill: ink,
      sizeMax: 12.5,
      sizeMin: 8.5,
      linesMax: 1,
      align: "end",
    }).shapes,
  ];
}

const letterWidthMax = 172;

/** After Jessica Hische's alphabet of drop caps: the first letter, enormous. */
export function initial({ title, author, palette, dice }: Scene): Shape[] {
  const { ink, accent, tone } = palette;
  const first = firstLetter(title);
  const size = Math.min(232, (100 * letterWidthMax) / textWidth(first, "serif", 100));
  const lean = dice.between(-12, 12);
  return [
    circle(100, 112, dice.between(74, 92), { fill: tone }),
    {
      kind: "text",
      x: 100 + lean * 0.4,
      y: 112 + size * 0.35,
      text: first,
      size,
      face: "serif",
      fill: accent,
      anchor: "middle",
    },
    ...letter({
      text: title,
      box: { x: 13, y: 212, width: 174, height: 50 },
      face: "serif",
      fill: ink,
      sizeMax: 23,
      sizeMin: 10,
      linesMax: 3,
      leading: 1.1,
      align: "middle",
      sits: "middle",
    }).shapes,
    ...letter({
      text: author,
      box: { x: 13, y: 268, width: 174, height: 20 },
      face: "sans",
      fill: ink,
      sizeMax: 12.5,
      sizeMin: 8.5,
      linesMax: 1,
      align: "middle",
      sits: "middle",
    }).shapes,
  ];
}

/** Two halves, a picture and a page. */
export function halves({ title, author, palette, picture, dice }: Scene): Shape[] {
  const { ground, ink, accent, tone } = palette;
  const isPictureAbove = dice.chance(0.6);
  const split = dice.between(148, 176);
  const picBox = { x: 0, y: isPictureAbove ? 0 : 300 - split, width: 200, height: split };
  const textTop = isPictureAbove ? split : 0;
  const room = 300 - split;
  return [
    drawPicture(picture, picBox, { ground: tone, line: ink, accent, tone: ground }, dice),
    ...letter({
      text: title,
      box: { x: 14, y: textTop + 16, width: 172, height: room - 54 },
      face: "serif",
      fill: ink,
      sizeMax: 32,
      sizeMin: 11,
      linesMax: 4,
      leading: 1.1,
    }).shapes,
    ...letter({
      text: author,
      box: { x: 14, y: textTop + room - 33, width: 172, height: 22 },
      face: "italic",
      fill: ink,
      sizeMax: 15,
      sizeMin: 9,
      linesMax: 1,
      sits: "bottom",
    }).shapes,
  ];
}

/** A large title, a small picture, a lot of air. */
export function emblem({ title, author, palette, picture, dice }: Scene): Shape[] {
  const { ground, ink, accent, tone } = palette;
  const size = dice.between(76, 96);
  const box = { x: (200 - size) / 2, y: 262 - size, width: size, height: size };
  return [
    ...letter({
      text: title,
      box: { x: 14, y: 20, width: 172, height: 106 },
      face: "serif",
      fill: ink,
      sizeMax: 37,
      sizeMin: 12,
      linesMax: 4,
      leading: 1.08,
      align: "middle",
    }).shapes,
    ...letter({
      text: author,
      box: { x: 14, y: 136, width: 172, height: 24 },
      face: "book",
      fill: ink,
      sizeMax: 15,
      sizeMin: 9,
      linesMax: 1,
      align: "middle",
      sits: "top",
    }).shapes,
    drawPicture(picture, box, { ground, line: ink, accent, tone }, dice),
  ];
}

/** The picture fills the jacket, a band carries the words. */
export function poster({ title, author, palette, picture, dice }: Scene): Shape[] {
  const { ground, ink, accent, tone } = palette;
  const tall = 96;
  const top = dice.pick([22, 172, 182]);
  return [
    drawPicture(picture, whole, { ground: tone, line: ink, accent, tone: ground }, dice),
    rect({ x: 0, y: top, width: 200, height: tall }, { fill: ground }),
    ...letter({
      text: title,
      box: { x: 13, y: top + 13, width: 174, height: 52 },
      face: "bold",
      fill: ink,
      sizeMax: 27,
      sizeMin: 10.5,
      linesMax: 3,
      leading: 1.08,
      sits: "middle",
    }).shapes,
    ...letter({
      text: author,
      box: { x: 13, y: top + 70, width: 174, height: 17 },
      face: "sans",
      fill: ink,
      sizeMax: 13,
      sizeMin: 8.5,
      linesMax: 1,
      sits: "middle",
    }).shapes,
  ];
}

/** The first letter or digit of a title's first telling word. */
function firstLetter(title: string): string {
  const telling = title.replace(
    /^(the|an?|le|la|les|l['’]|der|die|das|el|los|las|il|o|a)\s+/iu,
    "",
  );
  const letter = /[\p{Letter}\p{Number}]\p{Mark}*/u.exec(telling)?.[0] ?? "";
  return letter.toLocaleUpperCase("und");
}
