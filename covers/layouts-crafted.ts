import { ascentOf, fitText } from "./fit.ts";
import { inset, letter, outline } from "./lettering.ts";
import { drawPicture } from "./picture.ts";
import type { Scene } from "./scene.ts";
import { breaksAnywhere } from "./scripts.ts";
import { at, type Box, circle, path, rect, rule, type Shape, whole } from "./shapes.ts";

/** After the Insel-Bücherei (1912): patterned paper and a pasted label. */
export function label({ title, author, palette, picture, dice }: Scene): Shape[] {
  const { ground, ink, accent, tone } = palette;
  const size = 200 / dice.pick([2, 3, 4]);
  const inks = { ground, line: tone, accent, tone: dice.chance(0.5) ? ink : tone };
  const block = drawPicture(picture, { x: 0, y: 0, width: size, height: size }, inks, dice);
  const paper = "#faf3e2";
  const black = "#1f1a14";
  const tag = { x: 34, y: 62, width: 132, height: 104 };
  return [
    { kind: "tiling", size, shapes: [block] },
    rect(tag, { fill: paper }),
    outline(inset(tag, 4), 0.8, black),
    outline(inset(tag, 6.4), 0.5, black),
    ...letter({
      text: author,
      box: { x: 46, y: 76, width: 108, height: 22 },
      face: "book",
      fill: black,
      sizeMax: 11.5,
      sizeMin: 8,
      linesMax: 2,
      leading: 1.12,
      align: "middle",
    }).shapes,
    ...letter({
      text: title,
      box: { x: 46, y: 101, width: 108, height: 56 },
      face: "serif",
      fill: black,
      sizeMax: 20,
      sizeMin: 9.5,
      linesMax: 4,
      leading: 1.1,
      align: "middle",
      sits: "middle",
    }).shapes,
  ];
}

/** Publisher's cloth of the 1890s, blocked in one foil. */
export function cloth({ title, author, palette, picture, dice }: Scene): Shape[] {
  const { ground, ink, accent } = palette;
  const threads = Array.from({ length: 60 }, (_, index) => `M0 ${index * 5 + 2.5}h200`).join("");
  const weave = path(threads, { stroke: ink, strokeWidth: 0.7, opacity: 0.07 });
  const frame = inset(whole, 12);
  const corners = [
    [frame.x, frame.y],
    [frame.x + frame.width, frame.y],
    [frame.x, frame.y + frame.height],
    [frame.x + frame.width, frame.y + frame.height],
  ].map(([x = 0, y = 0]) =>
    path(
      `M${at(x - 8)} ${at(y)}L${at(x)} ${at(y - 8)}L${at(x + 8)} ${at(y)}L${at(x)} ${at(y + 8)}Z`,
      {
        fill: accent,
      },
    ),
  );
  return [
    weave,
    outline(frame, 2.2, accent),
    outline(inset(frame, 5), 0.9, accent),
    ...corners,
    ...letter({
      text: title,
      box: { x: 28, y: 36, width: 144, height: 88 },
      face: "serif",
      fill: ink,
      sizeMax: 29,
      sizeMin: 11,
      linesMax: 4,
      leading: 1.14,
      align: "middle",
      sits: "middle",
    }).shapes,
    drawPicture(
      picture,
      { x: 60, y: 136, width: 80, height: 80 },
      { ground, line: accent, accent, tone: ink },
      dice,
    ),
    outline({ x: 60, y: 136, width: 80, height: 80 }, 1.2, accent),
    ...letter({
      text: author,
      box: { x: 28, y: 232, width: 144, height: 34 },
      face: "book",
      fill: ink,
      sizeMax: 14.5,
      sizeMin: 9,
      linesMax: 2,
      leading: 1.12,
      align: "middle",
      sits: "middle",
    }).shapes,
  ];
}

/** A lobed medallion with pendants, as on Persian and Ottoman bindings. */
export function medallion({ title, author, palette, dice }: Scene): Shape[] {
  const { ground, ink, accent, tone } = palette;
  const lobes = dice.pick([12, 16, 20]);
  const scallop = (rx: number, ry: number, fill: string) => {
    const steps = Array.from({ length: lobes * 8 }, (_, index) => {
      const angle = (index / (lobes * 8)) * 2 * Math.PI;
      const swell = 1 + 0.06 * Math.abs(Math.sin((angle * lobes) / 2));
      return `${at(100 + Math.cos(angle) * rx * swell)} ${at(144 + Math.sin(angle) * ry * swell)}`;
    });
    return path(`M${steps.join("L")}Z`, { fill });
  };
  const pendants = [-1, 1].flatMap((side) => [
    path(
      `M100 ${at(144 + side * 88)}q9 ${at(side * 12)} 0 ${at(side * 26)}q-9 ${at(side * -14)} 0 ${at(side * -26)}`,
      { fill: accent },
    ),
  ]);
  const corner = (x: number, y: number) => circle(x, y, 34, { fill: tone });
  const frame = inset(whole, 10);
  return [
    {
      kind: "frame",
      ...frame,
      shapes: [corner(0, 0), corner(180, 0), corner(0, 280), corner(180, 280)],
    },
    outline(frame, 1.6, accent),
    outline(inset(frame, 4), 0.7, accent),
    ...pendants,
    scallop(78, 86, accent),
    scallop(73, 81, ground),
    ...letter({
      text: title,
      box: { x: 42, y: 96, width: 116, height: 96 },
      face: "serif",
      fill: ink,
      sizeMax: 27,
      sizeMin: 10,
      linesMax: 5,
      leading: 1.18,
      align: "middle",
      sits: "middle",
    }).shapes,
    ...letter({
      text: author,
      box: { x: 46, y: 258, width: 108, height: 24 },
      face: "book",
      fill: ink,
      sizeMax: 11.5,
      sizeMin: 7.5,
      linesMax: 2,
      leading: 1.1,
      align: "middle",
      sits: "middle",
    }).shapes,
  ];
}

/** A thread-bound book with its title slip: upright columns in Chinese and Japanese, else turned. */
export function slip({ title, author, script, palette }: Scene): Shape[] {
  const { ink, accent, ground } = palette;
  const paper = "#faf4e3";
  const black = "#1e1a15";
  const stitches = [30, 90, 150, 210, 270].map((y) => rule(178, y, 22, 1.3, ink));
  const box = { x: 22, y: 20, width: 52, height: 208 };
  const names = breaksAnywhere(script)
    ? upright(title, { ...box, x: box.x + 6, width: box.width - 12 }, black)
    : turned(title, box, black);
  const seal = { x: 112, y: 232, width: 44, height: 44 };
  return [
    rule(177, 0, 1.3, 300, ink),
    ...stitches,
    rect(box, { fill: paper }),
    outline(inset(box, 3), 0.8, black),
    ...names,
    rect(seal, { fill: accent }),
    outline(inset(seal, 3), 1, ground),
    ...letter({
      text: [...author.replaceAll(/[\s.]/gu, "")].slice(0, breaksAnywhere(script) ? 4 : 1).join(""),
      box: inset(seal, 6),
      face: "serif",
      fill: ground,
      sizeMax: 26,
      sizeMin: 10,
      linesMax: 2,
      leading: 1.1,
      align: "middle",
      sits: "middle",
    }).shapes,
    ...letter({
      text: author,
      box: { x: 92, y: 26, width: 76, height: 62 },
      face: "book",
      fill: ink,
      sizeMax: 14,
      sizeMin: 9,
      linesMax: 4,
      leading: 1.2,
    }).shapes,
  ];
}

/** Sets a text in columns from the top, the first at the right. */
function upright(text: string, box: Box, fill: string): Shape[] {
  const letters = [...text.replaceAll(/\s/gu, "")];
  const columns = letters.length > 11 ? 2 : 1;
  const perColumn = Math.ceil(letters.length / columns);
  const size = Math.min(box.width / columns / 1.05, (box.height - 12) / perColumn / 1.08, 30);
  const top = box.y + (box.height - perColumn * size * 1.08) / 2;
  return letters.map((text, index): Shape => {
    const column = Math.floor(index / perColumn);
    return {
      kind: "text",
      x: box.x + box.width / 2 + ((columns - 1) / 2 - column) * size * 1.1,
      y: top + (index % perColumn) * size * 1.08 + size * 0.88,
      text: uprightForms.get(text) ?? text,
      size,
      face: "serif",
      fill,
      anchor: "middle",
    };
  });
}

/** Signs that stand differently in columns have forms of their own. */
const uprightForms = new Map([
  ["ー", "丨"],
  ["、", "︑"],
  ["。", "︒"],
  ["「", "﹁"],
  ["」", "﹂"],
  ["（", "︵"],
  ["）", "︶"],
]);

/** Sets a text along the box, to be read with the head to the right, as on a spine. */
function turned(text: string, box: Box, fill: string): Shape[] {
  const leading = 1.1;
  const [width, height] = [box.height - 20, box.width - 14];
  const fit = fitText({
    text,
    face: "serif",
    width,
    height,
    sizeMax: 30,
    sizeMin: 11,
    linesMax: 2,
    leading,
  });
  const ascent = ascentOf(fit.lines);
  const depth = (ascent + (fit.lines.length - 1) * leading) * fit.size;
  const right = box.x + box.width / 2 + depth / 2;
  return fit.lines.map(
    (line, index): Shape => ({
      kind: "text",
      x: right - (ascent + index * leading) * fit.size,
      y: box.y + box.height / 2,
      text: line,
      size: fit.size,
      face: "serif",
      fill,
      anchor: "middle",
      turn: 90,
    }),
  );
}
