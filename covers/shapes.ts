/**
 * What a cover is drawn with: plain data, so that layouts are pure functions that tests can read.
 * The canvas is 200 by 300 units; y grows downwards.
 */
export const canvas = { width: 200, height: 300 } as const;

export type Box = { x: number; y: number; width: number; height: number };

/** Typefaces by their task; the widths of each are in widths.ts. */
export type Face = "serif" | "book" | "italic" | "sans" | "bold" | "heavy";

export type Paint = { fill?: string; stroke?: string; strokeWidth?: number; opacity?: number };

export type Shape =
  | ({ kind: "rect" } & Box & Paint & { radius?: number })
  | ({ kind: "circle"; x: number; y: number; r: number } & Paint)
  | ({ kind: "ellipse"; x: number; y: number; rx: number; ry: number; turn?: number } & Paint)
  | ({ kind: "path"; d: string } & Paint)
  | {
      kind: "text";
      /** Start, middle or end of the line, as `anchor` says; y is the baseline. */
      x: number;
      y: number;
      text: string;
      size: number;
      face: Face;
      fill: string;
      anchor: "start" | "middle" | "end";
      /** Added between letters, in units. */
      spacing?: number;
      /** Degrees clockwise about (x, y). */
      turn?: number;
      isRightToLeft?: boolean;
    }
  /** Shapes in a coordinate system of their own, cut off at the box. */
  | ({ kind: "frame"; shapes: Shape[] } & Box)
  /** The whole cover papered with a square of shapes, drawn once. */
  | { kind: "tiling"; size: number; shapes: Shape[] };

export const whole: Box = { x: 0, y: 0, width: canvas.width, height: canvas.height };

export function rect(box: Box, paint: Paint): Shape {
  return { kind: "rect", ...box, ...paint };
}

export function circle(x: number, y: number, r: number, paint: Paint): Shape {
  return { kind: "circle", x, y, r, ...paint };
}

export function path(d: string, paint: Paint): Shape {
  return { kind: "path", d, ...paint };
}

/** A horizontal rule. */
export function rule(x: number, y: number, width: number, weight: number, fill: string): Shape {
  return { kind: "rect", x, y, width, height: weight, fill };
}

/** Rounds coordinates for path data: a tenth of a unit is a thirtieth of a pixel on a large cover. */
export function at(value: number): string {
  return String(Math.round(value * 10) / 10);
}
