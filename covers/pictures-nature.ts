import type { Dice } from "./dice.ts";
import type { Inks, Picture } from "./inked-picture.ts";
import { at, circle, path, rect, type Shape } from "./shapes.ts";

/** A sun over a horizon, in bands. */
function sun(width: number, height: number, { line, accent, tone }: Inks, dice: Dice): Shape[] {
  const r = Math.min(width, height) * (0.26 + dice.roll() * 0.14);
  const x = width * dice.pick([0.36, 0.5, 0.64]);
  const horizon = height * (0.55 + dice.roll() * 0.17);
  const y = horizon - r * (0.2 + dice.roll() * 0.75);
  const bands = dice.between(3, 5);
  const below: Shape[] = Array.from({ length: bands }, (_, index) => {
    const depth = (height - horizon) / bands;
    const top = horizon + index * depth;
    return rect(
      { x: 0, y: top, width, height: depth * (0.35 + 0.13 * index) },
      { fill: index % 2 === 0 ? line : tone },
    );
  });
  const sea = rect({ x: 0, y: horizon, width, height: height - horizon }, { fill: tone });
  return [circle(x, y, r, { fill: accent }), sea, ...below];
}

/** Ranges of hills, the nearer the darker. */
function hills(width: number, height: number, { line, accent, tone }: Inks, dice: Dice): Shape[] {
  const disc = circle(
    width * (0.25 + dice.roll() * 0.5),
    height * (0.22 + dice.roll() * 0.12),
    Math.min(width, height) * (0.09 + dice.roll() * 0.07),
    { fill: accent },
  );
  const ranges = [tone, accent, line].map((fill, index) => {
    const base = height * (0.4 + index * 0.2);
    const lift = height * 0.16;
    const a = base - lift * dice.roll();
    const b = base + lift * (dice.roll() - 0.5);
    const c = base - lift * dice.roll();
    const d =
      `M0 ${at(a)}C${at(width * 0.2)} ${at(a - lift)} ${at(width * 0.32)} ${at(b + lift)} ${at(width * 0.5)} ${at(b)}` +
      `S${at(width * 0.8)} ${at(c - lift)} ${at(width)} ${at(c)}V${at(height)}H0Z`;
    return path(d, { fill });
  });
  return [disc, ...ranges];
}

/** The scale pattern of waves, row over row. */
function waves(width: number, height: number, { line, accent, tone }: Inks, dice: Dice): Shape[] {
  const columns = dice.between(3, 4);
  const r = width / columns / 2;
  const rows = Math.ceil(height / (r * 0.8)) + 1;
  const isSea = dice.chance(0.5);
  const start = isSea ? Math.floor(rows * 0.35) : 0;
  const shapes: Shape[] = isSea
    ? [circle(width * dice.pick([0.3, 0.7]), height * 0.2, r * 0.8, { fill: accent })]
    : [];
  for (let row = start; row <= rows; row++) {
    for (let column = -1; column <= columns; column++) {
      const x = (column + 0.5 + (row % 2) / 2) * r * 2;
      const y = (row + 0.6) * r * 0.8;
      const isBright = (row * 7 + column * 3) % 5 === 0 && !isSea;
      const fill = isBright ? accent : line;
      shapes.push(circle(x, y, r, { fill }));
      shapes.push(circle(x, y, r * 0.6, { fill: line, stroke: tone, strokeWidth: r * 0.26 }));
    }
  }
  return shapes;
}

/** One stem with leaves in pairs. */
function leaves(width: number, height: number, { line, accent, tone }: Inks, dice: Dice): Shape[] {
  const x = width / 2;
  const pairs = dice.between(3, 6);
  const lean = (dice.roll() - 0.5) * width * 0.2;
  const tip = height * 0.1;
  const stem = path(
    `M${at(x)} ${at(height)}Q${at(x)} ${at(height * 0.5)} ${at(x + lean)} ${at(tip)}`,
    {
      stroke: line,
      strokeWidth: Math.max(1.5, width * 0.014),
      fill: "none",
    },
  );
  const step = (height * 0.76) / pairs;
  const shapes: Shape[] = [stem];
  const rise = dice.pick([0.55, 0.9, 1.2]);
  for (let pair = 0; pair < pairs; pair++) {
    const y = height * 0.94 - pair * step;
    const along = (height - y) / (height - tip);
    const foot = x + lean * along * along;
    const reach = width * (0.4 - 0.22 * along);
    for (const side of [-1, 1]) {
      const end = foot + side * reach;
      const top = y - step * rise;
      const d =
        `M${at(foot)} ${at(y)}Q${at(foot + side * reach * 0.25)} ${at(top - step * 0.1)} ${at(end)} ${at(top)}` +
        `Q${at(foot + side * reach * 0.85)} ${at(y + step * 0.12)} ${at(foot)} ${at(y)}Z`;
      shapes.push(path(d, { fill: (pair + (side > 0 ? 1 : 0)) % 2 === 0 ? accent : tone }));
    }
  }
  shapes.push(circle(x + lean, tip, width * 0.045, { fill: accent }));
  return shapes;
}

/** A flower seen from above. */
function petals(width: number, height: number, { line, accent, tone }: Inks, dice: Dice): Shape[] {
  const x = width / 2;
  const y = height / 2;
  const r = Math.min(width, height) * 0.44;
  const count = dice.pick([6, 8, 10, 12]);
  const wide = dice.pick([0.2, 0.26, 0.34]);
  const ring = (radius: number, fill: string, offset: number): Shape[] =>
    Array.from({ length: count }, (_, index) => ({
      kind: "ellipse",
      x: x + Math.sin(((index + offset) / count) * 2 * Math.PI) * radius * 0.56,
      y: y - Math.cos(((index + offset) / count) * 2 * Math.PI) * radius * 0.56,
      rx: radius * wide,
      ry: radius * 0.44,
      turn: ((index + offset) / count) * 360,
      fill,
    }));
  return [
    ...ring(r, tone, 0.5),
    ...ring(r, accent, 0),
    ...ring(r * 0.55, line, 0.5),
    circle(x, y, r * 0.17, { fill: accent }),
  ];
}

/** A crescent and its stars. */
function moon(
  width: number,
  height: number,
  { ground, line, accent, tone }: Inks,
  dice: Dice,
): Shape[] {
  const r = Math.min(width, height) * (0.26 + dice.roll() * 0.1);
  const x = width * (0.4 + dice.roll() * 0.2);
  const y = height * (0.38 + dice.roll() * 0.16);
  const side = dice.pick([-1, 1]);
  const stars = Array.from({ length: dice.between(9, 18) }, () =>
    circle(width * dice.roll(), height * dice.roll(), width * (0.006 + dice.roll() * 0.011), {
      fill: dice.chance(0.3) ? accent : tone,
    }),
  );
  const hill = path(
    `M0 ${at(height * 0.86)}Q${at(width * 0.5)} ${at(height * (0.68 + dice.roll() * 0.1))} ${at(width)} ${at(height * 0.84)}V${at(height)}H0Z`,
    { fill: line },
  );
  return [
    ...stars,
    circle(x, y, r, { fill: accent }),
    circle(x + side * r * 0.42, y - r * 0.16, r * 0.86, { fill: ground }),
    hill,
  ];
}

/** A boat on a calm sea. */
function sail(width: number, height: number, { line, accent, tone }: Inks, dice: Dice): Shape[] {
  const water = height * 0.7;
  const x = width * (0.4 + dice.roll() * 0.2);
  const tall = height * (0.38 + dice.roll() * 0.14);
  const wide = width * 0.24;
  const stripes = Array.from({ length: 5 }, (_, index) =>
    rect(
      {
        x: 0,
        y: water + (height * 0.3 * index) / 5,
        width,
        height: height * (0.012 + 0.007 * index),
      },
      { fill: tone },
    ),
  );
  return [
    circle(width * (x > width / 2 ? 0.24 : 0.78), height * 0.24, width * 0.08, { fill: accent }),
    rect({ x: 0, y: water, width, height: height - water }, { fill: line }),
    ...stripes,
    path(`M${at(x)} ${at(water - tall)}V${at(water - 6)}H${at(x + wide)}Z`, { fill: accent }),
    path(`M${at(x - 4)} ${at(water - tall * 0.8)}V${at(water - 6)}H${at(x - wide * 0.7)}Z`, {
      fill: tone,
    }),
    path(
      `M${at(x - wide * 0.9)} ${at(water - 3)}H${at(x + wide * 1.1)}L${at(x + wide * 0.7)} ${at(water + 9)}H${at(x - wide * 0.6)}Z`,
      { fill: accent },
    ),
  ];
}

export const naturePictures = { sun, hills, waves, leaves, petals, moon, sail } satisfies Record<
  string,
  Picture
>;
