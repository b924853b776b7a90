import { ascentOf, fitHeight, fitText } from "./fit.ts";
import { hasSans, isRightToLeft, scriptOf } from "./scripts.ts";
import type { Box, Face, Shape } from "./shapes.ts";

/** How a text is to be set. */
export type Setting = {
  text: string;
  box: Box;
  face: Face;
  fill: string;
  sizeMax: number;
  sizeMin: number;
  linesMax: number;
  leading?: number;
  /** Start is the right for scripts written from there. */
  align?: "start" | "middle" | "end";
  sits?: "top" | "middle" | "bottom";
  spacing?: number;
  isCapitals?: boolean;
};

/** A text that was set, and where it ended. */
export type Lettering = { shapes: Shape[]; top: number; bottom: number; size: number };

/** Sets a text in its box at the largest size that fits. Nothing for an empty text. */
export function letter(setting: Setting): Lettering {
  const { box, leading = 1.16, align = "start", sits = "top" } = setting;
  const script = scriptOf(setting.text);
  const face = hasSans(script) ? setting.face : serifFor(setting.face);
  const text = setting.isCapitals ? setting.text.toLocaleUpperCase("und") : setting.text;
  // Letters apart are for alphabets with capitals; Arabic would fall to pieces.
  const spacing = script === "latin" || script === "cyrillic" ? (setting.spacing ?? 0) : 0;
  const fit = fitText({
    text,
    face,
    width: box.width,
    height: box.height,
    sizeMax: setting.sizeMax,
    sizeMin: setting.sizeMin,
    linesMax: setting.linesMax,
    leading,
    spacing,
  });
  const height = fitHeight(fit, leading);
  const slack = { top: 0, middle: (box.height - height) / 2, bottom: box.height - height }[sits];
  const top = box.y + Math.max(0, slack);
  const isReversed = isRightToLeft(script);
  const x = anchorX(box, align, isReversed);
  const shapes = fit.lines.map(
    (line, index): Shape => ({
      kind: "text",
      x,
      y: top + (ascentOf(fit.lines) + index * leading) * fit.size,
      text: line,
      size: fit.size,
      face,
      fill: setting.fill,
      anchor: align,
      ...(spacing === 0 ? {} : { spacing }),
      ...(isReversed ? { isRightToLeft: true } : {}),
    }),
  );
  return { shapes, top, bottom: top + height, size: fit.size };
}

function anchorX(box: Box, align: "start" | "middle" | "end", isReversed: boolean): number {
  if (align === "middle") {
    return box.x + box.width / 2;
  }
  return (align === "start") === isReversed ? box.x + box.width : box.x;
}

function serifFor(face: Face): Face {
  return face === "sans" ? "book" : face === "bold" || face === "heavy" ? "serif" : face;
}

/** A box `by` units smaller on every side. */
export function inset(box: Box, by: number): Box {
  return {
    x: box.x + by,
    y: box.y + by,
    width: box.width - 2 * by,
    height: box.height - 2 * by,
  };
}

/** The outline of a box. */
export function outline(box: Box, weight: number, stroke: string, radius = 0): Shape {
  return { kind: "rect", ...box, fill: "none", stroke, strokeWidth: weight, radius };
}
