import { canvas, type Face, type Paint, type Shape } from "./shapes.ts";

/** How a face is asked for in SVG: by the names that stand in the font files. */
const fonts: Readonly<Record<Face, string>> = {
  serif: 'font-family="Literata" font-weight="600"',
  book: 'font-family="Literata" font-weight="400"',
  italic: 'font-family="Literata" font-weight="400" font-style="italic"',
  sans: 'font-family="Figtree Light" font-weight="500"',
  bold: 'font-family="Figtree Light" font-weight="700"',
  heavy: 'font-family="Figtree Light" font-weight="800"',
};

/** Whose fonts come in their thinnest weight to who can't vary them. */
const thinScripts = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
/** The stroke around such letters that gives them the weight of their face, of their size. */
const strokes: Readonly<Record<Face, number>> = {
  serif: 0.03,
  book: 0.02,
  italic: 0.02,
  sans: 0.025,
  bold: 0.04,
  heavy: 0.05,
};

/** Letters of Vietnamese that stand in a font file of their own, which resvg can't mix with another. */
const toned = /[\u1ea0-\u1ef1]/gu;
const tones = /[\u0300\u0301\u0303\u0309\u0323]/gu;

/**
 * Shapes as the text of an SVG image, for resvg; the page draws the same shapes as elements. What resvg
 * does otherwise than browsers is seen to here: fonts don't vary, and "start" is the left side of Arabic,
 * too. Vietnamese goes without its tones.
 */
export function svgOf(shapes: readonly Shape[]): string {
  let tilings = 0;
  const draw = (shape: Shape): string => {
    switch (shape.kind) {
      case "rect":
        return `<rect x="${shape.x}" y="${shape.y}" width="${shape.width}" height="${shape.height}" rx="${shape.radius ?? 0}"${paint(shape)}/>`;
      case "circle":
        return `<circle cx="${shape.x}" cy="${shape.y}" r="${shape.r}"${paint(shape)}/>`;
      case "ellipse":
        return `<ellipse cx="${shape.x}" cy="${shape.y}" rx="${shape.rx}" ry="${shape.ry}"${turn(shape)}${paint(shape)}/>`;
      case "path":
        return `<path d="${escapeXml(shape.d)}"${paint(shape)}/>`;
      case "frame":
        return `<svg x="${shape.x}" y="${shape.y}" width="${shape.width}" height="${shape.height}">${shape.shapes.map(draw).join("")}</svg>`;
      case "tiling": {
        tilings += 1;
        const id = `tiling-${tilings}`;
        const tile = shape.shapes.map(draw).join("");
        return `<pattern id="${id}" width="${shape.size}" height="${shape.size}" patternUnits="userSpaceOnUse">${tile}</pattern><rect width="${canvas.width}" height="${canvas.height}" fill="url(#${id})"/>`;
      }
      case "text":
        return textOf(shape);
    }
  };
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${canvas.width} ${canvas.height}">${shapes.map(draw).join("")}</svg>`;
}

function textOf(shape: Extract<Shape, { kind: "text" }>): string {
  const { face, size, anchor, isRightToLeft, spacing } = shape;
  const fill = escapeXml(shape.fill);
  const swapped = { start: "end", middle: "middle", end: "start" }[anchor];
  const stroke = thinScripts.test(shape.text)
    ? ` stroke="${fill}" stroke-width="${size * strokes[face]}" stroke-linejoin="round"`
    : "";
  const letters = spacing === undefined ? "" : ` letter-spacing="${spacing}"`;
  const text = shape.text
    .normalize("NFC")
    .replace(toned, (letter) => letter.normalize("NFD").replace(tones, "").normalize("NFC"));
  return `<text x="${shape.x}" y="${shape.y}" ${fonts[face]} font-size="${size}" fill="${fill}"${stroke} text-anchor="${isRightToLeft ? swapped : anchor}"${letters}${turn(shape)}>${escapeXml(text)}</text>`;
}

function paint({ fill, stroke, strokeWidth, opacity }: Paint): string {
  const attributes = { fill, stroke, "stroke-width": strokeWidth, opacity };
  return Object.entries(attributes)
    .map(([name, value]) => (value === undefined ? "" : ` ${name}="${escapeXml(String(value))}"`))
    .join("");
}

function turn({ x, y, turn: degrees }: { x: number; y: number; turn?: number }): string {
  return degrees === undefined || degrees === 0 ? "" : ` transform="rotate(${degrees} ${x} ${y})"`;
}

/** Escapes text, and leaves out letters that XML has no way to write. */
function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\ufffe\uffff]/gu, "")
    .replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
